/** What the container says it received, hop by hop, against what the path promises. */
import { gotText, result, type Context, type Result } from "../context";
import type { Seen } from "./viewer";

/** A hop as the inspector tells it. */
interface Told {
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
  const hops = got.outcome === "answered" && got.status === 200 ? told(got.body) : undefined;
  if (hops === undefined) {
    const reached = got.outcome === "answered" && [200, 404].includes(got.status);
    const why = reached
      ? "the container has no inspector: it is not built from nginx/, or its app answers there"
      : `the request did not get there: ${gotText(got)}`;
    return [result("hops", title, "skip", wanted, "not told", why)];
  }
  const actual = hops.filter(({ to }) => to !== "app").map((hop) => hop.protocol);
  // What a hop could not know is no contradiction.
  const fits =
    actual.length === expected.travelled.length &&
    actual.every((told, i) => told === null || told === expected.travelled[i]);
  const text = actual.map((told) => told ?? "not known").join(", ");
  return [result("hops", title, fits ? "pass" : "fail", wanted, text)];
}

function told(body: string): Told[] | undefined {
  try {
    const { version, hops } = JSON.parse(body) as { version?: unknown; hops?: unknown };
    if (version !== 1 || !Array.isArray(hops) || hops.length > 10) return undefined;
    const all = hops as Partial<Told>[];
    const sound = all.every(
      ({ to, protocol }) =>
        typeof to === "string" &&
        (protocol === null || (typeof protocol === "string" && protocol.length < 20)),
    );
    return sound ? (all as Told[]) : undefined;
  } catch {
    return undefined;
  }
}
