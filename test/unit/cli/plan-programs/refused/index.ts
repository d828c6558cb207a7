// A program whose components refuse their path before there is any resource.
import { requireSoundPath } from "../../../../../rules/resolve";
import { h1ViaCloudfrontSpec } from "../../../../../path/variants";

const spec = h1ViaCloudfrontSpec({
  loadBalancerCertificate: true,
  viewerNames: ["www.example.com"],
  originName: "origin.example.com",
});
requireSoundPath({ ...spec, target: { ...spec.target, protocolVersion: "HTTP2" } });
