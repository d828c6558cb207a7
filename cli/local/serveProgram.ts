import { join, relative } from "node:path";
import type { NginxChoice } from "../../local/nginx";
import { prefixLists } from "../../local/prefixLists";
import type { Evaluation } from "../../local/program";
import { networks } from "../../local/serve/addresses";
import type { ServeEvent } from "../../local/serve/events";
import { serve, type Served } from "../../local/serve";
import { readTopology } from "../../topology";
import type { LocalResource } from "../../local/types";
import type { PathSpec } from "../../path/types";
import { Failure } from "../failure";
import { shortType } from "./evaluateProgram";
import { pathOf, type FoundPath } from "../../topology/pathOf";
import type { Places } from "./probes";

/** How a program is to be served. */
export interface ServeProgramOptions {
  readonly projectDir: string;
  readonly stack: string;
  readonly port?: number;
  readonly callerAddress?: string;
  readonly nginx: NginxChoice;
  readonly onEvent: (event: ServeEvent) => void;
}

/** A program that is being served. */
export interface ServedProgram {
  readonly path: PathSpec;
  readonly places: Places;
  readonly url: string;
  /** The CA that clients have to trust, as short as it can be named from here. */
  readonly caFile: string;
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves a program's resources on loopback, and says where the places of its path are.
 *
 * @throws {Failure} when the resources make no path that could be served
 */
export async function serveProgram(
  program: Evaluation,
  { projectDir, stack, ...options }: ServeProgramOptions,
): Promise<ServedProgram> {
  const found = pathOf(readTopology(program.resources), prefixLists(program.account));
  if (found === undefined)
    throw new Failure(
      "There is no path to serve: no load balancer of the program has a listener that forwards " +
        `to an ECS service. The program makes: ${made(program.resources) || "nothing"}.`,
    );
  const stateDir = join(projectDir, ".hopwise", stack);
  const served = await serve(program.resources, { ...options, projectDir, stateDir });
  const caFile = relative(process.cwd(), served.caFile);
  return {
    path: found.spec,
    places: placesOf(served, found, options.callerAddress),
    url: served.front.url,
    caFile: caFile.startsWith("..") ? served.caFile : caFile,
    notes: served.notes,
    close: () => served.close(),
  };
}

/** The types of resources there are, each once. */
function made(resources: readonly LocalResource[]): string {
  return [...new Set(resources.map((resource) => shortType(resource.type)))].join(", ");
}

function placesOf(served: Served, { spec, loadBalancer }: FoundPath, caller?: string): Places {
  const { host: name, address, port, plainPort, url } = served.front;
  const places = {
    front: { name, address, port, tls: url.startsWith("https:") },
    plain: plainPort === undefined ? undefined : { name, address, port: plainPort, tls: false },
    cloudfrontAddress: `${networks.cloudfront}.1`,
    callerAddress: caller,
  };
  if (spec.edge === undefined) return places;
  const behind = served.loadBalancers.find((lb) => lb.name === loadBalancer);
  const listener = behind?.listeners.find((l) => l.port === spec.listener.port);
  if (!behind || !listener) return places;
  const tls = listener.protocol === "HTTPS";
  const { address: at, localPort } = listener;
  return { ...places, loadBalancer: { name: behind.host, address: at, port: localPort, tls } };
}
