import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import type { EdgeSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { edgeHttp2NotDeployable } from "../../rules/notDeployable";
import { providerWithoutOriginHttpVersion } from "./installedProvider";

/**
 * Why an edge cannot be deployed from here. Mocks deploy nothing: a plan, `hopwise local` and unit
 * tests go on.
 */
export function notDeployable(edge: EdgeSpec | undefined): Finding[] {
  if (edge?.originHttpVersion !== "http2" || !deploys()) return [];
  const config = edge.origin === "vpc" ? "vpcOriginConfig" : "customOriginConfig";
  const installed = providerWithoutOriginHttpVersion(config, __filename);
  return installed === undefined ? [] : [edgeHttp2NotDeployable(installed, config, true)];
}

/** True where Pulumi's engine runs the program. */
function deploys(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return monitor !== undefined && !(monitor instanceof MockMonitor);
}
