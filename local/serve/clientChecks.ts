/** What ports here ask clients for: the program's trust stores, and the certificate of this machine. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Authority, library } from "./certificates";
import { pemCertificates, revocationListFault } from "../../path/clientCertificates";
import type { ClientCertificateCheck, StoredObject } from "../../topology/types";
import { type ClientCheck, plainSerial, type Revoked } from "./http/clientCheck";
import { ServeError } from "./serveError";

/**
 * The check of a listener or distribution. A client certificate of the local CA, which is made for
 * it, is trusted too, so that requests can be tried without one of the program's own CAs.
 */
export async function clientCheck(
  { mode, ignoreExpiry, bundle, revocationLists = [] }: ClientCertificateCheck,
  ca: Pick<Authority, "clientCertificate" | "certificates">,
  projectDir: string,
): Promise<ClientCheck> {
  await ca.clientCertificate();
  const contentOf = ({ content, file }: StoredObject): string =>
    String(content ?? (file && read(path.resolve(projectDir, file))) ?? "");
  const own = bundle === undefined ? "" : contentOf(bundle);
  const trusted = [...(own ? [own] : []), ...ca.certificates];
  return {
    ...{ mode, ignoreExpiry, trusted },
    revoked: await revokedBy(revocationLists, own, contentOf),
  };
}

/** What the lists revoke that one of the trusted CAs signed. */
async function revokedBy(
  lists: readonly StoredObject[],
  trusted: string,
  contentOf: (list: StoredObject) => string,
): Promise<Revoked[]> {
  if (lists.length === 0) return [];
  const x509 = await library();
  const revoked: Revoked[] = [];
  for (const list of lists) {
    const pem = contentOf(list);
    const fault = revocationListFault(pem);
    if (fault !== undefined)
      throw new ServeError(
        `AWS does not take the revocation list ${list.key}: ${fault} (InvalidRevocationContent).`,
      );
    const crl = new x509.X509Crl(pem);
    const serials = new Set(crl.entries.map(({ serialNumber }) => plainSerial(serialNumber)));
    for (const authority of pemCertificates(trusted)) {
      const { publicKey } = new x509.X509Certificate(authority);
      if (await crl.verify({ publicKey }))
        revoked.push({ authority: new X509Certificate(authority), serials });
    }
  }
  return revoked;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
