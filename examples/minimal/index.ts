import { H1ViaCloudfront, Network } from "hopwise";

const network = new Network("shop", { egress: "nat-single" });
const image = "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim";
const path = new H1ViaCloudfront("shop", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.internalSubnetIds },
  service: { app: { image, port: 8080, behindNginx: false } },
  origin: { access: "vpc-origin" },
});
export const url = path.url;
