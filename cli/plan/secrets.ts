/** Keeps secrets out of what is shown. */
import { withoutSecretsIn } from "../../local/program/secrets";

/** What is ours or AWS's under these keys, whatever a program calls secret. */
const never = new Set([
  ...["type", "types", "region", "project", "stack", "variant", "kind", "node", "at", "entry"],
  ...["code", "codes", "severity", "verdict", "source", "outcome", "protocol", "protocols"],
  ...["direction", "currency", "asOf", "from", "to"],
]);
/** Under these a plan quotes what a program wrote. Elsewhere a short secret is a name or word of ours. */
const quotes = new Set(["message", "change", "why", "pathPattern", "origin", "viewerNames"]);
const none: ReadonlySet<string> = new Set();

/**
 * A plan without the secrets: each is replaced in the texts that quote it. Keys, types, names,
 * regions and numbers stay.
 */
export function withoutSecrets<T>(plan: T, secrets: ReadonlySet<string>): T {
  const walk = (part: unknown, key: string): unknown => {
    if (typeof part === "string")
      return withoutSecretsIn(part, secrets, quotes.has(key) ? secrets : none);
    if (Array.isArray(part)) return part.map((inner) => walk(inner, key));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [
        name,
        never.has(name) ? inner : walk(inner, name),
      ]),
    );
  };
  return secrets.size === 0 ? plan : (walk(plan, "") as T);
}

/**
 * Properties that a program writes, without its secrets; numbers are hidden too.
 *
 * @param held those that these properties hold
 */
export function propertiesWithoutSecrets<T>(
  value: T,
  secrets: ReadonlySet<string>,
  held: ReadonlySet<string> = secrets,
): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return withoutSecretsIn(part, secrets, held);
    if (typeof part === "number") return held.has(String(part)) ? "[secret]" : part;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return secrets.size === 0 ? value : (walk(value) as T);
}
