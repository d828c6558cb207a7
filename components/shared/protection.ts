/** What is kept from deletion while `deletionProtection` is on. */
import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of a child that cannot be got back: its data, or a name that others use. Pulumi refuses
 * to delete or replace it.
 */
export const protectedChild = (
  parent: pulumi.Resource,
  deletionProtection: boolean | undefined,
): pulumi.CustomResourceOptions =>
  // Not `protect: false`, which would override what the parent passes on.
  deletionProtection ? { parent, protect: true } : { parent };

/**
 * Options of a child that AWS keeps when the program no longer has it. For log groups: a service can
 * then be removed, and its logs stay until they expire.
 */
export const retainedChild = (
  parent: pulumi.Resource,
  deletionProtection: boolean | undefined,
): pulumi.CustomResourceOptions =>
  deletionProtection ? { parent, retainOnDelete: true } : { parent };
