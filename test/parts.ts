/** What some tests need of the machine and npm does not install, and the only way to skip them. */
import { spawnSync } from "node:child_process";
import { findNginx, howToGetNginx, minimumNginx } from "../local/nginx/find";
import { findCaddy, howToGetCaddy, minimumCaddy } from "../local/serve/http3/find";
import * as tools from "./tools";

interface Part {
  readonly title: string;
  /** Looks for it; undefined and false: this machine lacks it. */
  readonly find: () => unknown;
  /** What a person does to get it. */
  readonly how: string;
  /** A property of the system, not a program: HOPWISE_HIDE_TOOLS does not hide it. */
  readonly system?: true;
  /** Environment in which the programs under test do not find it either. */
  readonly hidden?: Readonly<Record<string, string>>;
}

const fromSystem = "install it with your system's packages";

/** The parts by name, which are also the names that HOPWISE_HIDE_TOOLS takes. */
const parts = {
  nginx: {
    title: `nginx ${minimumNginx} or newer`,
    find: () => findNginx(),
    how: howToGetNginx(),
    hidden: { HOPWISE_NGINX: "none" },
  },
  curl: { title: "curl with HTTP/2", find: tools.findCurl, how: fromSystem },
  caddy: {
    title: `Caddy ${minimumCaddy} or newer`,
    find: () => findCaddy(),
    how: howToGetCaddy(),
    hidden: { HOPWISE_CADDY: "none" },
  },
  chromium: {
    title: "Chromium",
    find: tools.findChromium,
    how:
      "on Debian and its relatives apt-get install chromium (.ci/get-chromium does it); " +
      "elsewhere set HOPWISE_CHROMIUM to a Chromium or Chrome",
  },
  h2load: {
    title: "h2load",
    find: tools.findH2load,
    how: "run .ci/get-clients, or install nghttp2's clients with your system's packages",
  },
  h2spec: { title: "h2spec", find: tools.findH2spec, how: "run .ci/get-h2spec" },
  pulumi: {
    title: "the pulumi CLI",
    find: tools.findPulumi,
    how: "run .ci/get-pulumi, or put `pulumi` on PATH, or set HOPWISE_PULUMI",
  },
  scanners: {
    title: "Checkov and cfn-lint",
    find: tools.findScanners,
    how: "run .ci/get-scanners",
  },
  languages: {
    title: "Pulumi's YAML host, generators and SDKs",
    find: tools.findLanguages,
    how: "run .ci/get-languages",
  },
  java: { title: "a JDK with Pulumi's Java SDK", find: tools.findJava, how: "run .ci/get-java" },
  website: {
    title: "the generator of the documents' site",
    find: tools.findWebsite,
    how: "run .ci/get-docs",
  },
  linux: {
    title: "Linux, with /proc and all of 127.0.0.0/8 as loopback",
    find: () => process.platform === "linux",
    how: "run the tests on Linux",
    system: true,
  },
  mounts: {
    title: "the right to mount in a namespace",
    find: () =>
      spawnSync("unshare", [...ownMounts, "mount", "-o", "remount,bind,ro", "/"]).status === 0,
    how: "run the tests on Linux, as root or where user namespaces are allowed",
    system: true,
  },
} as const satisfies Record<string, Part>;

/** Arguments of `unshare` for a mount namespace. Without root a user namespace gives the right. */
export const ownMounts = process.getuid?.() === 0 ? ["-m"] : ["-r", "-m"];

export type PartName = keyof typeof parts;
export const partNames = Object.keys(parts) as PartName[];

let missing: ReadonlySet<PartName> | undefined;

/** The parts that HOPWISE_HIDE_TOOLS names: `all`, or several with commas. */
function hiddenParts(): PartName[] {
  const given = (process.env.HOPWISE_HIDE_TOOLS ?? "").split(",").filter((name) => name !== "");
  const unknown = given.filter((name) => name !== "all" && !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new Error(
      `HOPWISE_HIDE_TOOLS: unknown ${unknown.join(", ")} (all, ${partNames.join(", ")})`,
    );
  const all = given.includes("all");
  return partNames.filter((name) => given.includes(name) || (all && !("system" in parts[name])));
}

/** Names, with commas, of the parts that `npm test` has found: asking them all takes half a second. */
const alreadyFound = "HOPWISE_FOUND_TOOLS";

/**
 * Looks for every part that is not hidden. To be awaited before test files are loaded, since
 * {@link describeWith} decides while they are.
 */
export async function findParts(): Promise<ReadonlySet<PartName>> {
  const hidden = hiddenParts();
  const found = process.env[alreadyFound]?.split(",");
  const lookedFor = await Promise.all(
    partNames.map((name) => {
      const part: Part = parts[name];
      if (!hidden.includes(name)) return found ? found.includes(name) : part.find();
      Object.assign(process.env, part.hidden);
      return undefined;
    }),
  );
  missing = new Set(partNames.filter((_, index) => !lookedFor[index]));
  if (found === undefined)
    process.env[alreadyFound] = partNames.filter((name) => !missing?.has(name)).join(",");
  return missing;
}

/** What is known of a part. */
export function partInfo(name: PartName): Part {
  return parts[name];
}

function has(needed: PartName | readonly PartName[]): boolean {
  if (missing === undefined)
    throw new Error("mocha has to be run with .mocharc.json, which looks for the parts first");
  return [needed].flat().every((name) => !missing?.has(name));
}

/**
 * `describe` for tests that need parts. Where one is missing, its tests are skipped and none of
 * its hooks runs.
 */
export function describeWith(
  needed: PartName | readonly PartName[],
  title: string,
  declare: (this: Mocha.Suite) => void,
): void {
  (has(needed) ? describe : describe.skip)(title, declare);
}

/** `it` for a test that needs parts. */
export function itWith(
  needed: PartName | readonly PartName[],
  title: string,
  test: Mocha.AsyncFunc | Mocha.Func,
): void {
  (has(needed) ? it : it.skip)(title, test as Mocha.AsyncFunc);
}
