import type { Evaluation } from "../../local/program";
import type { Finding } from "../../rules/finding";
import type { Screen } from "../screen";
import { heading } from "../show/heading";
import { say, sayCount, sayParts } from "../show/words";
import { columnsOf, countText, seconds, wrap } from "../text";
import { changeLines, changesBetween } from "./changes";
import { verdictLines } from "./runProbes";
import { RequestPrinter } from "./requestPrinter";
import {
  describePath,
  printNotes,
  printPath,
  printCurlCommands,
  printWarnings,
  warningsOf,
} from "./present";
import type { Reporter } from "./reporter";

/** Columns of the longest title that the results are aligned with. */
const widestTitle = 40;

/** Tells everything to a person at a terminal. */
export function screenReporter(screen: Screen, verbose: boolean): Reporter {
  const printer = new RequestPrinter(screen, verbose);
  // Events show only once the path stands on the screen; trouble is kept until then.
  let showing = false;
  const early: Parameters<Reporter["event"]>[0][] = [];
  let width = 0;
  let inspector = false;
  const show = (): void => {
    showing = true;
    for (const event of early.splice(0)) printer.onEvent(event);
  };
  const lines = (text: string, style: "dim" | "red", sign: string): void => {
    for (const [i, part] of text.split("\n").entries())
      wrap(part, screen.width - 4).forEach((line, j) => {
        screen.print(
          `  ${i + j === 0 ? screen.style("red", sign) : " "} ${screen.style(style, line)}`,
        );
      });
  };
  return {
    serving: (program, served) => {
      const described = describePath(program, served.path);
      // The image of nginx/ has the page, and only this project's program says its variant.
      inspector = described.variant !== undefined && served.path?.appPort === undefined;
      printPath(program.stack, described, served.paths, screen);
      printWarnings(warningsOf(program, described.findings), screen);
      printNotes(served.notes, screen);
    },
    ready: ({ url, url6, caFile, logDir, deployments }, probes, watching) => {
      printCurlCommands(probes, caFile, screen);
      heading("Serving {url}", screen, { url });
      for (const text of [
        browserLine(url, inspector),
        ...(url6 === undefined ? [] : [`Over IPv6: ${url6}`]),
        `Access logs are written to ${logDir}, in the layout of S3.`,
        ...deployments.map(
          ({ service, steps }) =>
            `The deployment of ${service} has ${steps.length} steps: type next or back, and Enter.`,
        ),
        ...(watching ? ["When the program's files change, what is served is updated."] : []),
        "Requests are shown below, hop by hop. Ctrl-C stops it.",
      ])
        for (const line of wrap(text, screen.width - 2))
          screen.print(screen.style("dim", `  ${line}`));
      screen.print();
      show();
    },
    event: (event) => {
      if (showing) printer.onEvent(event);
      else if (event.kind === "trouble") early.push(event);
    },
    checking: (probes) => {
      const lengths = probes.map(({ title }) => columnsOf(sayParts(screen, title)));
      width = Math.max(0, ...lengths.filter((length) => length <= widestTitle));
      if (verbose) show();
      heading("Requests", screen);
    },
    verdict: (verdict) => {
      for (const line of verdictLines(verdict, width, screen)) screen.print(line);
    },
    checked: (requests, bad, unchecked = "nothing that could be called is served") => {
      const all = sayCount(screen, requests, "{n} request", "{n} requests");
      screen.print();
      if (requests === 0) screen.print(screen.style("red", `Nothing was checked: ${unchecked}.`));
      else if (bad > 0)
        screen.print(
          screen.style("red", say(screen, "{bad} of {all} got something else.", { bad, all })),
        );
      else
        screen.print(
          screen.style(
            "green",
            requests === 1
              ? say(screen, "The request got what the path's rules say.")
              : say(screen, "All {all} got what the path's rules say.", { all }),
          ),
        );
    },
    changing: (files) => {
      const [first = "", ...others] = files;
      const more = others.length === 0 ? "" : ` and ${countText(others.length, "more file")}`;
      screen.print(`  ${screen.style("bold", `${first}${more} changed`)}`);
    },
    changes: (before, after) => {
      const changes = changesBetween(before, after);
      for (const line of changeLines(changes, screen)) screen.print(line);
      if (changes.length === 0) screen.print(screen.style("dim", "    No resource changes."));
    },
    changed: (before, after, milliseconds) => {
      for (const [sign, text] of findingChanges(before, after))
        screen.print(`    ${sign === "good" ? "no longer" : "now"}: ${text}`);
      const good = screen.style("green", screen.signs.good);
      screen.print(`  ${good} The new declaration is served, after ${seconds(milliseconds)}.`);
      screen.print();
    },
    notChanged: (why) => {
      lines(why, "red", screen.signs.bad);
      screen.print(`    What was declared before goes on being served.`);
      screen.print();
    },
    end: () => {
      if (showing) printer.flush();
      showing = false;
    },
  };
}

/** Findings that came and went with a change. */
function findingChanges(before: Evaluation, after: Evaluation): ["good" | "bad", string][] {
  const [was, now] = [before, after].map((program) => describePath(program).findings.map(titleOf));
  const apart = (a: readonly string[] = [], b: readonly string[] = []): string[] =>
    a.filter((title) => !b.includes(title));
  return [
    ...apart(was, now).map((title): ["good", string] => ["good", title]),
    ...apart(now, was).map((title): ["bad", string] => ["bad", title]),
  ];
}

const titleOf = ({ severity, code }: Finding): string => `${severity} ${code}`;

/** What a person sees who opens what is served in a browser. */
function browserLine(url: string, inspector: boolean): string {
  const warning = url.startsWith("https:")
    ? " The browser warns of the certificate, which is this machine's own: that is expected."
    : "";
  const page = inspector
    ? "Open it in a browser: the page, the inspector, shows its own request hop by hop."
    : "It can be opened in a browser.";
  return page + warning;
}
