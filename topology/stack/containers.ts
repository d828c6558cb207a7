/** The containers in task definitions. */
import { blocks, text } from "../props";
import type { Props } from "../resource";

/** Containers of a task definition; undefined where `containerDefinitions` is not JSON. */
export function containersOf(definition: Props): Props[] | undefined {
  const source = text(definition, "containerDefinitions");
  if (source === undefined) return undefined;
  try {
    return blocks({ parsed: JSON.parse(source) as unknown }, "parsed");
  } catch {
    return undefined;
  }
}
