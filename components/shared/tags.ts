import * as pulumi from "@pulumi/pulumi";

/** Tags put on every resource that takes them. */
export type Tags = Record<string, pulumi.Input<string>>;

/**
 * The given tags plus a Name, which is what the AWS console shows first, and others. A Name that is
 * given is kept, in whatever case: keys of an IAM role differ in more than that.
 */
export function named(name: string, tags: Tags = {}, others: Tags = {}): pulumi.Input<Tags> {
  const isNamed = Object.keys(tags).some((key) => key.toLowerCase() === "name");
  return passable({ ...(!isNamed && { Name: name }), ...tags, ...others });
}

/** The tags as Pulumi's SDK takes them: of a plain object it calls a property `toString`. */
export function passable(tags: Tags): pulumi.Input<Tags>;
export function passable(tags: Tags | undefined): pulumi.Input<Tags> | undefined;
export function passable(tags: Tags | undefined): pulumi.Input<Tags> | undefined {
  return tags && Object.hasOwn(tags, "toString") ? pulumi.output(tags) : tags;
}
