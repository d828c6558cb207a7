/** Resources by the names that others use: id, ARN or DNS name. */
import type { LocalResource } from "../../local/model/types";

const named = ["arn", "id", "name", "dnsName", "domainName", "repositoryUrl", "imageUri"];

/** Finds the resource that an id, ARN or DNS name means. */
export class ResourceNames {
  private readonly byReference = new Map<string, LocalResource>();

  constructor(readonly resources: readonly LocalResource[]) {
    for (const resource of resources)
      for (const reference of [resource.id, resource.outputs.arn])
        if (typeof reference === "string" && reference !== "" && !this.byReference.has(reference))
          this.byReference.set(reference, resource);
  }

  /** Logical name of the resource that a reference means; undefined if it is not in the program. */
  nameOf(reference: string | undefined): string | undefined {
    return reference === undefined ? undefined : this.byReference.get(reference)?.name;
  }

  /**
   * Replaces every id, ARN and DNS name of a resource in a text by a description. The properties of
   * two stacks can then be compared although their ids differ.
   */
  readonly describe = (() => {
    let replacements: [string, string][] | undefined;
    return (text: string): string => {
      replacements ??= this.replacements();
      return replacements.reduce((shown, [from, to]) => shown.replaceAll(from, to), text);
    };
  })();

  private replacements(): [string, string][] {
    const all = new Map<string, string>();
    for (const { id, type, name, outputs, inputs } of this.resources) {
      const kind = type.split(":").at(-1) ?? type;
      for (const key of named) {
        const value = key === "id" ? id : outputs[key];
        // Text that the program wrote itself is not an id, and short words would be found
        // everywhere.
        if (typeof value !== "string" || value.length < 8 || inputs[key] === value) continue;
        if (!all.has(value)) all.set(value, `<${kind} ${name}${key === "id" ? "" : `.${key}`}>`);
      }
    }
    return [...all].sort(([a], [b]) => b.length - a.length);
  }
}
