import type { Screen } from "../screen";
import { wrap } from "../text";
import { say } from "./words";

/** A heading in the screen's language, with an empty line before it; `{name}` in it is a value. */
export function heading(
  text: string,
  screen: Screen,
  values: Readonly<Record<string, string | number>> = {},
): void {
  screen.print();
  for (const line of wrap(say(screen, text, values), screen.width))
    screen.print(screen.style("bold", line));
}
