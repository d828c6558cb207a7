/** aws.glue.CatalogDatabase and CatalogTable, as Athena uses them. */
import { Refusal } from "../types";
import { arn } from "../ids";
import { bagAt, bagsAt, isKnown, textAt } from "../props";
import { others, resourceRegion, ResourceModel } from "../row";
import { matchesPattern, unique, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/glue/latest/webapi";
const names = "https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html";
const projection =
  "https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html";
const code = "InvalidInputException";

/** What Athena's statements take without quotes; Glue itself would take more. */
const sqlName = matchesPattern(
  "name",
  /^[a-z0-9_]{1,255}$/,
  "made of lower-case letters, digits and _",
  {
    code,
    source: names,
  },
);

const taken = (kind: string, name: string): Refusal => ({
  code: "AlreadyExistsException",
  message: `${kind} already exists: ${name}.`,
  property: "name",
  source: `${api}/API_Create${kind}.html`,
});

export const glueDatabase: ResourceModel = {
  type: token.glueDatabase,
  autoName: { property: "name", maxLength: 255, lowerCase: true },
  rules: [sqlName],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((other) => resourceRegion(other, account) === candidate.region)
      .filter((other) => other.outputs.name === candidate.inputs.name)
      .map(() => taken("Database", String(candidate.inputs.name))),
  replaceOn: ["name", "catalogId", "region"],
  outputs: ({ inputs, region }, account) => ({
    id: `${account.accountId}:${String(inputs.name)}`,
    catalogId: account.accountId,
    arn: arn("glue", region, account.accountId, `database/${String(inputs.name)}`),
  }),
};

/** A group of the regular expression for each column: of another number, every row is NULL. */
const regexFitsColumns = when(
  (inputs) => {
    const storage = bagAt(inputs, "storageDescriptor");
    const regex = bagAt(storage, "serDeInfo.parameters")["input.regex"];
    const { columns } = storage;
    if (typeof regex !== "string" || !Array.isArray(columns)) return false;
    return (new RegExp(`${regex}|`).exec("")?.length ?? 1) - 1 !== columns.length;
  },
  "storageDescriptor.serDeInfo.parameters",
  {
    code,
    source: "https://docs.aws.amazon.com/athena/latest/ug/regex-serde.html",
    say: "The regular expression has another number of groups than the table has columns: every row would be NULL.",
  },
);

/** Athena finds no rows of a projected table where a partition key has no projection. */
const projectionIsWhole = when(
  (inputs) => {
    const parameters = bagAt(inputs, "parameters");
    if (parameters["projection.enabled"] !== "true") return false;
    return bagsAt(inputs, "partitionKeys").some(
      (key) => isKnown(key.name) && parameters[`projection.${String(key.name)}.type`] === undefined,
    );
  },
  "parameters",
  {
    code,
    source: projection,
    say: "With projection.enabled every partition key needs a projection.KEY.type.",
  },
);

export const glueTable: ResourceModel = {
  type: token.glueTable,
  autoName: { property: "name", maxLength: 255, lowerCase: true },
  required: ["databaseName"],
  rules: [
    sqlName,
    unique("storageDescriptor.columns[].name", { code }),
    regexFitsColumns,
    projectionIsWhole,
  ],
  refuse: (candidate, account) => {
    const database = textAt(candidate.inputs, "databaseName");
    return others(candidate, account)
      .filter((other) => other.outputs.databaseName === database)
      .filter((other) => other.outputs.name === candidate.inputs.name)
      .map(() => taken("Table", String(candidate.inputs.name)));
  },
  replaceOn: ["name", "databaseName", "catalogId", "region"],
  outputs: ({ inputs, region }, account) => {
    const name = `${String(inputs.databaseName)}/${String(inputs.name)}`;
    return {
      id: `${account.accountId}:${name.replace("/", ":")}`,
      catalogId: account.accountId,
      arn: arn("glue", region, account.accountId, `table/${name}`),
    };
  },
};
