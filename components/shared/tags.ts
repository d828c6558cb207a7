import * as pulumi from "@pulumi/pulumi";

/** Tags for every resource that supports them. */
export type Tags = Record<string, pulumi.Input<string>>;

/**
 * The given tags plus a Name, which the AWS console shows first, and others. A given Name is kept,
 * in any case, because the tag keys of an IAM role are not case-sensitive.
 */
export function withName(name: string, tags: Tags = {}, others: Tags = {}): pulumi.Input<Tags> {
  const isNamed = Object.keys(tags).some((key) => key.toLowerCase() === "name");
  return passableTags({ ...(!isNamed && { Name: name }), ...tags, ...others });
}

/** The tags for Pulumi's SDK, which would call a plain object's property `toString`. */
export function passableTags(tags: Tags): pulumi.Input<Tags>;
export function passableTags(tags: Tags | undefined): pulumi.Input<Tags> | undefined;
export function passableTags(tags: Tags | undefined): pulumi.Input<Tags> | undefined {
  return tags && Object.hasOwn(tags, "toString") ? pulumi.output(tags) : tags;
}
