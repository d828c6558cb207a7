import { H2Direct, Network } from "hopwise";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const network = new Network("web", { egress: "nat-single" });

const path = new H2Direct("web", {
  placement: { ...network.placement, loadBalancerSubnetIds: network.publicSubnetIds },
  service: {
    app: {
      image: config.require("image"),
      port: config.requireNumber("port"),
      behindNginx: false,
      protocols: ["http2"],
    },
  },
  domain: { name: config.require("name"), zoneName: config.require("zoneName") },
});

export const url = path.url;
