import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const query = (database: unknown) =>
  resource("aws:athena/namedQuery:NamedQuery", "causes", { database, query: "SELECT 1" });
const catalog = (name: unknown) =>
  resource("aws:glue/catalogDatabase:CatalogDatabase", "logs", { name });

export const cases: Case = {
  broken: {
    "no database": [plus(sound({}), query("logs")), "causes", /SCHEMA_NOT_FOUND unless/],
    "another one": [
      plus(sound({}), catalog("logs-1a2b3c4"), query("logs")),
      "causes",
      /database logs, which this program does not make/,
    ],
  },
  fine: {
    "of Glue": plus(sound({}), catalog("logs"), query("logs")),
    "of Athena": plus(
      sound({}),
      resource("aws:athena/database:Database", "logs", { name: "logs" }),
      query("logs"),
    ),
    "Athena's own": plus(sound({}), query("default")),
  },
  unknown: {
    "the query's": plus(sound({}), query(unknown)),
    "the database's name": plus(sound({}), catalog(unknown), query("logs")),
  },
};
