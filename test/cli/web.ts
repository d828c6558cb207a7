/** The program of `fixture/web`, copied, changed and served by the real command. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { timeoutMs } from "../eventually";
import { projectDir, start, type Running } from "./hopwise";

/** A copy of the program. */
export interface Web {
  readonly folder: string;
  /** Replaces a text in one of its files. */
  edit(file: string, from: string, to: string): void;
  remove(): void;
}

export function web(): Web {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "hopwise-web-")), "web");
  cpSync(path.join(__dirname, "fixture/web"), folder, { recursive: true });
  symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
  return {
    folder,
    edit: (file, from, to) => {
      const place = path.join(folder, file);
      const before = readFileSync(place, "utf8");
      if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(place, before.replace(from, to));
    },
    remove: () => {
      rmSync(path.dirname(folder), { recursive: true, force: true });
    },
  };
}

/** A program that is being served: where, and the process. */
export interface ServedWeb extends Running {
  readonly url: string;
  /** Sends Ctrl-C and waits. */
  stop(signal?: NodeJS.Signals): ReturnType<() => Running["ended"]>;
}

/** Serves a program on any free port. Resolves when it is ready. */
export async function served(folder: string, ...args: string[]): Promise<ServedWeb> {
  const running = start(["local", "--program", folder, "--port", "0", ...args]);
  const said = await running.said("Ctrl-C stops it.");
  const url = /^Serving (\S+)$/m.exec(said)?.[1] ?? "";
  return {
    ...running,
    url,
    stop: (signal = "SIGINT") => {
      running.child.kill(signal);
      return running.ended;
    },
  };
}

/** What a request got, or the code of the error that came instead. */
export interface Got {
  readonly status?: number;
  readonly body: string;
  readonly error?: string;
  readonly milliseconds: number;
}

export function get(url: string, timeout = timeoutMs): Promise<Got> {
  const started = Date.now();
  return new Promise((resolve) => {
    const end = (got: Omit<Got, "milliseconds">): void => {
      resolve({ ...got, milliseconds: Date.now() - started });
    };
    const request = http.get(url, { agent: false, timeout }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        end({ status: response.statusCode, body });
      });
      response.on("error", (error: NodeJS.ErrnoException) => {
        end({ body, error: error.code ?? error.message });
      });
    });
    request.on("timeout", () => request.destroy(Object.assign(new Error(), { code: "TIMEOUT" })));
    request.on("error", (error: NodeJS.ErrnoException) => {
      end({ body: "", error: error.code ?? error.message });
    });
  });
}
