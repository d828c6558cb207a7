/** aws.inspector2.Enabler */
import { textsAt } from "../props";
import { others, resourceRegion, ResourceModel } from "../row";
import { matchesPattern, oneOf, unique, when } from "../rules";
import { token } from "../../../topology/tokens";

const page = "https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html";
const says = { code: "ValidationException", source: page };
const kinds = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];

export const inspectorEnabler: ResourceModel = {
  type: token.inspector,
  required: ["accountIds", "resourceTypes"],
  rules: [
    matchesPattern("accountIds[]", /^\d{12}$/, "an account id of 12 digits", says),
    oneOf("resourceTypes[]", kinds, says),
    unique("resourceTypes[]", says),
    when(
      (inputs) => Array.isArray(inputs.accountIds) && inputs.accountIds.length === 0,
      "accountIds",
      { ...says, say: "At least one account is needed." },
    ),
    when(
      (inputs) => {
        const given = textsAt(inputs, "resourceTypes[]");
        return given.includes("LAMBDA_CODE") && !given.includes("LAMBDA");
      },
      "resourceTypes",
      { ...says, say: "LAMBDA_CODE needs LAMBDA as well." },
    ),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((e) => resourceRegion(e, account) === candidate.region)
      .filter((e) =>
        textsAt(e.outputs, "accountIds[]").some((id) =>
          textsAt(candidate.inputs, "accountIds[]").includes(id),
        ),
      )
      .map((e) => ({
        code: "ConflictException",
        message: `'${e.name}' switches Inspector on for this account and region already; whichever goes first switches it off under the other.`,
        property: "accountIds",
        source: page,
      })),
  replaceOn: ["accountIds", "region"],
  outputs: ({ inputs }) => {
    const list = (path: string): string =>
      textsAt(inputs, path)
        .sort((a, b) => a.localeCompare(b))
        .join(":");
    return { id: `${list("accountIds[]")}-${list("resourceTypes[]")}` };
  },
};
