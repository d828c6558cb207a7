/** Debian's Chromium, headless, driven by playwright-core. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

export const HOW_TO_GET_CHROMIUM =
  "Debian and its relatives: apt-get install chromium (.ci/get-chromium does it); elsewhere set HOPWISE_CHROMIUM to a Chromium or Chrome";

/** HOPWISE_CHROMIUM, or the first Chromium or Chrome on PATH; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.HOPWISE_CHROMIUM;
  if (named !== undefined && named !== "") return named;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** For `before`: skips without Chromium, saying how to get it; fails where everything must be there. */
export function needChromium(this: Mocha.Context): void {
  if (findChromium() !== undefined) return;
  if (process.env.HOPWISE_REQUIRE_ALL === "1")
    throw new Error(`no Chromium: ${HOW_TO_GET_CHROMIUM}`);
  console.warn(`skipped, no Chromium: ${HOW_TO_GET_CHROMIUM}`);
  this.skip();
}

/** Where a browser finds what is served, and whom it trusts. */
export interface World {
  /** Names that stand for 127.0.0.1; no other name resolves. */
  readonly names: readonly string[];
  /** Base64 SHA-256 of the public keys of the certificates that are trusted, whoever signed them. */
  readonly keys: readonly string[];
  /** Servers that are spoken to over HTTP/3 from the first request, as `name:port`. */
  readonly http3?: readonly string[];
}

/** Starts a browser that can reach nothing but this machine. */
export function launch({ names, keys, http3 = [] }: World): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium");
  const rules = [...names.map((name) => `MAP ${name} 127.0.0.1`), "MAP * ~NOTFOUND"];
  return chromium.launch({
    executablePath,
    args: [
      `--host-resolver-rules=${rules.join(", ")}`,
      `--ignore-certificate-errors-spki-list=${keys.join(",")}`,
      ...(http3.length > 0 ? [`--origin-to-force-quic-on=${http3.join(",")}`] : []),
      // Its sandbox is not for root, as whom CI runs.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}
