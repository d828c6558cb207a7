import { InvalidArgumentError } from "commander";
import type { ProgramOptions } from "../evaluation/options";

/** What `hopwise verify` was asked for. */
export interface VerifyOptions extends ProgramOptions {
  readonly local?: boolean;
  readonly json?: boolean;
  readonly junit?: string;
  /** Timeout in seconds for all requests together. */
  readonly timeout: number;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly resolve?: readonly Resolve[];
  readonly loadBalancer?: { readonly host: string; readonly port?: number };
  readonly grpc?: string;
  readonly websocket?: string;
}

/** An address for a name and port, as with curl's --resolve. */
export interface Resolve {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 65535)
    throw new InvalidArgumentError(`${text} is not a port: write a number from 1 to 65535.`);
  return number;
}

/** `www.example.com:443:127.0.0.1`, after the ones before it. */
export function parseResolve(text: string, before: readonly Resolve[] = []): Resolve[] {
  const match = /^([^:]+):(\d+):\[?([0-9a-fA-F.:]+)\]?$/.exec(text);
  const [, host = "", number = "", address = ""] = match ?? [];
  if (!match)
    throw new InvalidArgumentError("Write host:port:address, e.g. www.example.com:443:127.0.0.1.");
  return [...before, { host: host.toLowerCase(), port: port(number), address }];
}

/** `HOST` or `HOST:PORT`. */
export function parseHostPort(text: string): { host: string; port?: number } {
  const match = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d+))?$/.exec(text);
  const [, host = "", number] = match ?? [];
  if (!match) throw new InvalidArgumentError("Write HOST or HOST:PORT.");
  return {
    host: host.replace(/^\[|\]$/g, ""),
    ...(number !== undefined && { port: port(number) }),
  };
}

/** Seconds. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 600))
    throw new InvalidArgumentError("Write a number of seconds, from 1 to 600.");
  return seconds;
}

/** A path on the site. */
export function parsePath(text: string): string {
  if (!/^\/[\x21-\x7e]*$/.test(text))
    throw new InvalidArgumentError("Write a path that starts with /.");
  return text;
}
