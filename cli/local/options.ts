import { isIP } from "node:net";
import { InvalidArgumentError } from "commander";

/** What `hopwise local` was asked for. */
export interface LocalOptions {
  readonly stack: string;
  /** Port that viewers call; 0 takes any free one. Absent: `serve`'s default. */
  readonly port?: number;
  /** True: make the requests worth seeing, say what they got, and end. */
  readonly check?: boolean;
  /** True: the small origin of hopwise's own even where there is an nginx. */
  readonly embeddedOrigin?: boolean;
  /** Public address that a caller on 127.0.0.1 stands for. */
  readonly callerAddress?: string;
  readonly project: string;
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

/** A stack's name: it becomes part of a file name. */
export function parseStack(text: string): string {
  if (!/^[A-Za-z0-9_.-]+$/.test(text))
    throw new InvalidArgumentError("A stack's name is made of letters, digits, -, _ and dots.");
  return text;
}
