import { definitions, sound, type Case, unknownDefinitions } from "../caseParts";

const filled = (bytes: number, more = {}) =>
  sound({ definition: { ...definitions({ LARGE: "x".repeat(bytes) }), ...more } });

export const cases: Case = {
  broken: {
    "65 KiB of one variable": [filled(65 * 1024), "definition", /65\.\d KiB.*64 KiB/],
    "characters of three bytes": [
      sound({ definition: definitions({ LARGE: "語".repeat(22_000) }) }),
      "definition",
      /64\.\d KiB/,
    ],
  },
  fine: {
    "63 KiB": filled(63 * 1024),
    // Pulumi's provider sends the definitions, not the text that they were written as.
    "spaces between": sound({
      definition: {
        containerDefinitions: `${String(definitions({}).containerDefinitions)}${" ".repeat(70_000)}`,
      },
    }),
    "no JSON at all": sound({ definition: { containerDefinitions: "{" } }),
  },
  unknown: { "the definitions": sound(unknownDefinitions) },
};
