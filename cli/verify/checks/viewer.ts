/** A viewer's requests: which protocols the front offers, and the response over each. */
import { frontOffers } from "../../../path/protocols";
import { asksForCertificates, typicalProtocol } from "../../../path/typical";
import { withoutCertificate } from "../../plan/requests";
import type { HttpResult, TlsSession } from "../../http/types";
import { gotText } from "../answers";
import { compared, result, withChanges, type Context, type Result } from "../context";
import { faultOf, http2NotDeclared } from "../faults";

/** What the first responses showed, for the checks that examine them further. */
export interface Seen {
  /** The best response from the front. */
  readonly first: HttpResult;
  /** What the container reports that it received. */
  readonly inspected?: { readonly protocol: "HTTP/1.1" | "HTTP/2"; readonly got: HttpResult };
  readonly secured?: TlsSession;
}

/** HTTP/2 and HTTP/1.1, each like a client of that version. */
export async function viewerChecks(context: Context): Promise<{ results: Result[]; seen: Seen }> {
  const { promised, targets } = context;
  const { front } = targets;
  const path = promised?.service ?? targets.url.pathname;
  const offered = offers(context);
  const http2 = front.tls
    ? await context.send({ endpoint: front, protocol: "HTTP/2", path })
    : undefined;
  const http1 = await context.send({ endpoint: front, protocol: "HTTP/1.1", path });
  const results = [
    ...(http2 ? [alpn(context, http2, offered), status(context, "HTTP/2", http2)].flat() : []),
    ...status(context, "HTTP/1.1", http1),
    ...(await refusesOthers(context, path)),
  ];
  const speaksHttp2 = http2?.outcome === "answered";
  const best = speaksHttp2 ? http2 : http1;
  const protocol = speaksHttp2 ? "HTTP/2" : "HTTP/1.1";
  const inspected =
    promised?.inspector === undefined || best.outcome === "failed"
      ? undefined
      : ({
          protocol,
          got: await context.send({ endpoint: front, protocol, path: promised.inspector }),
        } as const);
  const secured = best.secured ?? http1.secured;
  return { results, seen: { first: best, inspected, secured } };
}

/** Where a certificate is shown that the front asks for: the same without it. */
async function refusesOthers(context: Context, path: string): Promise<Result[]> {
  const { promised, targets } = context;
  if (promised === undefined || targets.client === undefined) return [];
  if (!targets.front.tls || !asksForCertificates(promised.spec)) return [];
  const protocol = typicalProtocol(frontOffers(promised.spec), "http");
  const expected = context.expected({ protocol, clientCertificate: false });
  if (expected === undefined) return [];
  const got = await context.send({ endpoint: targets.front, protocol, path }, false);
  return [compared("viewer-without-certificate", withoutCertificate, expected, got, [])];
}

/** What the front should offer in the TLS handshake; undefined without a promise. */
function offers({ promised, targets }: Context): readonly string[] | undefined {
  if (promised === undefined) return undefined;
  return targets.front.tls ? frontOffers(promised.spec) : ["HTTP/1.1"];
}

const alpnNames: Readonly<Record<string, string>> = {
  h2: "HTTP/2",
  "http/1.1": "HTTP/1.1",
  "": "HTTP/1.1",
};

function alpn(
  { promised }: Context,
  got: HttpResult,
  offered: readonly string[] | undefined,
): Result[] {
  const title = "protocol chosen in TLS (ALPN)";
  const { secured } = got;
  if (secured === undefined) return [];
  const chosen = alpnNames[secured.alpn] ?? secured.alpn;
  if (offered === undefined) return [result("alpn", title, "pass", "HTTP/2 or HTTP/1.1", chosen)];
  const best = offered.includes("HTTP/2") ? "HTTP/2" : "HTTP/1.1";
  const { edge, target } = promised?.spec ?? {};
  const one = result("alpn", title, chosen === best ? "pass" : "fail", best, chosen);
  // Without HTTP/2 at the listener, only a group of version HTTP1 gets requests.
  const off = edge === undefined && target !== undefined && target.protocolVersion !== "HTTP1";
  return [withChanges(one, off ? faultOf("listener-http2-off") : [])];
}

function status(context: Context, protocol: "HTTP/1.1" | "HTTP/2", got: HttpResult): Result[] {
  const id = `viewer-${protocol === "HTTP/2" ? "http2" : "http1"}`;
  const title = `a viewer, ${protocol}`;
  const request = { protocol, tls: context.targets.front.tls };
  const expected = context.expected(request);
  const faults = [...context.faults(request, got), ...http2NotDeclared(expected, got)];
  if (expected !== undefined) return [compared(id, title, expected, got, faults)];
  // HTTP/2 is optional.
  if (got.outcome === "failed" && got.kind === "protocol" && protocol === "HTTP/2") return [];
  const fine = got.outcome === "answered" && got.status < 500 && got.status !== 464;
  return [
    withChanges(result(id, title, fine ? "pass" : "fail", "a response", gotText(got)), faults),
  ];
}
