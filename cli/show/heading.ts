import type { Screen } from "../screen";

/** A heading, with an empty line before it. */
export function heading(text: string, screen: Screen): void {
  screen.print();
  screen.print(screen.style("bold", text));
}
