/**
 * What the container reports that it received, hop by hop, compared with what the path promises.
 */
import { gotText } from "../answers";
import { result, type Context, type Result } from "../context";
import type { Seen } from "./viewer";

/** A hop as the inspector reports it. */
interface Reported {
  readonly from: string;
  readonly to: string;
  readonly protocol: string | null;
}

const title = "what the container received";

export function inspectorChecks(context: Context, { inspected }: Seen): Result[] {
  const { promised } = context;
  if (promised === undefined || inspected === undefined) return [];
  const { protocol, got } = inspected;
  const expected = context.expected({ protocol, tls: context.targets.front.tls });
  if (expected?.reaches !== true) return [];
  const wanted = expected.travelled.join(", ");
  const hops = got.outcome === "answered" && got.status === 200 ? hopsIn(got.body) : undefined;
  if (hops === undefined) {
    const reached = got.outcome === "answered" && [200, 404].includes(got.status);
    const why = reached
      ? "the container has no inspector at this path: its image is not hopwise's, or its app answers there"
      : `the request did not get through: ${gotText(got)}`;
    return [result("hops", title, "skip", wanted, "unknown", why)];
  }
  const actual = hops.filter(({ to }) => to !== "app").map((hop) => hop.protocol);
  // An unknown hop does not contradict the promise.
  const fits =
    actual.length === expected.travelled.length &&
    actual.every((spoken, i) => spoken === null || spoken === expected.travelled[i]);
  const text = actual.map((spoken) => spoken ?? "unknown").join(", ");
  return [result("hops", title, fits ? "pass" : "fail", wanted, text)];
}

function hopsIn(body: string): Reported[] | undefined {
  try {
    const { version, hops } = JSON.parse(body) as { version?: unknown; hops?: unknown };
    if (version !== 1 || !Array.isArray(hops) || hops.length > 10) return undefined;
    const all = hops as Partial<Reported>[];
    const sound = all.every(
      ({ to, protocol }) =>
        typeof to === "string" &&
        (protocol === null || (typeof protocol === "string" && protocol.length < 20)),
    );
    return sound ? (all as Reported[]) : undefined;
  } catch {
    return undefined;
  }
}
