/** Asks every request of every lane, of the model and of what is served. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { createSecureContext, type SecureContext } from "node:tls";
import { timeoutMs } from "../eventually";
import { serve, type RequestEvent, type Served, type ServeEvent } from "../../local/serve";
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest, PathSpec } from "../../path/types";
import { readTopology } from "../../topology";
import { pathOf } from "../../topology/pathOf";
import { laneText, requestOf, requestText, sent, type Lane } from "./axes";
import { Client, type Outcome, type ServedEndpoint } from "./client";
import { startContainer, type Container } from "./container";
import { containerName, resourcesOf, secret, type BuiltLane } from "./stack";

/** Lanes whose requests are under way at once. */
const abreast = 6;

/** A request of a lane, as the model answers it and as it was answered. */
export interface Cell {
  readonly lane: Lane;
  readonly request: PathRequest;
  readonly said: PathAnswer;
  readonly found: Found;
}

/** What is compared. */
interface Found {
  readonly status?: number;
  readonly reaches: boolean;
  /** Protocol on each connection that carried the request. */
  readonly travelled: readonly string[];
  /** Absent: all is as it was sent. */
  readonly broken?: string;
}

/** The path that a lane's own resources make. */
export function specOf(built: BuiltLane): PathSpec {
  const found = pathOf(readTopology(built.resources), new Map());
  if (!found) throw new Error(`no path in ${laneText(built.lane)}`);
  return found.spec;
}

/** Serves lanes as one system and asks everything of them. */
export async function runLanes(built: readonly BuiltLane[]): Promise<Cell[]> {
  const stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-matrix-"));
  const hops = new Map<string, Reports>();
  const container = await startContainer();
  let served: Served | undefined;
  try {
    served = await serve(resourcesOf(built), {
      projectDir: stateDir,
      stateDir,
      port: 0,
      nginx: "embedded",
      upstreams: new Map([[containerName, container]]),
      onEvent: (event) => {
        note(hops, event);
      },
    });
    const trust = createSecureContext({ ca: readFileSync(served.caFile, "utf8") });
    const asked: Asked[] = [];
    const queue = [...built.entries()];
    const worker = async (system: Served): Promise<void> => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const [index, lane] = next;
        const clients = [true, false].map(
          (tls) => new Client(placeOf(lane, system, tls, trust), tls),
        );
        const some = await askLane(lane, index, clients);
        await reported(some, hops, container);
        asked.push(...some);
        for (const client of clients) client.close();
      }
    };
    const system = served;
    await Promise.all(Array.from({ length: abreast }, () => worker(system)));
    return asked.map((one) => cellOf(one, hops, container));
  } finally {
    await served?.close();
    await container.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

interface Asked {
  readonly lane: Lane;
  readonly request: PathRequest;
  readonly said: PathAnswer;
  readonly outcome: Outcome;
  readonly path: string;
}

async function askLane(
  built: BuiltLane,
  index: number,
  clients: readonly Client[],
): Promise<Asked[]> {
  const { lane } = built;
  const spec = specOf(built);
  return Promise.all(
    sent.map(async (plain, number): Promise<Asked> => {
      const request = requestOf(lane, plain);
      const where = `/${index}/${number}`;
      const known = request.secretHeader === true ? secret : {};
      const outcome = await clients[request.tls ? 0 : 1]?.call(request, where, known);
      return { lane, request, said: answer(spec, request), outcome: outcome ?? {}, path: where };
    }),
  );
}

/** The front door, or a load balancer's listener. */
function placeOf(
  { lane, ...built }: BuiltLane,
  served: Served,
  tls: boolean,
  secureContext: SecureContext,
): ServedEndpoint {
  const { host } = built;
  if (lane.edge) {
    const { address, port, plainPort = 0 } = served.front;
    return { address, port: tls ? port : plainPort, host, secureContext };
  }
  const balancer = served.loadBalancers.find((lb) => lb.name === built.loadBalancer);
  const listener = balancer?.listeners.find((l) => l.port === built.port);
  if (!listener) throw new Error(`${built.loadBalancer} does not listen on ${built.port}`);
  return { address: listener.address, port: listener.localPort, host, secureContext };
}

/** What each hop reported of a request. */
type Reports = Partial<Record<RequestEvent["hop"], RequestEvent>>;

/** Keeps what the hops report; a request is identified by its path. */
function note(hops: Map<string, Reports>, event: ServeEvent): void {
  if (event.kind === "request")
    hops.set(event.path, { ...hops.get(event.path), [event.hop]: event });
}

/**
 * Waits for the reports of all that was answered, while its connections are still there: a hop that
 * tells of a request only when its connection ends has not noticed that the request is over.
 */
async function reported(
  asked: readonly Asked[],
  hops: ReadonlyMap<string, Reports>,
  container: Container,
): Promise<void> {
  const missing = (): boolean =>
    asked.some(({ lane, outcome, path: where }) => {
      const reports = hops.get(where);
      const behind = container.seen.has(where) && !reports?.["load-balancer"];
      return behind || (lane.edge && outcome.status !== undefined && !reports?.cloudfront);
    });
  for (const end = Date.now() + timeoutMs; missing() && Date.now() < end;) await setTimeout(20);
}

function cellOf(asked: Asked, hops: ReadonlyMap<string, Reports>, container: Container): Cell {
  const { lane, request, said, outcome, path: where } = asked;
  const { cloudfront: edge, "load-balancer": balancer } = hops.get(where) ?? {};
  const seen = container.seen.get(where);
  const answered = outcome.status === undefined ? undefined : request.protocol;
  // Both ends of a connection say what it carried; they have to say the same. What a load balancer
  // could not read as a request is in no report of its own.
  const connections = [
    [lane.edge ? edge?.protocol : undefined, lane.edge ? undefined : balancer?.protocol, answered],
    lane.edge ? [edge?.sentTo?.protocol, balancer?.protocol] : [],
    [balancer?.sentTo?.protocol, seen?.protocol],
  ].map((ends) => [...new Set(ends.filter((protocol) => protocol !== undefined))]);
  const travelled = connections.filter((c) => c.length > 0).map((c) => c.join(" or "));
  return { lane, request, said, found: { ...outcome, reaches: seen !== undefined, travelled } };
}

/** True where AWS's documents do not say what happens, so that nothing is right or wrong. */
export function isUnknown({ said }: Cell): boolean {
  return said.outcome === "unknown";
}

/** How a cell differs from what the model says of it; undefined where it does not. */
export function disagreement({ lane, request, said, found }: Cell): string | undefined {
  if (said.outcome === "unknown") {
    if (found.status !== undefined && found.broken === undefined) return undefined;
    return `${laneText(lane)} | ${requestText(request)}: not known, but there is no whole answer`;
  }
  const words = (a: { status?: number; travelled: readonly string[]; reaches: boolean }): string =>
    `${a.status ?? "no answer"} over ${a.travelled.join(", ") || "nothing"}${a.reaches ? ", reaching the container" : ""}`;
  if (words(said) === words(found) && found.broken === undefined) return undefined;
  return `${laneText(lane)} | ${requestText(request)}: the model says ${words(said)}; served: ${words(found)}${found.broken === undefined ? "" : `, but ${found.broken}`}`;
}
