import { hopsOf } from "../../path/hops";
import { probePassed } from "./runProbes";
import { changesBetween } from "./changes";
import { describePath } from "./present";
import type { Reporter } from "./reporter";

/**
 * Tells everything as JSON, an object a line (NDJSON), each with a `kind` and the `time` in
 * milliseconds since 1970. Events of what is served are those of `ServeEvent`.
 */
export function jsonReporter(write: (line: string) => void): Reporter {
  const tell = (kind: string, about: object): void => {
    write(`${JSON.stringify({ kind, time: Date.now(), ...about })}\n`);
  };
  return {
    serving: (program, served) => {
      tell("serving", {
        stack: program.stack,
        resources: program.resources.length,
        hops: served.path ? hopsOf(served.path) : [],
        paths: served.paths.map(({ title, spec }) => ({ title, hops: hopsOf(spec) })),
        findings: describePath(program, served.path).findings,
        notes: served.notes,
      });
    },
    ready: ({ url, caFile, logDir, checked }, _probes, watching) => {
      const places = checked[0]?.places;
      tell("ready", { url, caFile, logDir, places, watching, pid: process.pid });
    },
    event: (event) => {
      tell(event.kind, event);
    },
    checking: () => undefined,
    verdict: (verdict) => {
      const { title, expected } = verdict.probe;
      const { actual, travelled, revisions } = verdict;
      const agrees = probePassed(verdict);
      tell("verdict", { title, agrees, expected, actual, travelled, revisions });
    },
    checked: (requests, bad, unchecked) => {
      tell("checked", { requests, bad, ...(requests === 0 && { unchecked }) });
    },
    changing: (files) => {
      tell("changing", { files });
    },
    changes: (before, after) => {
      tell("changes", { changes: changesBetween(before, after) });
    },
    changed: (_before, after, milliseconds) => {
      tell("changed", { milliseconds, resources: after.resources.length });
    },
    notChanged: (why) => {
      tell("not-changed", { why });
    },
    end: () => undefined,
  };
}
