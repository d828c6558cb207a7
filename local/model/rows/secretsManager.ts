/** aws.secretsmanager.Secret and aws.secretsmanager.SecretVersion */
import { arn, arnsOf, letters, regionOfArn, uuid } from "../ids";
import { numberAt } from "../props";
import { others, regionsDiffer, ResourceModel, resourceRegion } from "../row";
import { json, matchesPattern, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";
const create = `${api}/API_CreateSecret.html`;

/** Secrets Manager's limit, in bytes. */
const largestValue = 65_536;

export const secret: ResourceModel = {
  type: token.secret,
  autoName: { property: "name", maxLength: 512 },
  defaults: () => ({ recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false }),
  rules: [
    matchesPattern(
      "name",
      /^[A-Za-z0-9/_+=.@-]{1,512}$/,
      "made of letters, digits and /_+=.@-, at most 512",
      { code: "ValidationException", source: create },
    ),
    json("policy", {
      code: "MalformedPolicyDocumentException",
      source: `${api}/API_PutResourcePolicy.html`,
    }),
    when(
      (inputs) => {
        const days = numberAt(inputs, "recoveryWindowInDays") ?? 0;
        return days !== 0 && (days < 7 || days > 30);
      },
      "recoveryWindowInDays",
      {
        code: "InvalidParameterException",
        say: "RecoveryWindowInDays is 7 to 30 days, or 0 for none.",
        source: `${api}/API_DeleteSecret.html`,
      },
    ),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter(
        (one) =>
          one.outputs.name === candidate.inputs.name &&
          !regionsDiffer(resourceRegion(one, account), candidate.region),
      )
      .map((one) => ({
        code: "ResourceExistsException",
        message: `The operation failed because the secret ${String(one.outputs.name)} already exists.`,
        property: "name",
        source: create,
      })),
  replaceOn: ["name", "namePrefix", "region"],
  outputs: ({ inputs, region, urn }, account) => {
    const id = secretArn(region, account.accountId, String(inputs.name), urn);
    return { id, arn: id };
  },
  outside: {
    id: arnsOf("secretsmanager", "secret:"),
    outputs: (id) => ({ arn: id, region: regionOfArn(id) }),
  },
};

/** AWS adds a hyphen and six characters to the name. */
export function secretArn(region: string, account: string, name: string, seed: string): string {
  const six = letters(seed, 6, "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ");
  return arn("secretsmanager", region, account, `secret:${name}-${six}`);
}

export const secretVersion: ResourceModel = {
  type: token.secretVersion,
  required: ["secretId"],
  references: [
    {
      property: "secretId",
      type: token.secret,
      code: "ResourceNotFoundException",
      message: () => "Secrets Manager can't find the specified secret.",
      source: `${api}/API_PutSecretValue.html`,
    },
  ],
  rules: [
    when(
      ({ secretString }) =>
        typeof secretString === "string" && Buffer.byteLength(secretString) > largestValue,
      "secretString",
      {
        code: "ValidationException",
        say: `A secret has at most ${largestValue} bytes.`,
        source: `${api}/API_PutSecretValue.html`,
      },
    ),
  ],
  replaceOn: ["secretId", "secretString", "secretBinary", "region"],
  outputs: (candidate) => {
    const versionId = uuid(`${candidate.urn} ${String(candidate.inputs.secretString)}`);
    const secretId = String(candidate.inputs.secretId);
    return {
      id: `${secretId}|${versionId}`,
      arn: secretId,
      versionId,
      versionStages: ["AWSCURRENT"],
    };
  },
};
