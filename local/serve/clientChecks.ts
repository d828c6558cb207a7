/** What ports here ask clients for: the program's trust stores, and the certificate of this machine. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Authority } from "./certificates";
import type { ClientCertificateCheck } from "../../topology/types";
import type { ClientCheck } from "./http/clientCheck";

/**
 * The check of a listener or distribution. A client certificate of the local CA, which is made for
 * it, is trusted too, so that requests can be tried without one of the program's own CAs.
 */
export async function clientCheck(
  { mode, ignoreExpiry, bundle }: ClientCertificateCheck,
  ca: Pick<Authority, "clientCertificate" | "certificates">,
  projectDir: string,
): Promise<ClientCheck> {
  await ca.clientCertificate();
  const own = bundle?.content ?? (bundle?.file && read(path.resolve(projectDir, bundle.file)));
  return { mode, ignoreExpiry, trusted: [...(own ? [String(own)] : []), ...ca.certificates] };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
