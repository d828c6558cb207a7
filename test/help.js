"use strict";

/** A table's rows as lines, columns at equal places. */
function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd()}`,
  );
}

/** What `npm test -- --help` prints. */
function help({ checks, tests, partInfo, partNames }) {
  const rows = [...checks, ...tests].map(({ name, folder, uses = [], ...suite }) => [
    name,
    folder ?? "(a check of the source)",
    `about ${suite.seconds} s`,
    [
      ...(suite.second || !folder ? ["with --all"] : []),
      ...(uses.length > 0 ? [`uses ${uses.join(", ")}`] : []),
      ...(suite.network ? ["uses npm's registry"] : []),
    ].join(", "),
  ]);
  return [
    "npm test [-- SUITE ... [OPTION ...]]",
    "",
    "Runs the suites that are named, or all but those that say --all. A test that needs a tool which",
    "this machine does not have is skipped; at the end it is said which tool was missing and how to",
    "get it.",
    "",
    "One file by itself: npx mocha test/unit/readme.test.ts",
    "",
    "Suites, with their time next to the others, on two cores with all tools:",
    ...columns(rows),
    "",
    "Options:",
    ...columns([
      ["--all", "also those that say so: checks with the others, suites after them"],
      ["--grep PATTERN", "only tests whose full title matches this regular expression; no checks"],
      ["--also-without-tools", "in the end runs suites that use tools as if there were no tool"],
      ["-h, --help", "prints this"],
    ]),
    "",
    "Environment:",
    ...columns([
      ["HOPWISE_REQUIRE_ALL=1", "a skipped test is a failure"],
      ["HOPWISE_HIDE_TOOLS=LIST", "takes these tools as missing: all, or names with commas, of"],
      ["", partNames.filter((name) => !partInfo(name).system).join(", ")],
    ]),
    "",
    "Exit codes:",
    ...columns([
      ["0", "everything that was run has passed"],
      ["1", "something has failed, or the dependencies could not be installed"],
      ["2", "the command line or a variable of the environment is wrong"],
      ["128 + N", "ended by signal N"],
    ]),
  ].join("\n");
}

module.exports = { help };
