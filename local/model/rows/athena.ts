/** aws.athena.Workgroup and NamedQuery. */
import { arn, uuid } from "../ids";
import { booleanAt, textAt } from "../props";
import { others, resourceRegion, ResourceModel } from "../row";
import { matchesPattern, maxLength, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/athena/latest/APIReference";
const code = "InvalidRequestException";
const says = (page: string) => ({ code, source: `${api}/${page}.html` });

/** Ten megabytes: the least that a query is charged for. */
const leastCutoff = 10_485_760;
const results = "configuration.resultConfiguration";

export const workgroup: ResourceModel = {
  type: token.athenaWorkgroup,
  autoName: { property: "name", maxLength: 128 },
  defaults: () => ({ state: "ENABLED", forceDestroy: false }),
  rules: [
    matchesPattern(
      "name",
      /^[a-zA-Z0-9._-]{1,128}$/,
      "made of letters, digits, ., _ and -, at most 128",
      {
        ...says("API_CreateWorkGroup"),
      },
    ),
    oneOf("state", ["ENABLED", "DISABLED"], says("API_CreateWorkGroup")),
    range("configuration.bytesScannedCutoffPerQuery", leastCutoff, Number.MAX_SAFE_INTEGER, {
      ...says("API_WorkGroupConfiguration"),
    }),
    matchesPattern(`${results}.outputLocation`, /^s3:\/\/[^/]+\//, "s3://token.bucket/FOLDER/", {
      ...says("API_ResultConfiguration"),
    }),
    oneOf(
      `${results}.encryptionConfiguration.encryptionOption`,
      ["SSE_S3", "SSE_KMS", "CSE_KMS"],
      says("API_EncryptionConfiguration"),
    ),
    when(
      (inputs) => {
        const option = textAt(inputs, `${results}.encryptionConfiguration.encryptionOption`);
        const key = textAt(inputs, `${results}.encryptionConfiguration.kmsKeyArn`);
        return option !== undefined && (option === "SSE_S3") !== (key === undefined);
      },
      `${results}.encryptionConfiguration`,
      {
        ...says("API_EncryptionConfiguration"),
        say: "A key is needed for SSE_KMS and CSE_KMS, and is none for SSE_S3.",
      },
    ),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((other) => resourceRegion(other, account) === candidate.region)
      .filter((other) => other.outputs.name === candidate.inputs.name)
      .map(() => ({
        code,
        message: "WorkGroup is already created.",
        property: "name",
        source: `${api}/API_CreateWorkGroup.html`,
      })),
  replaceOn: ["name", "region"],
  outputs: ({ inputs, region }, account) => {
    const id = String(inputs.name);
    return { id, arn: arn("athena", region, account.accountId, `workgroup/${id}`) };
  },
  // The provider deletes saved queries only with `forceDestroy`.
  inUse: (group, account) =>
    booleanAt(group.outputs, "forceDestroy")
      ? []
      : account
          .all(token.athenaQuery)
          .filter((query) => query.outputs.workgroup === group.id)
          .map((query) => ({
            code,
            message: `WorkGroup ${group.id} is not empty: '${query.name}' is saved in it.`,
            source: `${api}/API_DeleteWorkGroup.html`,
          })),
};

export const namedQuery: ResourceModel = {
  type: token.athenaQuery,
  required: ["database", "query"],
  autoName: { property: "name", maxLength: 128 },
  rules: [
    maxLength("name", 128, says("API_CreateNamedQuery")),
    maxLength("description", 1024, says("API_CreateNamedQuery")),
    maxLength("query", 262_144, says("API_CreateNamedQuery")),
  ],
  references: [
    {
      property: "workgroup",
      type: token.athenaWorkgroup,
      code,
      message: (name) => `WorkGroup ${name} is not found.`,
      source: `${api}/API_CreateNamedQuery.html`,
    },
  ],
  replaceOn: ["*"],
  outputs: (candidate) => ({ id: uuid(candidate.hex(32)) }),
};
