/** aws.cloudwatch.LogGroup */
import { retentionDays } from "../../../path/logs";
import { arn } from "../ids";
import { others, ResourceModel } from "../row";
import { matchesPattern, oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";

export const logGroup: ResourceModel = {
  type: token.logGroup,
  autoName: { property: "name", maxLength: 512 },
  defaults: () => ({ retentionInDays: 0, skipDestroy: false, logGroupClass: "STANDARD" }),
  rules: [
    matchesPattern(
      "name",
      /^[.\-_/#A-Za-z0-9]{1,512}$/,
      "made of letters, digits and ._-/#, at most 512",
      { code: "InvalidParameterException", source: `${api}/API_CreateLogGroup.html` },
    ),
    matchesPattern("name", /^(?!aws\/)/, "a name", {
      code: "InvalidParameterException",
      message: (n) => `Log group names starting with aws/ are reserved: ${n}`,
      source: `${api}/API_CreateLogGroup.html`,
    }),
    // The provider writes 0 for logs that are kept for ever.
    oneOf("retentionInDays", [0, ...retentionDays], {
      code: "InvalidParameterException",
      source: `${api}/API_PutRetentionPolicy.html`,
    }),
    oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"], {
      code: "InvalidParameterException",
      source: `${api}/API_CreateLogGroup.html`,
    }),
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
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
  outputs: (candidate, account) => {
    const id = String(candidate.inputs.name);
    return { id, arn: arn("logs", candidate.region, account.accountId, `log-group:${id}`) };
  },
};
