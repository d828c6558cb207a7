/** Port 80: a redirect to the same place with TLS, or nothing that listens. */
import { agrees, expectedText, gotText } from "../answers";
import { result, withChanges, type Context, type Result } from "../context";
import { faultOf } from "../faults";

/** One request; its redirect is read, not followed. */
export async function redirectCheck(context: Context): Promise<Result[]> {
  const { targets, promised } = context;
  const title = "a viewer, without TLS";
  if (!targets.front.tls || targets.plain === undefined) return [];
  const path = promised?.service ?? targets.url.pathname;
  const got = await context.send({ endpoint: targets.plain, protocol: "HTTP/1.1", path });
  if (promised !== undefined && !promised.plainPort) {
    const closed = got.outcome === "failed";
    return [
      result(
        "redirect",
        title,
        closed ? "pass" : "fail",
        "no way in",
        gotText(got),
        "no listener on port 80",
      ),
    ];
  }
  const expected = context.expected({ protocol: "HTTP/1.1", tls: false });
  const location = got.outcome === "answered" ? got.headers.location : undefined;
  const actual = `${gotText(got)}${location === undefined ? "" : ` to ${location}`}`;
  const redirects = [301, 302, 307, 308];
  const leads = leadsToTls(location, targets.front.name);
  if (expected === undefined) {
    const redirected = got.outcome === "answered" && redirects.includes(got.status) && leads;
    const fine = redirected || got.outcome === "failed";
    return [result("redirect", title, fine ? "pass" : "warn", "a redirect to HTTPS", actual)];
  }
  const redirect = expected.outcome === "answered" && redirects.includes(expected.status ?? 0);
  const fine = agrees(expected, got) && (!redirect || leads);
  const wanted = `${expectedText(expected)}${redirect ? ` to https://${targets.front.name}` : ""}`;
  const one = result("redirect", title, fine ? "pass" : "fail", wanted, actual, expected.why);
  // An answer without TLS, where the program redirects.
  const plain = redirect && got.outcome === "answered" && got.status < 300;
  return [withChanges(one, plain ? faultOf("viewers-plain-http") : [])];
}

function leadsToTls(location: string | undefined, name: string): boolean {
  if (location === undefined || !URL.canParse(location)) return false;
  const { protocol, hostname } = new URL(location);
  return protocol === "https:" && hostname.toLowerCase() === name.toLowerCase();
}
