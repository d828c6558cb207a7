import type * as pulumi from "@pulumi/pulumi";

/** Tags for every resource that supports them. */
export type Tags = Record<string, pulumi.Input<string>>;

/** The given tags plus a Name, which the AWS console shows first. */
export function named(name: string, tags: Tags | undefined): Tags {
  return { Name: name, ...tags };
}
