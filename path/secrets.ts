/**
 * Where ECS finds the value of an environment variable, as the settings name it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */

/** A service that keeps secrets; the end of its VPC endpoint's name. */
export type SecretStore = "secretsmanager" | "ssm";

/** A secret of Secrets Manager, or a parameter of Systems Manager. */
export interface SecretReference {
  readonly store: SecretStore;
  /** Its name; absent where the ARN is given. */
  readonly name?: string;
  readonly arn?: string;
  /** What `valueFrom` has after the ARN, e.g. `:password::` for one key of a secret; may be empty. */
  readonly suffix: string;
}

const prefix = "arn:aws[a-z-]*";
const place = "[a-z]{2}(?:-[a-z]+)+-\\d:\\d{12}";
const secretName = "[A-Za-z0-9/_+=.@-]{1,512}";
const parameterName = "[A-Za-z0-9_./-]{1,2048}";
const forms = {
  secretArn: new RegExp(
    `^(${prefix}:secretsmanager:${place}:secret:${secretName})((?::[^:]*){0,3})$`,
  ),
  secret: new RegExp(`^secretsmanager:(${secretName})((?::[^:]*){0,3})$`),
  parameterArn: new RegExp(`^${prefix}:ssm:${place}:parameter/${parameterName}$`),
  parameter: new RegExp(`^ssm:(${parameterName})$`),
};

/** Reads a reference; undefined where it is none. */
export function secretReference(text: string): SecretReference | undefined {
  const [, arn, ofArn = ""] = forms.secretArn.exec(text) ?? [];
  if (arn !== undefined) return { store: "secretsmanager", arn, suffix: fullSuffix(ofArn) };
  const [, name, ofName = ""] = forms.secret.exec(text) ?? [];
  if (name !== undefined) return { store: "secretsmanager", name, suffix: fullSuffix(ofName) };
  if (forms.parameterArn.test(text)) return { store: "ssm", arn: text, suffix: "" };
  const [, parameter] = forms.parameter.exec(text) ?? [];
  return parameter === undefined ? undefined : { store: "ssm", name: parameter, suffix: "" };
}

/** ECS wants all three parts after a secret's ARN (key, stage, version), or none. */
function fullSuffix(given: string): string {
  return given === "" ? "" : given + ":".repeat(3 - (given.match(/:/g) ?? []).length);
}

/** Where a secret of Secrets Manager is one of `valueFrom`: its ARN, the key in its JSON, its version. */
export function secretParts(valueFrom: string): {
  readonly arn: string;
  readonly key?: string;
  readonly versionId?: string;
} {
  const parts = valueFrom.split(":");
  const [key, , versionId] = parts.slice(7);
  return {
    arn: parts.slice(0, 7).join(":"),
    key: key === "" ? undefined : key,
    versionId: versionId === "" ? undefined : versionId,
  };
}

/** The stores that references lead to. */
export function storesOf(references: readonly string[]): SecretStore[] {
  return [...new Set(references.flatMap((text) => secretReference(text)?.store ?? []))];
}
