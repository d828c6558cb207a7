/** Debian's Chromium, headless, driven by playwright-core. */
import { chromium, type Browser } from "playwright-core";
import { findChromium, found } from "../tools";

/** Where a browser finds what is served, and whom it trusts. */
export interface World {
  /** Names that stand for 127.0.0.1; no other name resolves. */
  readonly names: readonly string[];
  /** Base64 SHA-256 of the public keys of the certificates that are trusted, no matter who signed them. */
  readonly keys: readonly string[];
  /** Servers that are spoken to over HTTP/3 from the first request, as `name:port`. */
  readonly http3?: readonly string[];
}

/** Starts a browser that can reach nothing but this machine. */
export function launch({ names, keys, http3 = [] }: World): Promise<Browser> {
  const rules = [...names.map((name) => `MAP ${name} 127.0.0.1`), "MAP * ~NOTFOUND"];
  return chromium.launch({
    executablePath: found(findChromium()),
    args: [
      `--host-resolver-rules=${rules.join(", ")}`,
      `--ignore-certificate-errors-spki-list=${keys.join(",")}`,
      ...(http3.length > 0 ? [`--origin-to-force-quic-on=${http3.join(",")}`] : []),
      // Its sandbox is not for root, as whom CI runs.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}
