/** A report as JUnit XML, which CI systems show; its form: https://github.com/testmoapp/junitxml */
import { xml } from "../show/xml";
import type { Check, VerifyReport } from "./types";

/** The document. A failure's type is the rules' codes; a warning is a passed case with output. */
export function junitOf(report: VerifyReport): string {
  const of = (verdict: Check["verdict"]): number =>
    report.checks.filter((check) => check.verdict === verdict).length;
  const totals =
    `tests="${report.checks.length}" failures="${of("fail")}" errors="0" ` +
    `skipped="${of("skip")}" time="${(report.milliseconds / 1000).toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hopwise verify" ${totals}>`,
    `  <testsuite name="${xml(report.url)}" ${totals}>`,
    ...report.checks.map(testCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(check: Check): string {
  const { id, title, verdict, expected, actual, why, rules, changes, milliseconds } = check;
  const attributes = `classname="hopwise.verify.${xml(id)}" name="${xml(title)}" time="${(milliseconds / 1000).toFixed(3)}"`;
  const what = `expected ${expected}, got ${actual}`;
  const text = why === undefined ? what : `${what}: ${why}`;
  const fixes = (changes ?? []).map(({ rule, change }) => `\n${rule ?? ""}: ${change}`).join("");
  const type = rules === undefined ? "" : ` type="${xml(rules.join(" "))}"`;
  switch (verdict) {
    case "pass":
      return `    <testcase ${attributes}/>`;
    case "fail":
      return `    <testcase ${attributes}><failure${type} message="${xml(what)}">${xml(text + fixes)}</failure></testcase>`;
    case "skip":
      return `    <testcase ${attributes}><skipped message="${xml(text)}"/></testcase>`;
    case "warn":
      return `    <testcase ${attributes}><system-out>${xml(text)}</system-out></testcase>`;
  }
}
