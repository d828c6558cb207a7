import { H1ViaCloudfront, Network } from "hopwise";

const network = new Network("shop", { egress: "nat-single" });

const path = new H1ViaCloudfront("shop", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.internalSubnetIds },
  origin: { access: "vpc-origin" },
  // Everything but /api/* comes from S3. Paths without a dot get index.html, for a single-page app.
  site: { folder: "public", byDefault: "site", paths: ["/api/*"], fallback: "index.html" },
  service: {
    app: {
      image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.0",
      port: 3000,
      behindNginx: false,
      healthCheck: { path: "/api/health" },
    },
  },
});

export const url = path.url;
