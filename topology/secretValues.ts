/** Values of secrets that the program stores in Secrets Manager or Systems Manager itself. */
import { secretParts } from "../path/secrets";
import { type ResourceIndex, merged, text } from "./props";
import { token } from "./tokens";

/** What ECS would read from there; undefined if the program does not store it, or it is not known. */
export function secretValue(valueFrom: string, inventory: ResourceIndex): string | undefined {
  const parameter = inventory.find(token.parameter, valueFrom);
  if (parameter !== undefined) return text(merged(parameter), "value");
  const { arn, key, versionId } = secretParts(valueFrom);
  const secret = inventory.find(token.secret, arn);
  if (secret === undefined) return undefined;
  const names = [arn, secret.id, text(merged(secret), "name")];
  const version = inventory.of(token.secretVersion).find((one) => {
    const props = merged(one);
    const same = versionId === undefined || text(props, "versionId") === versionId;
    return same && names.includes(text(props, "secretId"));
  });
  const value = version && text(merged(version), "secretString");
  return key === undefined || value === undefined ? value : valueOf(value, key);
}

/** A key of a secret's JSON. */
function valueOf(json: string, key: string): string | undefined {
  try {
    const parsed = JSON.parse(json) as unknown;
    if (typeof parsed !== "object" || parsed === null || !Object.hasOwn(parsed, key))
      return undefined;
    const value = (parsed as Record<string, unknown>)[key];
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
