/** aws.cloudwatch.LogGroup */
import { arn } from "../ids";
import { others, Row } from "../row";
import { matches, oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";

/** Days; 0 keeps logs for ever. */
export const retentionDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];

export const logGroup: Row = {
  type: token.logGroup,
  autoName: { property: "name", maxLength: 512 },
  defaults: () => ({ retentionInDays: 0, skipDestroy: false, logGroupClass: "STANDARD" }),
  rules: [
    matches(
      "name",
      /^[.\-_/#A-Za-z0-9]{1,512}$/,
      "made of letters, digits and ._-/#, at most 512",
      { code: "InvalidParameterException", source: `${api}/API_CreateLogGroup.html` },
    ),
    matches("name", /^(?!aws\/)/, "a name", {
      code: "InvalidParameterException",
      message: (n) => `Log group names starting with aws/ are reserved: ${n}`,
      source: `${api}/API_CreateLogGroup.html`,
    }),
    oneOf("retentionInDays", retentionDays, {
      code: "InvalidParameterException",
      source: `${api}/API_PutRetentionPolicy.html`,
    }),
    oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"], {
      code: "InvalidParameterException",
      source: `${api}/API_CreateLogGroup.html`,
    }),
  ],
  refuse: (candidate, world) =>
    others(candidate, world)
      .filter(
        (g) => g.outputs.name === candidate.inputs.name && g.outputs.region === candidate.region,
      )
      .map(() => ({
        code: "ResourceAlreadyExistsException",
        message: "The specified log group already exists",
        property: "name",
        source: `${api}/API_CreateLogGroup.html`,
      })),
  replaceOn: ["name", "namePrefix", "logGroupClass", "region"],
  outputs: (candidate, world) => {
    const id = String(candidate.inputs.name);
    return { id, arn: arn("logs", candidate.region, world.accountId, `log-group:${id}`) };
  },
};
