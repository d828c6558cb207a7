/** Describes lines that are in none of the supported log formats. */
import { listCommand } from "./edge/realtime";

/** JSON's braces as they appear in files, in one line or in several. */
const json = (key: string): RegExp => new RegExp(`^[\\s{[].*"${key}"`, "s");

const unnamedRealtime = `a real-time log of CloudFront without some of the fields, which its lines do not name: give the fields with --fields "$(${listCommand})"`;
const unnamed =
  "a log of CloudFront without its header: give its fields with --fields, in the order of the log";
const otherFields = "a log of CloudFront whose lines have other fields than --fields names";

/** JSON that shows no more of what it is. */
export const otherJson = "JSON of another kind";

export const unknownLines: readonly (readonly [RegExp, string])[] = [
  [
    /^Enable \w+ for ELB\b/,
    "the test file that AWS writes when a log is switched on: there is no log in it",
  ],
  [/^PAR1/, "Apache Parquet, not text"],
  [/^tls \d\.\d /, "a Network Load Balancer's log"],
  [
    /^\d{4}-\d\d-\d\dT\S+ \S+ \S+:\d+ (\S+:\d+|-) \S+ \S+ \S+ \d{3} /,
    "a Classic Load Balancer's log",
  ],
  [/^(\d+|version) (\d{12}|account-id) (eni-|interface-id)/, "a VPC flow log"],
  [/^\d{10}\.\d{3}[\t ,]\S+[\t ,]/, unnamedRealtime],
  // A place of CloudFront's, such as FRA56-P4, as a field.
  [/(?:^|[\t ,;|])[A-Z]{3}\d{1,3}-[A-Z]\d+[\t ,;|]/, unnamed],
  [json("webaclId"), "a log of AWS WAF"],
  [
    /^[\s{[].*"event(?:Source"\s*:\s*"[\w-]+\.amazonaws\.com|Version"\s*:\s*"1\.\d\d)"/s,
    "a log of AWS CloudTrail: calls of AWS's API, no requests",
  ],
  [
    json("VarCharValue"),
    "a result of Athena's API whose first row does not name a log's columns: select elb_status_code with target_status_code, or sc_status, and pass the first page before the others",
  ],
  [json("connectionStatus"), "a connection log of CloudFront"],
  [/^[0-9a-f]{64} \S+ \[\d\d\/\w{3}\/\d{4}/, "a log of an S3 bucket's access"],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ [A-Z]+ \//, "a web server's log (IIS)"],
  [/^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:[^\]]+\] "/, "a web server's log (nginx, Apache)"],
  [/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#/, "nginx's error log"],
  [
    /^<(?:\?xml|!doctype|html|error)\b/i,
    "a page of HTML or XML, such as S3's answer to a download that failed",
  ],
  [
    /^(?:"[^"]*",){9,}"[^"]*"$/,
    "a row of a table without a line before it that names a log's columns: elb_status_code with target_status_code, or sc_status",
  ],
  [/^(?:\{\s*(?:["}]|$)|\[\s*(?:[[\]{"]|\d+[,\]]|$))/, otherJson],
  [/^(http|https|h2|grpcs|ws|wss) \d{4}-/, "cut before the status, or damaged"],
];

/**
 * What a line is that is recognised, and cannot be read.
 *
 * @param fields those given for CloudFront's lines without a header
 */
export function knownKind(line: string, fields?: readonly string[]): string | undefined {
  const known = unknownLines.find(([pattern]) => pattern.test(line))?.[1];
  const isUnnamed = known === unnamedRealtime || known === unnamed;
  return isUnnamed && fields !== undefined ? otherFields : known;
}

/** A description of such a line, or of one that is not recognised. */
export function describeUnknownLine(line: string, fields?: readonly string[]): string {
  const known = knownKind(line, fields);
  if (known !== undefined) return known;
  // eslint-disable-next-line no-control-regex -- bytes that are not in text
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(line.slice(0, 500))
    ? "not text"
    : "not a log line";
}
