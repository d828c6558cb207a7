import { H2Direct, Network } from "hopwise";

const network = new Network("shop", { egress: "nat-single" });
const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

const path = new H2Direct("shop", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.publicSubnetIds },
  domain: { name: "shop.example.com", zoneName: "example.com" },
  // Gets every request for which no other service asks.
  service: {
    app: { image: `${registry}/shop:2.0.1`, port: 3000, behindNginx: false, protocols: ["http2"] },
  },
  services: {
    api: {
      paths: ["/api/*"],
      // In front of an app that speaks HTTP/1.1, the target group has to as well: no 464.
      protocol: "http1",
      app: { image: `${registry}/api:1.4.0`, port: 3000, behindNginx: false },
    },
    orders: {
      hosts: ["orders.example.com"],
      app: {
        image: `${registry}/orders:3.2.0`,
        port: 3001,
        behindNginx: false,
        protocols: ["http2"],
      },
    },
    stock: {
      paths: ["/shop.v1.Stock/*"],
      protocol: "grpc",
      app: {
        image: `${registry}/stock:1.0.0`,
        port: 50051,
        behindNginx: false,
        protocols: ["http2"],
      },
    },
  },
});

export const url = path.url;
