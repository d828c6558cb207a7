/** What is said of a program that asks for more than its installed provider can set. */
import { originHttp2 } from "../path/changes";
import type { Finding } from "./finding";

/** The block of an origin that has `originHttpVersion`. */
export type OriginConfig = "customOriginConfig" | "vpcOriginConfig";

/**
 * The finding on a distribution with `originHttpVersion` that the installed provider cannot set: our
 * components refuse it before anything is created, a plan shows it.
 *
 * @param installed the provider's package with its version
 * @param ours true where settings of our own components decide it
 */
export function edgeHttp2NotDeployable(
  installed: string,
  config: OriginConfig,
  ours: boolean,
): Finding {
  const { property, since, source } = originHttp2;
  const meanwhile = ours
    ? "use h1-via-cloudfront without origin.httpVersion, or h2-direct where HTTP/2 must reach the container"
    : `leave ${property} out, with protocolVersion: "HTTP1" on the aws.lb.TargetGroup`;
  return {
    code: "edge-http2-not-deployable",
    severity: "warning",
    message: `Not deployable with the installed provider: ${installed} does not know ${property} of ${config}, so it cannot ask CloudFront for HTTP/2 to the origin. AWS has the property since ${since}.`,
    change: `Update @pulumi/aws as soon as a release has ${property}. Until then ${meanwhile}.`,
    source,
  };
}
