/** IAM roles and what is attached to them. */
import { LocalResource, Props } from "../types";
import { arn } from "../ids";
import { partitionOf } from "../../../path/regions";
import { documentOf, statementsOf } from "../../../topology/policyDocument";
import { iamQuotas, largestInlinePolicies } from "../../../path/rolePolicies";
import { isUnknown, textAt } from "../props";
import { others, ResourceModel, AccountView } from "../row";
import { json, matchesPattern, maxLength, range, InputRule, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/IAM/latest/APIReference";
const grammar = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

const statementsIn = (inputs: Props, path: string): Props[] =>
  statementsOf(documentOf(inputs, path));

/** A policy document: JSON with statements, each with an effect, actions, and who or what. */
const documentRules = (path: string, needs: "Principal" | "Resource"): InputRule[] => [
  json(path, { code: "MalformedPolicyDocument", source: grammar }),
  when(
    (inputs) => {
      const document = documentOf(inputs, path);
      return document !== undefined && !("Statement" in document);
    },
    path,
    { code: "MalformedPolicyDocument", say: "The policy has no Statement.", source: grammar },
  ),
  when(
    (inputs) => statementsIn(inputs, path).some((s) => s.Effect !== "Allow" && s.Effect !== "Deny"),
    path,
    {
      code: "MalformedPolicyDocument",
      say: "Syntax errors in policy: every statement has an Effect, Allow or Deny.",
      source: grammar,
    },
  ),
  when(
    (inputs) => statementsIn(inputs, path).some((s) => !("Action" in s) && !("NotAction" in s)),
    path,
    {
      code: "MalformedPolicyDocument",
      say: "Policy statement must contain actions.",
      source: grammar,
    },
  ),
  when(
    (inputs) => statementsIn(inputs, path).some((s) => !(needs in s) && !(`Not${needs}` in s)),
    path,
    {
      code: "MalformedPolicyDocument",
      say:
        needs === "Principal"
          ? "Has missing Principal: a trust policy says who may assume the role."
          : "Policy statement must contain resources.",
      source: grammar,
    },
  ),
  when(
    (inputs) => {
      const version = documentOf(inputs, path)?.Version;
      return version !== undefined && version !== "2012-10-17" && version !== "2008-10-17";
    },
    path,
    { code: "MalformedPolicyDocument", say: "The policy version is 2012-10-17.", source: grammar },
  ),
];

const roleReference = {
  property: "role",
  type: token.role,
  code: "NoSuchEntity",
  sameRegion: false,
  message: (name: string) => `The role with name ${name} cannot be found.`,
};

/** Policies and attachments on a role, which is named by its name. */
const attached = (role: LocalResource, account: AccountView): LocalResource[] =>
  [...account.all(token.rolePolicy), ...account.all(token.rolePolicyAttachment)].filter(
    (r) => r.outputs.role === role.id,
  );

export const role: ResourceModel = {
  type: token.role,
  required: ["assumeRolePolicy"],
  autoName: { property: "name", maxLength: 64 },
  defaults: () => ({ path: "/", maxSessionDuration: 3600, forceDetachPolicies: false }),
  rules: [
    maxLength("name", 64, { source: `${api}/API_CreateRole.html` }),
    matchesPattern("name", /^[\w+=,.@-]+$/, "made of letters, digits and _+=,.@-", {
      source: `${api}/API_CreateRole.html`,
    }),
    range("maxSessionDuration", 3600, 43200, { source: `${api}/API_CreateRole.html` }),
    ...documentRules("assumeRolePolicy", "Principal"),
    when(
      (inputs) => statementsIn(inputs, "assumeRolePolicy").some((s) => "Resource" in s),
      "assumeRolePolicy",
      {
        code: "MalformedPolicyDocument",
        say: "Has prohibited field Resource",
        source: grammar,
      },
    ),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((r) => r.outputs.name === candidate.inputs.name)
      .map((r) => ({
        code: "EntityAlreadyExists",
        message: `Role with name ${String(r.outputs.name)} already exists.`,
        property: "name",
        source: `${api}/API_CreateRole.html`,
      })),
  replaceOn: ["name", "namePrefix", "path"],
  outputs: (candidate, account) => {
    const id = String(candidate.inputs.name);
    const path = textAt(candidate.inputs, "path") ?? "/";
    return {
      id,
      arn: arn("iam", "", account.accountId, `role${path}${id}`),
      region: undefined,
      uniqueId: `AROA${candidate.hex(17).toUpperCase()}`,
    };
  },
  inUse: (resource, account) => {
    if (attached(resource, account).length === 0 || resource.outputs.forceDetachPolicies === true)
      return [];
    const message = "Cannot delete entity, must detach all policies first.";
    return [{ code: "DeleteConflict", message, source: `${api}/API_DeleteRole.html` }];
  },
  outside: {
    id: /^(arn:aws[\w-]*:iam::\d{12}:role\/.+|[\w+=,.@-]{1,64})$/,
    outputs: (id, account) => {
      const own = arn("iam", "", account.accountId, `role/${id}`, partitionOf(account.region));
      return { arn: id.startsWith("arn:") ? id : own, name: id.split("/").pop() };
    },
  },
};

export const rolePolicy: ResourceModel = {
  type: token.rolePolicy,
  required: ["role", "policy"],
  autoName: { property: "name", maxLength: 128 },
  rules: [
    maxLength("name", 128, { source: `${api}/API_PutRolePolicy.html` }),
    ...documentRules("policy", "Resource"),
  ],
  refuse: (candidate, account) => {
    const { role } = candidate.inputs;
    if (isUnknown(role)) return [];
    const all = [
      candidate.inputs.policy,
      ...others(candidate, account)
        .filter(({ outputs }) => outputs.role === role)
        .map(({ outputs }) => outputs.policy),
    ].filter((policy) => typeof policy === "string" && !isUnknown(policy));
    const size = all.reduce<number>(
      (sum, policy) => sum + String(policy).replace(/\s/g, "").length,
      0,
    );
    if (size <= largestInlinePolicies) return [];
    return [
      {
        code: "LimitExceeded",
        message: `Maximum policy size of ${largestInlinePolicies} bytes exceeded for role ${String(role)}`,
        property: "policy",
        source: iamQuotas,
      },
    ];
  },
  references: [roleReference],
  replaceOn: ["name", "namePrefix", "role"],
  outputs: (candidate) => ({
    id: `${String(candidate.inputs.role)}:${String(candidate.inputs.name)}`,
    region: undefined,
  }),
};

export const rolePolicyAttachment: ResourceModel = {
  type: token.rolePolicyAttachment,
  required: ["role", "policyArn"],
  rules: [
    matchesPattern(
      "policyArn",
      /^arn:aws[\w-]*:iam::(aws|\d{12}):policy\/.+$/,
      "the ARN of a policy",
      {
        code: "InvalidInput",
        source: `${api}/API_AttachRolePolicy.html`,
      },
    ),
  ],
  references: [roleReference],
  replaceOn: ["role", "policyArn"],
  outputs: (candidate) => ({
    id: `${String(candidate.inputs.role)}-${candidate.hex(26)}`,
    region: undefined,
  }),
};
