/** TLS at the front: versions and certificate. */
import { tryHandshake } from "../../http/client";
import type { TlsSession } from "../../http/types";
import { result, type Context, type Result } from "../context";

/** A certificate with fewer days left is overdue: ACM renews 45 days before expiry, or 60 until 2026. */
const renewedBefore = 30;

/** Handshakes only, without a request. */
export async function tlsChecks(
  context: Context,
  secured: TlsSession | undefined,
): Promise<Result[]> {
  const { front } = context.targets;
  if (!front.tls || secured === undefined) return [];
  return [
    ...(await versions(context, secured)),
    certificateTrust(context, secured),
    certificateDays(secured),
  ];
}

async function versions(context: Context, secured: TlsSession): Promise<Result[]> {
  const { promised, targets } = context;
  const minimum = promised?.tls.minimum ?? "TLSv1.2";
  const maximum = promised?.tls.maximum ?? "TLSv1.3";
  const results: Result[] = [];
  for (const version of ["TLSv1.1", "TLSv1.2", "TLSv1.3"] as const) {
    const title = version.replace("TLSv", "TLS ");
    const id = `tls-${version.slice(4)}`;
    const known = secured.version === version;
    const { accepted, reason } = known
      ? { accepted: true, reason: "" }
      : await tryHandshake(targets.front, version, context.milliseconds, targets.client);
    const actual = accepted ? "accepted" : `refused: ${reason}`;
    if (version === "TLSv1.1" && promised?.tls.olderUnknown === true) {
      const why = "with CloudFront's default certificate no setting decides this";
      results.push(result(id, title, "pass", "accepted or refused", actual, why));
      continue;
    }
    const wanted = version >= minimum && version <= maximum;
    // Without a promise, TLS 1.3 is optional; only old versions are wrong.
    const free = promised === undefined && version === "TLSv1.3";
    const verdict = accepted === wanted || free ? "pass" : "fail";
    results.push(result(id, title, verdict, wanted ? "accepted" : "refused", actual));
  }
  return results;
}

function certificateTrust({ targets }: Context, { distrust, certificate }: TlsSession): Result {
  const names = certificate.names.slice(0, 5).join(", ") || "no names";
  const expected = `trusted, for ${targets.front.name}`;
  return distrust === undefined
    ? result("certificate", "certificate", "pass", expected, `for ${names}`)
    : result("certificate", "certificate", "fail", expected, `${distrust} (for ${names})`);
}

function certificateDays({ certificate }: TlsSession): Result {
  const title = "days until the certificate expires";
  const ends = Date.parse(certificate.validTo);
  const days = Math.floor((ends - Date.now()) / 86_400_000);
  const expected = `${renewedBefore} or more`;
  if (!Number.isFinite(days))
    return result("certificate-days", title, "fail", expected, "no expiry date");
  const verdict = days >= renewedBefore ? "pass" : days >= 0 ? "warn" : "fail";
  return result("certificate-days", title, verdict, expected, String(days));
}
