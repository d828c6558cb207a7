/** Keeps secrets out of what is shown. */
import { withoutSecretsIn } from "../../local/program/secrets";

/** What is ours or AWS's under these keys, whatever a program calls secret. */
const never = new Set([
  ...["type", "types", "region", "project", "stack", "variant", "kind", "node", "at", "entry"],
  ...["code", "codes", "severity", "verdict", "source", "outcome", "protocol", "protocols"],
  ...["direction", "currency", "asOf", "from", "to"],
]);

/**
 * The same plain data without the secrets: each is replaced in the texts that contain it. Keys,
 * types, regions and numbers stay; numbers are hidden where they are asked for.
 *
 * @param options `numbers`: also hide numbers that are secrets, for data that programs write. @default false
 */
export function withoutSecrets<T>(
  value: T,
  secrets: ReadonlySet<string>,
  { numbers = false }: { readonly numbers?: boolean } = {},
): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return withoutSecretsIn(part, secrets);
    if (typeof part === "number") return numbers && secrets.has(String(part)) ? "[secret]" : part;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [
        key,
        !numbers && never.has(key) ? inner : walk(inner),
      ]),
    );
  };
  return secrets.size === 0 ? value : (walk(value) as T);
}
