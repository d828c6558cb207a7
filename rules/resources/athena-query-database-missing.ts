import { text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const athenaQueryDatabaseMissing = stackRule({
  code: "athena-query-database-missing",
  severity: "warning",
  lacks: "a database",
  holds: "The database of a saved query exists.",
  fix: "Use the name of an aws.glue.CatalogDatabase for database of the aws.athena.NamedQuery.",
  source: "https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html",
  subjects: (stack) => stack.of(token.athenaQuery),
  check: ({ urn, name, props }, stack) => {
    const database = text(props, "database");
    // Athena makes the database `default` itself.
    if (database === undefined || database === "default") return undefined;
    const made = [...stack.of(token.glueDatabase), ...stack.of(token.athenaDatabase)];
    if (made.some((one) => text(one.props, "name") === database)) return undefined;
    return {
      urn,
      message: `The query ${name} is about the database ${database}, which this program does not make: the query fails with SCHEMA_NOT_FOUND unless the database exists.`,
      fix: `Use the name of an aws.glue.CatalogDatabase for database of the aws.athena.NamedQuery ${name}.`,
    };
  },
});
