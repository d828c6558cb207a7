/** aws.ecr.Repository and aws.ecr.LifecyclePolicy */
import { arn, dnsSuffix } from "../ids";
import { bagsAt, isBag, parseJson, textAt } from "../props";
import { others, ResourceModel } from "../row";
import { json, matchesPattern, oneOf, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";
const policyPage =
  "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html";

export const repository: ResourceModel = {
  type: token.repository,
  autoName: { property: "name", maxLength: 256 },
  defaults: () => ({ imageTagMutability: "MUTABLE", forceDelete: false }),
  rules: [
    matchesPattern(
      "name",
      /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
      "lower-case letters and digits, joined by single ._- and /",
      { code: "InvalidParameterException", source: `${api}/API_CreateRepository.html` },
    ),
    matchesPattern("name", /^.{2,256}$/, "2 to 256 characters long", {
      code: "InvalidParameterException",
      source: `${api}/API_CreateRepository.html`,
    }),
    oneOf(
      "imageTagMutability",
      ["MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"],
      { code: "InvalidParameterException", source: `${api}/API_CreateRepository.html` },
    ),
    oneOf("encryptionConfigurations[].encryptionType", ["AES256", "KMS", "KMS_DSSE"], {
      code: "InvalidParameterException",
      source: `${api}/API_EncryptionConfiguration.html`,
    }),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter(
        (r) => r.outputs.name === candidate.inputs.name && r.outputs.region === candidate.region,
      )
      .map((r) => ({
        code: "RepositoryAlreadyExistsException",
        message: `The repository with name '${String(r.outputs.name)}' already exists in the registry with id '${account.accountId}'`,
        property: "name",
        source: `${api}/API_CreateRepository.html`,
      })),
  replaceOn: ["name", "encryptionConfigurations", "region"],
  outputs: (candidate, account) => {
    const id = String(candidate.inputs.name);
    const registry = `${account.accountId}.dkr.ecr.${candidate.region}.${dnsSuffix(candidate.region)}`;
    return {
      id,
      arn: arn("ecr", candidate.region, account.accountId, `repository/${id}`),
      registryId: account.accountId,
      repositoryUrl: `${registry}/${id}`,
    };
  },
};

const rulesOf = (inputs: Record<string, unknown>): Record<string, unknown>[] => {
  const policy = parseJson(textAt(inputs, "policy") ?? "");
  return isBag(policy) ? bagsAt(policy, "rules") : [];
};

export const lifecyclePolicy: ResourceModel = {
  type: token.lifecyclePolicy,
  required: ["repository", "policy"],
  rules: [
    json("policy", { code: "InvalidParameterException", source: policyPage }),
    when(
      (inputs) =>
        textAt(inputs, "policy") !== undefined &&
        parseJson(textAt(inputs, "policy") ?? "") !== undefined &&
        rulesOf(inputs).length === 0,
      "policy",
      {
        code: "InvalidParameterException",
        say: "A lifecycle policy has at least one rule.",
        source: policyPage,
      },
    ),
    when(
      (inputs) => new Set(rulesOf(inputs).map((r) => r.rulePriority)).size < rulesOf(inputs).length,
      "policy",
      {
        code: "InvalidParameterException",
        say: "Each rule needs a different rulePriority.",
        source: policyPage,
      },
    ),
    when(
      (inputs) => rulesOf(inputs).some((r) => !isBag(r.selection) || !isBag(r.action)),
      "policy",
      {
        code: "InvalidParameterException",
        say: "Each rule has a selection and an action.",
        source: policyPage,
      },
    ),
  ],
  references: [
    {
      property: "repository",
      type: token.repository,
      code: "RepositoryNotFoundException",
      message: (name) => `The repository with name '${name}' does not exist in the registry`,
    },
  ],
  replaceOn: ["repository", "region"],
  outputs: (candidate, account) => ({
    id: String(candidate.inputs.repository),
    registryId: account.accountId,
  }),
};
