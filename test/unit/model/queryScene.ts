/** The scene's catalog and workgroup, and valid inputs for more. */
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";

const table: Props = {
  name: "requests",
  databaseName: "logs",
  tableType: "EXTERNAL_TABLE",
  partitionKeys: [{ name: "day", type: "string" }],
  parameters: { "projection.enabled": "true", "projection.day.type": "date" },
  storageDescriptor: {
    location: "s3://shared-logs/AWSLogs/",
    columns: [
      { name: "type", type: "string" },
      { name: "time", type: "string" },
    ],
    serDeInfo: {
      serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
      parameters: { "input.regex": "([^ ]*) ([^ ]*)" },
    },
  },
};

/** Adds a database with a table, and a workgroup with a query. */
export function addQueries(add: (name: string, type: string, inputs: Props) => string): void {
  add("database", token.glueDatabase, { name: "logs" });
  add("logTable", token.glueTable, { ...table, name: "first" });
  add("workgroup", token.athenaWorkgroup, { name: "logs" });
  add("query", token.athenaQuery, { ...query, name: "first" });
}

const query: Props = { name: "causes", workgroup: "logs", database: "logs", query: "SELECT 1" };

export const queryInputs: Readonly<Record<string, Props>> = {
  [token.glueDatabase]: { name: "others" },
  [token.glueTable]: table,
  [token.athenaWorkgroup]: {
    name: "others",
    configuration: {
      bytesScannedCutoffPerQuery: 1_073_741_824,
      resultConfiguration: {
        outputLocation: "s3://shared-logs/queries/",
        encryptionConfiguration: { encryptionOption: "SSE_S3" },
      },
    },
  },
  [token.athenaQuery]: query,
};
