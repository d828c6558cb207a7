/** Of several errors on a path the first one is the one whose answer requests get. */
import { expect } from "chai";
import { answerTypical } from "../../../path/typical";
import { resolvePath } from "../../../rules/resolve";
import { change, type Change, h1 } from "../path/specs";

const sound = change(h1, { container: { accepts: ["HTTP/2", "HTTP/1.1"] } });

/** A change for each error that decides what ordinary requests get. */
const faults: Readonly<Record<string, Change>> = {
  "public-origin-internal-load-balancer": { listener: { scheme: "internal" } },
  "load-balancer-closed-to-edge": { listener: { admits: [] } },
  "origin-protocol-mismatch": { edge: { originProtocolPolicy: "http-only" } },
  "origin-certificate-name-mismatch": { listener: { certificateNames: ["other.example.org"] } },
  "secret-header-not-sent": { edge: { sendsSecretHeader: false } },
  "host-rule-behind-edge": {
    listener: { missedHost: { asked: ["a.example.org"], sent: ["b.example.org"], status: 404 } },
  },
  "edge-http1-to-http2-target": { target: { protocolVersion: "HTTP2" } },
  "load-balancer-without-egress": { target: { noEgressTo: [sound.target.port] } },
  "tasks-closed-to-load-balancer": { target: { admits: [] } },
  "container-port-mismatch": { container: { port: 81 } },
  "container-tls-mismatch": { container: { tls: true } },
  "container-lacks-protocol": { container: { accepts: [] } },
};

const answerOf = (of: Change): string => {
  const { status, at, why } = answerTypical(change(sound, of), "http").got;
  return `${status ?? "no status"} at ${at}: ${why}`;
};
const firstOf = (of: Change): string | undefined =>
  resolvePath(change(sound, of)).findings[0]?.code;

/** Both changes. */
const both = (a: Change, b: Change): Change => ({
  edge: { ...a.edge, ...b.edge },
  listener: { ...a.listener, ...b.listener },
  target: { ...a.target, ...b.target },
  container: { ...a.container, ...b.container },
});

describe("the order of errors", () => {
  const named = Object.entries(faults);
  for (const [code, fault] of named)
    it(`${code}: the first error is the one that answers, whichever other error there is`, () => {
      expect(firstOf(fault)).to.equal(code);
      for (const [other, second] of named.filter(([name]) => name > code)) {
        const answers = { [code]: answerOf(fault), [other]: answerOf(second) };
        const pair = both(fault, second);
        const first = firstOf(pair) ?? "none";
        expect(answers[first], `${code} and ${other}: ${first}`).to.equal(answerOf(pair));
      }
    });
});
