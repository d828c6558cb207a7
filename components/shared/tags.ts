import type * as pulumi from "@pulumi/pulumi";

/** Tags put on every resource that takes them. */
export type Tags = Record<string, pulumi.Input<string>>;

/** The given tags plus a Name, which is what the AWS console shows first. */
export function named(name: string, tags: Tags | undefined): Tags {
  return { Name: name, ...tags };
}
