import { H1ViaCloudfront, Network } from "hopwise";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const network = new Network("web", { egress: "nat-single" });

// A VPC origin: the load balancer is internal, and only CloudFront reaches it.
const path = new H1ViaCloudfront("web", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.internalSubnetIds },
  service: {
    app: {
      image: config.require("image"),
      port: config.requireNumber("port"),
      behindNginx: false,
    },
  },
  origin: { access: "vpc-origin" },
});

export const url = path.url;
