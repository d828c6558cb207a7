/** The containers in task definitions. */
import { parseContainers } from "../containerDefinitions";
import { blocks, text } from "../props";
import type { Props } from "../resource";

/**
 * Containers of a task definition; undefined where `containerDefinitions` is not JSON. Where a part
 * of it is not known, the property is a list already.
 */
export function containersOf(definition: Props): Props[] | undefined {
  const source = text(definition, "containerDefinitions");
  if (source === undefined) {
    const inPart = blocks(definition, "containerDefinitions");
    return inPart.length > 0 ? inPart : undefined;
  }
  try {
    return blocks({ parsed: parseContainers(source) }, "parsed");
  } catch {
    return undefined;
  }
}
