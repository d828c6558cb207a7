/** Says what a line is that is none of the logs that are read, as far as that shows. */

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^PAR1/, "Apache Parquet, not text: have the log delivered as w3c or json"],
  [/^tls \d\.\d /, "a Network Load Balancer's log"],
  [
    /^\d{4}-\d\d-\d\dT\S+ \S+ \S+:\d+ (\S+:\d+|-) \S+ \S+ \S+ \d{3} /,
    "a Classic Load Balancer's log",
  ],
  [/^(\d+|version) (\d{12}|account-id) (eni-|interface-id)/, "a VPC flow log"],
  [/^\{.*"webaclId"/, "a log of AWS WAF"],
  [/^[0-9a-f]{64} \S+ \[\d\d\/\w{3}\/\d{4}/, "a log of an S3 bucket's access"],
  [/^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:[^\]]+\] "/, "a web server's log (nginx, Apache)"],
  [/^\{/, "JSON of another kind"],
  [/^(http|https|h2|grpcs|ws|wss) \d{4}-/, "cut before the status, or damaged"],
];

/** What to call such a line. */
export function foreign(line: string): string {
  const known = kinds.find(([pattern]) => pattern.test(line))?.[1];
  if (known !== undefined) return known;
  // eslint-disable-next-line no-control-regex -- bytes that no text has
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(line.slice(0, 500))
    ? "not text"
    : "not a log line";
}
