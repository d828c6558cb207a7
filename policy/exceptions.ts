/** Exceptions to a rule, by the URN of the resource that breaks it. */

/** The policy that lists what a preview could not check. */
export const notCheckedCode = "not-checked-at-preview";

/** A resource that may break a rule, with the reason for readers of the configuration. */
export interface Exception {
  /** `*` matches any characters, e.g. `*::aws:lb/targetGroup:TargetGroup::legacy`. */
  readonly urn: string;
  readonly reason: string;
}

/** True when the exception is about the resource. */
export function excepted({ urn: pattern }: Exception, urn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(urn);
}
