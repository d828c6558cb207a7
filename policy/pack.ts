/** The pack itself: importing this file starts to serve it to the engine. */
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("hopwise", {
  displayName: "hopwise",
  description:
    "Protocols, TLS and who may call whom, from CloudFront through a load balancer to a container.",
  policies: [...policies],
});
