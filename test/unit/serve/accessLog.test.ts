import { expect } from "chai";
import { type LogEntry, formatEntry } from "../../../local/serve/loadBalancer/accessLog";
import { loadBalancerLogKey } from "../../../local/serve/loadBalancer/logFile";
import { codeMatches } from "../../../local/serve/loadBalancer/health";

const entry: LogEntry = {
  type: "https",
  created: Date.parse("2026-11-20T10:15:30.122Z"),
  done: Date.parse("2026-11-20T10:15:30.123Z") + 0.4565,
  loadBalancer: "app/web/50dc6c495c0c9188",
  client: "130.176.1.10:41234",
  status: 464,
  receivedBytes: 512,
  sentBytes: 137,
  request: "GET https://app.example.com:443/ HTTP/1.1",
  userAgent: 'Amazon "CloudFront"',
  cipher: "TLS_AES_128_GCM_SHA256",
  tls: "TLSv1.3",
  targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web-h2/73e2",
  traceId: "Root=1-6b001dc2-0123456789abcdef01234567",
  domainName: "app.example.com",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
  priority: 0,
  actions: ["forward"],
  connectionId: "TID_1234abcd5678ef90",
  nodeAddress: "10.0.1.25",
};

/** Splits at spaces outside of quotes. */
const fields = (line: string): string[] => line.match(/"[^"]*"|\S+/g) ?? [];

describe("access log lines", () => {
  it("have AWS's 36 fields in AWS's order", () => {
    // The line is the one that AWS's documentation of the fields leads to for a 464.
    expect(formatEntry(entry)).to.equal(
      'https 2026-11-20T10:15:30.123456Z app/web/50dc6c495c0c9188 130.176.1.10:41234 - -1 -1 -1 464 - 512 137 "GET https://app.example.com:443/ HTTP/1.1" "Amazon \\x22CloudFront\\x22" TLS_AES_128_GCM_SHA256 TLSv1.3 arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web-h2/73e2 "Root=1-6b001dc2-0123456789abcdef01234567" "app.example.com" "arn:aws:acm:us-east-1:123456789012:certificate/1" 0 2026-11-20T10:15:30.122000Z "forward" "-" "-" "-" "-" "-" "-" TID_1234abcd5678ef90 "-" "-" "-" 10.0.1.25 "-" "-"',
    );
    expect(fields(formatEntry(entry))).to.have.lengthOf(36);
  });

  it("name the target, its status and the times of a forwarded request", () => {
    const line = formatEntry({
      ...entry,
      target: "10.0.2.3:8080",
      targetStatus: 200,
      status: 200,
      times: [1, 20, 0],
    });
    const all = fields(line);
    expect([all[4], ...all.slice(5, 10)]).to.deep.equal([
      "10.0.2.3:8080",
      "0.001",
      "0.020",
      "0.000",
      "200",
      "200",
    ]);
    expect(all.slice(25, 27)).to.deep.equal(['"10.0.2.3:8080"', '"200"']);
  });

  it("lie under the key that S3 would have them under", () => {
    const place = {
      prefix: "alb",
      loadBalancerArn:
        "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/web/50dc",
      nodeAddress: "10.0.1.25",
    };
    expect(loadBalancerLogKey(place, new Date("2026-11-20T10:20:00Z"), "abcd")).to.equal(
      "alb/AWSLogs/123456789012/elasticloadbalancing/us-west-2/2026/11/20/123456789012_elasticloadbalancing_us-west-2_app.web.50dc_20261120T1020Z_10.0.1.25_abcd.log.gz",
    );
  });
});

describe("health check matchers", () => {
  // prettier-ignore
  const cases: [string, number, boolean][] = [
    ["200", 200, true], ["200", 204, false], ["200,202", 202, true], ["200-299", 204, true], ["200-299", 301, false], ["12", 12, true],
  ];
  for (const [matcher, code, expected] of cases) {
    it(`${matcher} ${expected ? "takes" : "does not take"} ${code}`, () => {
      expect(codeMatches(matcher, code)).to.equal(expected);
    });
  }
});
