/** Tables over logs, and Athena's workgroups and queries. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

const encryption = "configuration.resultConfiguration.encryptionConfiguration";

export const queries: readonly Case[] = [
  {
    what: "a name that SQL does not take",
    type: token.glueDatabase,
    wrong: () => ({ name: "my-logs" }),
    code: "InvalidInputException",
  },
  {
    what: "a name that is taken",
    type: token.glueDatabase,
    wrong: () => ({ name: "logs" }),
    code: "AlreadyExistsException",
  },
  {
    what: "a name that is taken in its database",
    type: token.glueTable,
    wrong: () => ({ name: "first" }),
    code: "AlreadyExistsException",
  },
  {
    what: "a regular expression with a group too few",
    type: token.glueTable,
    wrong: () => ({ "storageDescriptor.columns": [{ name: "type", type: "string" }] }),
    code: "InvalidInputException",
    says: /every row would be NULL/,
  },
  {
    what: "two columns of one name",
    type: token.glueTable,
    wrong: () => ({ "storageDescriptor.columns[1].name": "type" }),
    code: "InvalidInputException",
  },
  {
    what: "a partition key that nothing is projected for",
    type: token.glueTable,
    wrong: () => ({ partitionKeys: [{ name: "hour", type: "string" }] }),
    code: "InvalidInputException",
    says: /projection\.KEY\.type/,
  },
  {
    what: "a name that is taken",
    type: token.athenaWorkgroup,
    wrong: () => ({ name: "logs" }),
    code: "InvalidRequestException",
    says: /already created/,
  },
  {
    what: "a limit below what a query is charged for",
    type: token.athenaWorkgroup,
    wrong: () => ({ "configuration.bytesScannedCutoffPerQuery": 1000 }),
    code: "InvalidRequestException",
  },
  {
    what: "answers that go nowhere",
    type: token.athenaWorkgroup,
    wrong: () => ({ "configuration.resultConfiguration.outputLocation": "logs/queries" }),
    code: "InvalidRequestException",
  },
  {
    what: "encryption by a key that is not named",
    type: token.athenaWorkgroup,
    wrong: () => ({ [`${encryption}.encryptionOption`]: "SSE_KMS" }),
    code: "InvalidRequestException",
  },
  {
    what: "a text over Athena's limit",
    type: token.athenaQuery,
    wrong: () => ({ query: " ".repeat(262_145) }),
    code: "InvalidRequestException",
  },
];
