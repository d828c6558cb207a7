/** What a preview would take away or make anew. */
import { type Project } from "./cli";

/** A step of `pulumi preview --json`. */
interface Step {
  readonly op: string;
  readonly urn: string;
}

const harmless: ReadonlySet<string> = new Set(["same", "create", "update", "read", "refresh"]);

/** `operation type name` of the steps that delete or replace something, or are not known here. */
export function losses(steps: readonly Step[]): string[] {
  return steps
    .filter(({ op, urn }) => !harmless.has(op) && !urn.includes("::pulumi:providers:"))
    .map(({ op, urn }) => {
      const [, , types = "", name = ""] = urn.split("::");
      return `${op} ${types.slice(types.lastIndexOf("$") + 1)} ${name}`;
    });
}

export async function previewedLosses(project: Project): Promise<string[]> {
  const { output } = await project.ok("preview", "--json");
  const text = output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1);
  return losses((JSON.parse(text) as { steps?: Step[] }).steps ?? []);
}
