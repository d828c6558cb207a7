import { GrpcViaCloudfront, Network } from "hopwise";

const network = new Network("stock", { egress: "nat-single" });

const path = new GrpcViaCloudfront("stock", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.publicSubnetIds },
  domain: { name: "stock.example.com", zoneName: "example.com" },
  service: {
    app: {
      image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/stock:1.0.0",
      port: 50051,
      behindNginx: false,
      // gRPC without TLS is HTTP/2 with prior knowledge.
      protocols: ["http2"],
    },
  },
});

export const url = path.url;
