import * as pulumi from "@pulumi/pulumi";

/**
 * The region that a component will be in, where that is known before anything exists: the stack's
 * `aws:region`, unless a provider or a parent may say otherwise.
 */
export function plannedRegion(
  opts: pulumi.ComponentResourceOptions | undefined,
): string | undefined {
  const elsewhere = [opts?.provider, opts?.providers, opts?.parent].some((o) => o !== undefined);
  return elsewhere ? undefined : new pulumi.Config("aws").get("region");
}
