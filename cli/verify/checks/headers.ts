/** Response headers: those that were promised, and those that every site should send. */
import type { HttpResult } from "../../http/types";
import { result, type Context, type Result } from "../context";

const usual: readonly { readonly id: string; readonly names: readonly string[] }[] = [
  { id: "hsts", names: ["strict-transport-security"] },
  { id: "nosniff", names: ["x-content-type-options"] },
  { id: "framing", names: ["x-frame-options", "content-security-policy"] },
  { id: "referrer", names: ["referrer-policy"] },
];

/** @param got an answer of the front */
export function headerChecks({ promised, targets }: Context, got: HttpResult): Result[] {
  if (got.outcome === "failed" || !targets.front.tls) return [];
  const { headers } = got;
  const kept = (promised?.headers ?? []).map(([name, value]) => {
    const actual = headers[name];
    const fits = actual !== undefined && (value === "" || actual === value);
    const expected = value === "" ? "sent" : value;
    return result(`header-${name}`, name, fits ? "pass" : "fail", expected, actual ?? "not sent");
  });
  const others = usual
    .filter(({ names }) => !names.some((name) => promised?.headers.some(([own]) => own === name)))
    .map(({ id, names }) => {
      const found = names.find((name) => headers[name] !== undefined);
      const title = names.join(" or ").replace("content-security-policy", "CSP");
      const value = found === undefined ? "not sent" : (headers[found] ?? "");
      const actual = names.length > 1 && found !== undefined ? `${found}: ${value}` : value;
      return result(`header-${id}`, title, found === undefined ? "warn" : "pass", "sent", actual);
    });
  return [...kept, ...others];
}
