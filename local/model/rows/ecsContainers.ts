/** The containers of a task definition, and rules about each of them. */
import { Props } from "../types";
import { parseContainers } from "../../../topology/containerDefinitions";
import { isBag, textAt } from "../props";
import { InputRule, when } from "../rules";

export const ecsGuide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
export const parametersPage = `${ecsGuide}/task_definition_parameters.html`;

/** Containers of a task definition, from its inputs or outputs. */
export function definedContainers(inputs: Props): Props[] {
  let parsed: unknown;
  try {
    parsed = parseContainers(textAt(inputs, "containerDefinitions") ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.filter(isBag) : [];
}

/** A rule about every container: the names of those that break it go into the message. */
export const containers = (
  breaks: (container: Props, inputs: Props) => boolean,
  message: string,
  source = parametersPage,
): InputRule =>
  when(
    (inputs) => {
      const names = definedContainers(inputs)
        .filter((c) => breaks(c, inputs))
        .map((c) => textAt(c, "name") ?? "?");
      return names.length === 0 ? undefined : names.join(", ");
    },
    "containerDefinitions",
    { code: "ClientException", message: (names) => `${message} (container ${names})`, source },
  );
