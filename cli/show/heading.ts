import type { Screen } from "../screen";
import { wrap } from "../text";

/** A heading, with an empty line before it. */
export function heading(text: string, screen: Screen): void {
  screen.print();
  for (const line of wrap(text, screen.width)) screen.print(screen.style("bold", line));
}
