/** What the installed @pulumi/aws can set. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { originHttp2 } from "../../path/changes";
import type { OriginConfig } from "../../rules/notDeployable";

/** The provider's types of the blocks of a distribution's origin. */
const types: Readonly<Record<OriginConfig, string>> = {
  customOriginConfig: "DistributionOriginCustomOriginConfig",
  vpcOriginConfig: "DistributionOriginVpcOriginConfig",
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
  return providerWithout(types[config], originHttp2.property, from);
}

/** The same for client certificates of a distribution's viewers. */
export function providerWithoutViewerMtls(from: string): string | undefined {
  return providerWithout("DistributionArgs", "viewerMtlsConfig", from, "cloudfront/distribution");
}

function providerWithout(
  type: string,
  property: string,
  from: string,
  file = "types/input",
): string | undefined {
  try {
    const load = createRequire(from);
    // Megabytes, of which only names matter here: as Latin-1 they are not decoded.
    const declarations = readFileSync(load.resolve(`@pulumi/aws/${file}.d.ts`), "latin1");
    const start = declarations.indexOf(`interface ${type} {`);
    const [indent = ""] =
      /^ */.exec(declarations.slice(declarations.lastIndexOf("\n", start) + 1)) ?? [];
    const members = declarations.slice(start, declarations.indexOf(`\n${indent}}`, start));
    const known = new RegExp(`^ *${property}\\??:`, "m");
    if (start === -1 || known.test(members)) return undefined;
    const { version } = load("@pulumi/aws/package.json") as { version: string };
    return `@pulumi/aws ${version}`;
  } catch {
    return undefined;
  }
}
