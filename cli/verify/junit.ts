/** A report as JUnit XML, which CI systems show; its form: https://github.com/testmoapp/junitxml */
import { xml } from "../show/xml";
import type { Check, Report } from "./types";

/** The document. Warnings are passed cases, with what they say as their output. */
export function junitOf(report: Report): string {
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

function testCase({ id, title, verdict, expected, actual, why, milliseconds }: Check): string {
  const attributes = `classname="hopwise.verify.${xml(id)}" name="${xml(title)}" time="${(milliseconds / 1000).toFixed(3)}"`;
  const what = `expected ${expected}, got ${actual}`;
  const text = why === undefined ? what : `${what}: ${why}`;
  switch (verdict) {
    case "pass":
      return `    <testcase ${attributes}/>`;
    case "fail":
      return `    <testcase ${attributes}><failure message="${xml(what)}">${xml(text)}</failure></testcase>`;
    case "skip":
      return `    <testcase ${attributes}><skipped message="${xml(text)}"/></testcase>`;
    case "warn":
      return `    <testcase ${attributes}><system-out>${xml(text)}</system-out></testcase>`;
  }
}
