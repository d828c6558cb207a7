/** A stack of the tests, served with real nginx, and a browser that trusts it. */
import { createHash } from "node:crypto";
import tls from "node:tls";
import type { Browser } from "playwright-core";
import { timeoutMs } from "../eventually";
import { call, endServing, host, serving, type Serving } from "../local/serving";
import { stack, type StackOptions } from "../local/stacks/resources";
import type { ServeOptions } from "../../local/serve";
import { launch } from "./chromium";

/** A served stack and the browser that visits it. */
export interface Visiting {
  readonly served: Serving;
  readonly browser: Browser;
  /** The front door under its own name. */
  readonly url: string;
}

const open = new Set<Browser>();

/** Serves a stack and opens a browser, which comes over HTTP/3 from its first request if asked to. */
export async function visiting(
  o: Omit<StackOptions, "listener">,
  { overHttp3 = false, ...options }: Partial<ServeOptions> & { overHttp3?: boolean } = {},
): Promise<Visiting> {
  const { resources } = stack({ ...o, listener: "HTTPS" });
  const served = await serving(resources, "nginx", options);
  const { port } = served.front;
  if (overHttp3) await untilOffered(served);
  const http3 = overHttp3 ? [`${host}:${port}`] : [];
  const browser = await launch({ names: [host], keys: [await publicKeyOf(served)], http3 });
  open.add(browser);
  return { served, browser, url: `https://${host}:${port}/` };
}

/** Ends what `visiting` started; for `after`. */
export async function endVisiting(): Promise<void> {
  await Promise.all([...open].map((browser) => browser.close()));
  open.clear();
  await endServing();
}

/** Waits until HTTP/3 is advertised to viewers, a moment after everything else. */
async function untilOffered(served: Serving): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const { headers } = await call(served, { url: served.front.url });
    if (headers["alt-svc"] !== undefined) return;
  }
  throw new Error(`no HTTP/3: ${served.notes.join(" ")}`);
}

/** Base64 SHA-256 of the public key of the front's certificate, which the local CA has signed. */
function publicKeyOf({ front, ca }: Serving): Promise<string> {
  return new Promise((resolve, reject) => {
    const at = { host: "127.0.0.1", port: front.port, servername: host, ca };
    const socket = tls.connect(at, () => {
      const key = socket
        .getPeerX509Certificate()
        ?.publicKey.export({ type: "spki", format: "der" });
      socket.destroy();
      if (key === undefined) reject(new Error("no certificate"));
      else resolve(createHash("sha256").update(key).digest("base64"));
    });
    socket.on("error", reject);
  });
}
