/** Settings that a program requires and that its stack does not have. */
import * as path from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import type { ProgramProblem } from "./failure";
import { placeholderFor } from "../model/placeholders";
import type { Project } from "./project";
import { placeIn, positionOf } from "./traces";

/** The setting that an error of `Config.require` is about; undefined for other errors. */
export function missingKey(error: unknown): string | undefined {
  const pattern = /^Missing required configuration variable '([^']+)'/;
  return error instanceof Error ? pattern.exec(error.message)?.[1] : undefined;
}

/**
 * Makes `Config.require` and its like give a placeholder for a setting that is missing, so that a
 * run comes to all of them. What the program makes of placeholders says nothing about it.
 *
 * @returns the errors that `require` would have thrown, once the program has run
 */
export function collectMissing({ Config, secret }: typeof Pulumi): {
  readonly errors: readonly Error[];
  stop(): void;
} {
  const errors = new Map<string, Error>();
  const prototype = Config.prototype as unknown as Record<string, unknown>;
  const before = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(([name]) =>
    /^require(?!Impl)/.test(name),
  );
  for (const [name, { value }] of before)
    prototype[name] = function (this: unknown, ...args: unknown[]): unknown {
      try {
        return (value as (...args: unknown[]) => unknown).apply(this, args);
      } catch (error) {
        const key = missingKey(error);
        if (key === undefined) throw error;
        if (!errors.has(key)) errors.set(key, error as Error);
        const placeholder = insteadOf(name, key);
        return name.startsWith("requireSecret") ? secret(placeholder) : placeholder;
      }
    };
  return {
    get errors() {
      return [...errors.values()];
    },
    stop: () => {
      for (const [name, descriptor] of before) Object.defineProperty(prototype, name, descriptor);
    },
  };
}

function insteadOf(method: string, key: string): unknown {
  if (method.endsWith("Number")) return 1;
  if (method.endsWith("Boolean")) return false;
  return method.endsWith("Object") ? {} : placeholderFor(key);
}

/** One problem for all settings that are missing: which, where they are read, and what to write. */
export function missingSettings(
  errors: readonly unknown[],
  { root, name, stackFile, unreadEnvironments }: Project,
): ProgramProblem | undefined {
  const missing = errors.flatMap((error) => {
    const key = missingKey(error);
    const place = key === undefined ? undefined : placeIn((error as Error).stack);
    const own = key?.startsWith(`${name}:`) === true ? key.slice(name.length + 1) : key;
    return key === undefined || own === undefined
      ? []
      : [{ key, own, position: place && positionOf(place, root) }];
  });
  const [first] = missing;
  if (first === undefined) return undefined;
  const file = path.relative(root, stackFile.path);
  const which = missing.length === 1 ? "a setting" : `${missing.length} settings`;
  const shown = missing.slice(0, 4).map(({ own }) => `--config ${own}=VALUE`);
  const them = missing.length === 1 ? "it" : "them";
  return {
    message: [
      stackFile.exists
        ? `The program requires ${which} that ${file} does not have:`
        : `The program requires ${which}, and there is no ${file}:`,
      ...missing.map(({ key, position }) =>
        position === undefined ? key : `${key} (${position.file}:${position.line})`,
      ),
      `Write ${them} under config in ${file}, or give ${them} for this run: ` +
        `${shown.join(" ")}${shown.length < missing.length ? " and so on" : ""}.`,
      ...environmentHint(unreadEnvironments),
    ].join("\n"),
    ...(first.position && { position: first.position }),
    missing: true,
  };
}

/** A setting may be one of an ESC environment, whose values only Pulumi's backend has. */
function environmentHint([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [
    `It may come from the ESC environments of the stack: ${[first, ...others].join(", ")}. ` +
      `Run: pulumi env open ${first} --format json > environment.json, ` +
      `and add: --environment ${first}=environment.json`,
  ];
}
