import { isIP } from "node:net";
import { InvalidArgumentError } from "commander";
import { pair, type ProgramOptions } from "../evaluation/options";
import type { NotAdmitted, Upstream } from "../../local/serve";

/** What `hopwise local` was asked for. */
export interface LocalOptions extends ProgramOptions {
  /** Port that viewers call; 0 takes any free one. Absent: `serve`'s default. */
  readonly port?: number;
  /** Running servers, by the container that they replace. */
  readonly upstream?: ReadonlyMap<string, Upstream>;
  /** Shell commands, by the container that they replace. */
  readonly run?: ReadonlyMap<string, string>;
  readonly securityGroups?: NotAdmitted;
  /** True: changes of the program's files change what is served. */
  readonly watch?: boolean;
  /** True: make the requests worth seeing, say what they got, and end. */
  readonly check?: boolean;
  /** True: the small origin of hopwise's own even where there is an nginx. */
  readonly embeddedOrigin?: boolean;
  /** Public address that 127.0.0.1 and ::1 represent. */
  readonly callerAddress?: string;
  /** True: what happens as JSON, an object a line. */
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** A port number of the command line. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError("A port is a number from 1 to 65535 (0 takes any free one).");
  return port;
}

/** An IP address of the command line. */
export function parseAddress(text: string): string {
  if (isIP(text) === 0)
    throw new InvalidArgumentError("Write an IP address, for example 203.0.113.9.");
  return text;
}

/** `--upstream NAME=HOST:PORT`, or `NAME:PORT=HOST:PORT` for one port of the container */
export function parseUpstream(
  text: string,
  before?: ReadonlyMap<string, Upstream>,
): ReadonlyMap<string, Upstream> {
  const example = "NAME=HOST:PORT, for example app=127.0.0.1:3000";
  return pair(text, before, example, (place) => {
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(place) ?? [];
    if (port === undefined || Number(port) < 1 || Number(port) > 65535)
      throw new InvalidArgumentError(`Write ${example}.`);
    return { host: bracketed ?? plain ?? "", port: Number(port) };
  });
}

/** `--run NAME=COMMAND` */
export function parseRun(
  text: string,
  before?: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return pair(text, before, "NAME=COMMAND, for example app='node server.js'", (command) => command);
}
