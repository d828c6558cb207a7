import { readFile } from "node:fs/promises";
import { clientFiles } from "../../local/serve/certificates";
import type { HttpProtocol } from "../../path/types";
import { answerText } from "../show/answers";
import type { Screen } from "../screen";
import { say, sayParts } from "../show/words";
import { columnsOf, padColumns, wrap } from "../text";
import { answeredByContainer, type Probe } from "./probes";
import { sendProbe, type ProbeCertificates, type ProbeOutcome } from "./send";
import { sameProtocols, type ProtocolTrace } from "./protocolTrace";

/** Longest time that one request may take; a dropped one that is not closed takes all of it. */
const requestMilliseconds = 5000;

/** A request, and what it got. */
export interface ProbeVerdict {
  readonly probe: Probe;
  readonly actual: ProbeOutcome;
  /** Protocol on each connection that the request travelled, as the hops report it. */
  readonly travelled: readonly HttpProtocol[];
  /** Requests that a deployment's old (blue) and new (green) tasks got. Absent: no deployment. */
  readonly revisions?: Readonly<Record<"blue" | "green", number>>;
}

/** True when a request got what the rules of the path say, in the protocols they say. */
export function probePassed({ probe, actual, travelled, revisions }: ProbeVerdict): boolean {
  const { expected, grpc } = probe;
  const others = revisions && probe.revisions && !probe.revisions.some((one) => revisions[one] > 0);
  const wrong = (["blue", "green"] as const).some(
    (one) => probe.revisions?.includes(one) === false && (revisions?.[one] ?? 0) > 0,
  );
  if (others === true || wrong) return false;
  if (expected.outcome !== "answered")
    // A caller that is not admitted is rejected by something; if nothing listens, nothing was shown.
    return actual.outcome === "unanswered" && (expected.outcome === "refused" || actual.listening);
  if (actual.outcome !== "answered") return false;
  if (grpc && expected.reaches && actual.grpcStatus === undefined) return false;
  const own = answeredByContainer(probe) && !ofLoadBalancer.includes(actual.status);
  return (own || actual.status === expected.status) && sameProtocols(travelled, expected.travelled);
}

/** Statuses that no container is expected to answer with by itself. */
const ofLoadBalancer: readonly number[] = [464, 502, 503, 504];

function actualText(actual: ProbeOutcome): string {
  if (actual.outcome === "unanswered") return `no answer (${actual.reason})`;
  if (actual.outcome === "failed") return actual.reason;
  return (
    String(actual.status) + (actual.location ? ` to ${actual.location}` : "") + grpcText(actual)
  );
}

function grpcText(actual: ProbeOutcome): string {
  if (actual.outcome !== "answered" || actual.grpcStatus === undefined) return "";
  return `, grpc-status ${actual.grpcStatus}`;
}

/** Who answered: `, blue 19, green 1`. */
function revisionText({ revisions }: ProbeVerdict): string {
  const counts = Object.entries(revisions ?? {}).filter(([, count]) => count > 0);
  const several = counts.length > 1;
  return counts.map(([one, count]) => `, ${one}${several ? ` ${count}` : ""}`).join("");
}

function protocolsText(protocols: readonly HttpProtocol[], screen: Screen): string {
  return protocols.join(` ${screen.signs.arrow} `);
}

/**
 * A verdict: what was asked, what it got, and over which protocols; where it is not what the rules
 * say, both, and why they say so.
 */
export function verdictLines(verdict: ProbeVerdict, width: number, s: Screen): string[] {
  const { probe, actual, travelled } = verdict;
  const { expected } = probe;
  const title = padColumns(sayParts(s, probe.title), width);
  if (probePassed(verdict)) {
    const status = actual.outcome === "answered" ? actual.status : expected.status;
    const own = status === expected.status ? "" : `${status}, as the container answers`;
    const result = `${own || say(s, answerText(expected))}${grpcText(actual)}${revisionText(verdict)}`;
    const head = `${title}  ${result}`;
    const sign = s.style("green", s.signs.good);
    if (4 + columnsOf(head) > s.width) {
      const came = expected.outcome === "answered" ? protocolsText(travelled, s) : "";
      return [`  ${sign} ${title}`, `      ${result}  ${s.style("dim", came)}`.trimEnd()];
    }
    if (expected.outcome !== "answered") return [`  ${sign} ${head}`];
    const protocols = protocolsText(travelled, s);
    const fits = 4 + columnsOf(head) + 2 + protocols.length <= s.width;
    return fits
      ? [`  ${sign} ${head}  ${s.style("dim", protocols)}`]
      : [`  ${sign} ${head}`, `      ${s.style("dim", protocols)}`];
  }
  const via = (protocols: readonly HttpProtocol[]): string =>
    protocols.length === 0 ? "" : ` over ${protocolsText(protocols, s)}`;
  const expectedVia = expected.outcome === "answered" ? via(expected.travelled) : "";
  return [
    `  ${s.style("red", s.signs.bad)} ${title}`,
    `      expected  ${answerText(expected)}${expectedVia}`,
    `      actual    ${actualText(actual)}${via(travelled)}${revisionText(verdict)}`,
    ...wrap(`${expected.why}.`, s.width - 6).map((line) => `      ${s.style("dim", line)}`),
  ];
}

/** Sends the requests one after the other and reports each verdict. Returns how many failed. */
export async function runProbes(
  probes: readonly Probe[],
  caFile: string,
  trace: ProtocolTrace,
  onVerdict: (verdict: ProbeVerdict) => void,
): Promise<number> {
  const { cert, key } = clientFiles(caFile);
  const shows = probes.some(({ clientCertificate }) => clientCertificate);
  const certificates: ProbeCertificates = {
    ca: await readFile(caFile),
    ...(shows && { client: { cert: await readFile(cert), key: await readFile(key) } }),
  };
  let bad = 0;
  for (const probe of probes) {
    const verdict = await probeTimes(probe, certificates, trace);
    if (!probePassed(verdict)) bad += 1;
    onVerdict(verdict);
  }
  return bad;
}

/** Sends one request, or as many as the probe asks for; the first that fails ends it. */
async function probeTimes(
  probe: Probe,
  certificates: ProbeCertificates,
  trace: ProtocolTrace,
): Promise<ProbeVerdict> {
  const revisions = { blue: 0, green: 0 };
  for (let left = probe.times ?? 1; ; left -= 1) {
    trace.start();
    const actual = await sendProbe(probe, certificates, requestMilliseconds);
    const travelled = await trace.settled(
      probe.expected.outcome === "answered" ? probe.expected.travelled : [],
    );
    const { revision } = trace;
    if (revision !== undefined) revisions[revision] += 1;
    const verdict = { probe, actual, travelled, ...(revision && { revisions }) };
    if (left <= 1 || !probePassed(verdict)) return verdict;
  }
}
