import { readdirSync } from "node:fs";
import * as path from "node:path";
import type { OriginConfig } from "../rules/notDeployable";

/** Names of the stacks that are committed, each in `Pulumi.<name>.yaml`. */
export const committedStacks: readonly string[] = readdirSync(path.join(__dirname, "..")).flatMap(
  (file) => /^Pulumi\.(\w+)\.yaml$/.exec(file)?.[1] ?? [],
);

/**
 * Stacks that no release of @pulumi/aws can deploy yet: blocks of an origin in which the provider
 * of the tests knows `originHttpVersion`.
 */
export const newerProvider: Readonly<Record<string, readonly OriginConfig[]>> = {
  h2cf: ["customOriginConfig"],
};
