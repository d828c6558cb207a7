import { Command } from "commander";
import { parseFields, parseTime, parseTop, type ExplainOptions } from "./options";

const after = `
Reads access, connection and health check logs of an Application Load Balancer
and standard and real-time logs of CloudFront (standard: legacy, and v2 as w3c,
plain or json), gzipped or not, also as pasted text (wrapped, quoted, numbered)
or exported (JSON and CSV of CloudWatch and Athena, records of Kinesis). FILE
is a file, a folder (recursively), a pattern, or - for standard input.

Exit status: 0 nothing is wrong, 1 errors made by the load balancer or
CloudFront, or connections that failed, were found, 2 the command line is wrong
or nothing could be read.

Examples:
  hopwise explain logs/
  hopwise explain --since 6h 'AWSLogs/**/*.log.gz'
  pbpaste | hopwise explain -
  hopwise explain logs/ --html errors.html`;

/** `hopwise explain`: what went wrong, and what to change, from logs. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("explain from access logs what went wrong and what to change")
    .argument("<file...>", "logs: files, folders, patterns, or - for standard input")
    .option(
      "--since <time>",
      "requests from this time on: a date or time in UTC, or 90m, 6h, 2d ago",
      (t) => parseTime(t),
    )
    .option("--until <time>", "requests before this time", (t) => parseTime(t))
    .option("--top <number>", "rows of each ranking", parseTop, 5)
    .option(
      "--fields <names>",
      "fields of CloudFront's lines without a header, as the real-time log configuration or the log delivery (v2, plain) names them",
      parseFields,
    )
    .option("--json", "print the report as JSON (docs/explain.schema.json)")
    .option("--html <file>", "also write a page with a picture of the errors over time")
    .option("--svg <file>", "write only that picture")
    .addHelpText("after", after)
    .action(async (files: string[], options: ExplainOptions) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: other commands start without it
      const { runExplain } = require("./run") as typeof import("./run");
      process.exitCode = await runExplain(files, options);
    });
}
