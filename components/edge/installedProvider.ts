/** What the installed @pulumi/aws can set. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { originHttp2 } from "../../path/changes";
import type { EdgeSpec } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { type OriginConfig, originHttpVersionNotDeployable } from "../../rules/notDeployable";

/** Where the provider's types declare the blocks of a distribution's origin. */
const declarations: Readonly<Record<OriginConfig, RegExp>> = {
  customOriginConfig: /^ *interface DistributionOriginCustomOriginConfig \{([^}]*)\}/m,
  vpcOriginConfig: /^ *interface DistributionOriginVpcOriginConfig \{([^}]*)\}/m,
};

/**
 * The installed @pulumi/aws with its version, where its types say that it cannot set
 * `originHttpVersion`. Undefined where it can, and where there are no types to read.
 *
 * @param from the file, or folder with a slash at its end, that imports @pulumi/aws
 */
export function providerWithoutOriginHttpVersion(
  config: OriginConfig,
  from: string,
): string | undefined {
  try {
    const load = createRequire(from);
    const types = readFileSync(load.resolve("@pulumi/aws/types/input.d.ts"), "utf8");
    const declared = declarations[config].exec(types)?.[1];
    if (declared === undefined || new RegExp(`\\b${originHttp2.property}\\??:`).test(declared))
      return undefined;
    const { version } = load("@pulumi/aws/package.json") as { version: string };
    return `@pulumi/aws ${version}`;
  } catch {
    return undefined;
  }
}

/**
 * Why an edge cannot be deployed from here. Mocks deploy nothing: a plan, `hopwise local` and unit
 * tests go on.
 */
export function notDeployable(edge: EdgeSpec | undefined): Finding[] {
  if (edge?.originHttpVersion !== "http2" || !deploys()) return [];
  const config = edge.origin === "vpc" ? "vpcOriginConfig" : "customOriginConfig";
  const installed = providerWithoutOriginHttpVersion(config, __filename);
  return installed === undefined ? [] : [originHttpVersionNotDeployable(installed, config, true)];
}

/** True where Pulumi's engine runs the program. */
function deploys(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return monitor !== undefined && !(monitor instanceof MockMonitor);
}
