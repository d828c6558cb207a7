/** The distributions that are served, with what their viewers' TLS needs. */
import type { Bucket, Distribution } from "../../../topology/types";
import type { KeyPair, ServerCertificate } from "../certificates";
import type { ClientCheck } from "../http/clientCheck";
import type { TlsSettings } from "../http/tls";
import { coveringIndex } from "../names";

/** A distribution with what its viewers' TLS needs. */
export interface EdgeCertificate {
  readonly names: readonly string[];
  readonly certificate: ServerCertificate;
}

/** What the program declares, resolved for this machine. */
export interface EdgeDeclaration {
  readonly distributions: readonly Distribution[];
  /** One for each distribution, in their order. */
  readonly certificates: readonly EdgeCertificate[];
  /** What viewers of each distribution are asked for, in their order; absent: nothing. */
  readonly clientChecks?: readonly (ClientCheck | undefined)[];
  /** The client certificate that is shown to origins that have origin mTLS; absent: none has it. */
  readonly client?: KeyPair;
  /** Buckets that are origins, by name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** Name that replaces `localhost` and loopback addresses. */
  readonly frontName: string;
}

/** True if a distribution's origins differ, so that its cached responses are not valid any more. */
export function originsChanged(before: Distribution, now: Distribution): boolean {
  const text = ({ origins }: Distribution): string => JSON.stringify([...origins.values()]);
  return text(before) !== text(now);
}

/** TLS of the port that viewers connect to, which serves all distributions. */
export function viewerTls(declaration: EdgeDeclaration): TlsSettings {
  const { distributions, certificates, clientChecks = [] } = declaration;
  const [first] = certificates;
  if (!first) throw new Error("a distribution needs a certificate for its viewers");
  const names = certificates.map((c) => c.names);
  const index = (servername?: string): number => coveringIndex(names, servername) ?? 0;
  return {
    certificate: (name) => (certificates[index(name)] ?? first).certificate,
    http2: (name) => distributions[index(name)]?.http2 ?? true,
    asks: clientChecks.some((check) => check !== undefined),
    clientCheck: (name) => clientChecks[index(name)],
    // One port serves all distributions, so the lowest of their minimum versions applies.
    minVersion: distributions.every((d) => d.minimumTls === "TLSv1.3") ? "TLSv1.3" : "TLSv1.2",
    maxVersion: "TLSv1.3",
  };
}
