/**
 * What `hopwise local` leaves in `.hopwise/<stack>/serving.json` while it serves, so that other
 * commands find it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Served } from "../local/serve";
import { networks } from "../local/serve/addresses";
import { CommandFailure } from "./failure";

/** Where a stack is being served. */
export interface Serving {
  /** Process that serves. */
  readonly pid: number;
  /** What a browser calls. */
  readonly url: string;
  /** The certificate authority to trust, a file. */
  readonly caFile: string;
  readonly front: {
    /** The name that viewers call. */
    readonly host: string;
    readonly address: string;
    readonly port: number;
    readonly plainPort?: number;
  };
  readonly loadBalancers: readonly {
    readonly name: string;
    readonly host: string;
    readonly listeners: readonly {
      readonly port: number;
      readonly address: string;
      readonly localPort: number;
    }[];
  }[];
  /** Address that represents CloudFront's servers. */
  readonly cloudfrontAddress: string;
  /** Public address that other callers represent. */
  readonly callerAddress?: string;
}

/** Folder of what runs of a project leave behind. */
const folderOf = (projectDir: string): string => join(projectDir, ".hopwise");

const refused = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EEXIST"];

/** Says of an error of writing into that folder what the folder is for; gives any other error back. */
export function explainUnwritable(error: unknown, projectDir: string): unknown {
  const { code = "", path: file, message } = error as NodeJS.ErrnoException;
  const folder = folderOf(resolve(projectDir));
  const within = file !== undefined && resolve(file).startsWith(folder);
  if (!refused.includes(code) || !within) return error;
  return new CommandFailure(
    `${folder} cannot be written, where hopwise keeps certificates and logs of what it serves (${message}). ` +
      "Make the folder writable, or copy the program to where you can write, and name that folder with --program.",
  );
}

const fileOf = (projectDir: string, stack: string): string =>
  join(folderOf(projectDir), stack, "serving.json");

/** Makes the folder of a stack's runs, which no commit takes: it holds a private key, and logs. */
export function stateFolder(projectDir: string, stack: string): string {
  const folder = folderOf(projectDir);
  mkdirSync(join(folder, stack), { recursive: true });
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return join(folder, stack);
}

/** What is served, in the form that other commands read. */
export function servingOf(served: Served, callerAddress?: string): Serving {
  const { url, host, address, port, plainPort } = served.front;
  return {
    pid: process.pid,
    url,
    caFile: served.caFile,
    front: { host, address, port, ...(plainPort !== undefined && { plainPort }) },
    loadBalancers: served.loadBalancers.map(({ name, host: dnsName, listeners }) => ({
      name,
      host: dnsName,
      listeners: listeners.map((listener) => ({
        port: listener.port,
        address: listener.address,
        localPort: listener.localPort,
      })),
    })),
    cloudfrontAddress: `${networks.cloudfront}.1`,
    ...(callerAddress !== undefined && { callerAddress }),
  };
}

/** Writes the file; the function that it returns takes it away again. */
export function leaveServing(
  projectDir: string,
  stack: string,
  served: Served,
  callerAddress?: string,
): () => void {
  const file = fileOf(projectDir, stack);
  writeFileSync(file, `${JSON.stringify(servingOf(served, callerAddress), null, 2)}\n`);
  return () => {
    // Another process may serve the stack by now.
    if (readServing(projectDir, stack)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** What is being served; undefined where nothing is, or the process that said so has gone. */
export function readServing(projectDir: string, stack: string): Serving | undefined {
  try {
    const serving = JSON.parse(readFileSync(fileOf(projectDir, stack), "utf8")) as Serving;
    process.kill(serving.pid, 0);
    return serving;
  } catch {
    return undefined;
  }
}
