import * as pulumi from "@pulumi/pulumi";

/**
 * A component's region, if it is known before anything exists: the stack's `aws:region`, unless a
 * provider or a parent may change it.
 */
export function plannedRegion(
  opts: pulumi.ComponentResourceOptions | undefined,
): string | undefined {
  const elsewhere = [opts?.provider, opts?.providers, opts?.parent].some((o) => o !== undefined);
  return elsewhere ? undefined : new pulumi.Config("aws").get("region");
}
