/** aws.ecr.Repository and aws.ecr.LifecyclePolicy */
import { LocalResource, Refusal } from "../types";
import { arn, dnsSuffix } from "../ids";
import { bagsAt, booleanAt, isBag, parseJson, textAt } from "../props";
import { type AccountView, others, ResourceModel } from "../row";
import { json, matchesPattern, oneOf, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";
const policyPage =
  "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html";

/** Images that were pushed. No repository describes them, so they are in no outputs. */
const pushed = new WeakMap<AccountView, Set<string>>();

/** Notes an image that a task names: it was pushed before, by whatever the program builds it with. */
export function notePushed(account: AccountView, image: string): void {
  pushed.set(account, (pushed.get(account) ?? new Set()).add(image));
}

/** Repositories are deleted empty, or emptied by the provider where the program says so. */
function inUse(repository: LocalResource, account: AccountView): Refusal[] {
  const url = textAt(repository.outputs, "repositoryUrl") ?? "";
  const images = [...(pushed.get(account) ?? [])].filter((image) =>
    [`${url}@`, `${url}:`].some((start) => image.startsWith(start)),
  );
  if (booleanAt(repository.outputs, "forceDelete") === true) {
    for (const image of images) pushed.get(account)?.delete(image);
    return [];
  }
  if (images.length === 0) return [];
  const message = `The repository with name '${repository.id}' in registry with id '${account.accountId}' cannot be deleted because it still contains images: ${images.join(", ")}. Set forceDelete and update before you destroy, or delete them.`;
  const source = `${api}/API_DeleteRepository.html`;
  return [{ code: "RepositoryNotEmptyException", message, property: "forceDelete", source }];
}

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
  inUse,
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
