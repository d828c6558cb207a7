import { UNKNOWN } from "../../local/model/types";
import type { Screen } from "../screen";
import { shortType } from "../show/findings";
import { heading } from "../show/heading";
import { countText, wrap } from "../text";
import { isLasting, type AdoptedChange, type Adoption } from "./adoption";
import { nameOf, tableCode } from "./code";
import type { Matchable } from "./match";

/** Prints what stays, what does not, and what to write into the program. */
export function showAdoption(adoption: Adoption, screen: Screen): void {
  const { adopted, replaced, created, deleted } = adoption;
  const { signs } = screen;
  const indented = (text: string, by = 2): void => {
    for (const line of wrap(text, screen.width - by)) screen.print(" ".repeat(by) + line);
  };
  heading(`${countText(adopted.length, "resource")} taken over, changed in place`, screen);
  for (const { was, child, changes, keeps } of adopted) {
    screen.print(
      `  ${screen.style("green", signs.good)} ${labelOf(was)} ${signs.arrow} ${nameOf(child)}`,
    );
    if (keeps.length > 0) indented(`keeps ${keeps.join(", ")}`, 6);
    if (changes.length > 0) indented(changesText(changes, signs.arrow), 6);
  }
  if (replaced.length > 0) heading("Cannot be taken over: AWS sets these once", screen);
  for (const { was, because } of replaced) {
    screen.print(`  ${screen.style("red", signs.bad)} ${labelOf(was)}`);
    indented(
      `${changesText(because, signs.arrow)}. Change the component's arguments to the value that there is, or accept the replacement.`,
      6,
    );
  }
  const gone = deleted.filter((one) => !replaced.some(({ was }) => was.urn === one.urn));
  list("Deleted", gone, screen, (one) => isLasting(one));
  list("Created", created, screen, () => false);
  if (adopted.length === 0) return;
  heading("Options of the component, as its third argument", screen);
  screen.print();
  for (const line of tableCode(adoption)) screen.print(`  ${line}`);
  for (const hint of hints(adoption)) {
    screen.print();
    indented(hint);
  }
}

/** What else to do, and to know, before the deployment. */
function hints({ adopted, needed }: Adoption): string[] {
  const checked = adopted.flatMap(({ was, changes }) =>
    changes.filter(({ path }) => path === "healthCheck.path").map(() => labelOf(was)),
  );
  const twice = adopted.some(
    ({ keepsAtFirst, addsAtFirst }) =>
      keepsAtFirst.length > 0 || Object.keys(addsAtFirst).length > 0,
  );
  return [
    ...checked.map(
      (group) =>
        `healthCheck.path of ${group} changes: tasks that still run fail the new check, and ECS stops them. Set service.healthCheckPath (with an app, service.app.healthCheck.path) to one that old and new tasks answer.`,
    ),
    ...(needed.length > 0
      ? [
          `Keep ${needed.map(labelOf).join(", ")} in the program for the first deployment: tasks that still run are reached through them.`,
        ]
      : []),
    ...(twice
      ? [
          'Deploy twice. Requests keep being forwarded without the secret header until CloudFront sends it, and tasks that still run are reached through their old group. For the second deployment, remove the lines "first deployment only".',
        ]
      : []),
  ];
}

function list(
  title: string,
  resources: readonly Matchable[],
  screen: Screen,
  isBad: (one: Matchable) => boolean,
): void {
  if (resources.length === 0) return;
  heading(`${title}: ${countText(resources.length, "resource")}`, screen);
  for (const one of resources.filter(isBad))
    screen.print(
      `  ${screen.style("red", screen.signs.bad)} ${labelOf(one)}: no child takes it over; if one should, name both with --pair`,
    );
  const others = resources.filter((one) => !isBad(one)).map(labelOf);
  for (const line of wrap(others.join(", "), screen.width - 2)) screen.print(`  ${line}`);
}

const labelOf = (one: Matchable): string => `${shortType(one.type)} ${nameOf(one)}`;

/** Changed arguments, those within one of them together. */
function changesText(changes: readonly AdoptedChange[], arrow: string): string {
  const top = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;
  const texts = new Map<string, string>();
  for (const { path, from, to } of changes) {
    const [before, after] = [from, to].map(shown);
    const whole = path === top(path) && before !== undefined && after !== undefined;
    texts.set(top(path), whole ? `${path} ${before} ${arrow} ${after}` : top(path));
  }
  return [...texts.values()].join(", ");
}

/** A short value; undefined for one that has parts, or is long. */
function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return "(none)";
  if (value === UNKNOWN) return "(not known)";
  if (typeof value === "object") return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 60 ? text : undefined;
}
