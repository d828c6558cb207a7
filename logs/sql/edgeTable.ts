/** The tables over CloudFront's standard logs (version 2), for AWS Glue. */
import { edgeFields } from "../edge/fields";
import type { Column } from "./albTable";

/** A field's name as a column: `cs(User-Agent)` is `cs_user_agent`. */
const columnName = (field: string): string =>
  field
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/_$/, "");

/** Columns in the order of the fields. `date` and `time` are reserved words in SQL. */
export const edgeColumns: readonly Column[] = edgeFields.map((field) => ({
  name: field === "date" || field === "time" ? `log_${field}` : columnName(field),
  type: "string",
}));

/** The JSON key of each column, in the form that the JSON SerDe expects. */
export const edgeMappings: Readonly<Record<string, string>> = Object.fromEntries(
  edgeFields.map((field, i) => [`mapping.${edgeColumns[i]?.name ?? ""}`, field]),
);
