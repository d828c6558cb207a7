/** The schema as it is generated now. */
import { generateSchema } from "../../../provider/generate";
import { read } from "../document";

/** What a schema says of the package itself. */
const { version, description, keywords, license } = JSON.parse(read("package.json")) as {
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
};

const language = { respectSchemaVersion: true };

export const currentSchema = () =>
  generateSchema({
    name: "hopwise",
    version,
    description,
    keywords: [...keywords, "category/network", "kind/component"],
    license,
    language: {
      nodejs: language,
      python: { ...language, pyproject: { enabled: true } },
      // Extra input types: the generator forgets some of those that only a map has as values.
      go: { ...language, generateResourceContainerTypes: true, generateExtraInputTypes: true },
      csharp: language,
      java: language,
    },
  });
