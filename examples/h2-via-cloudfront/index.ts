import { H2ViaCloudfront, Network } from "hopwise";

const network = new Network("shop", { egress: "nat-single" });

// CloudFront asks the load balancer for HTTP/2, which needs TLS and a certificate there.
const path = new H2ViaCloudfront("shop", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.publicSubnetIds },
  domain: { name: "shop.example.com", zoneName: "example.com" },
  service: {
    app: {
      image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2.0.1",
      port: 3000,
      behindNginx: false,
      protocols: ["http1", "http2"],
    },
  },
});

export const url = path.url;
