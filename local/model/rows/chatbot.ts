/** aws.chatbot.SlackChannelConfiguration and aws.chatbot.TeamsChannelConfiguration */
import { textAt } from "../props";
import { Candidate, others, AccountView, ResourceModel } from "../row";
import { matchesPattern, oneOf } from "../rules";
import { Refusal } from "../types";
import { arn } from "../ids";
import { token } from "../../../topology/tokens";
import { REGION_NOT_SET } from "../../../topology/resource";

const api = "https://docs.aws.amazon.com/chatbot/latest/APIReference";
const regions = ["us-east-2", "us-west-2", "eu-west-1", "ap-southeast-1"];

const uuid = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

function refuse(candidate: Candidate, account: AccountView): Refusal[] {
  const name = textAt(candidate.inputs, "configurationName");
  const both = [token.slackChannel, token.teamsChannel].flatMap((type) =>
    type === candidate.type ? others(candidate, account) : account.all(type),
  );
  return [
    ...(regions.includes(candidate.region) || candidate.region === REGION_NOT_SET
      ? []
      : [
          {
            code: "UnknownEndpoint",
            message: `There is no chatbot.${candidate.region}.amazonaws.com: the API is in ${regions.join(", ")}.`,
            property: "region",
            source: `${api}/Welcome.html`,
          },
        ]),
    ...both
      .filter(({ outputs }) => outputs.configurationName === name)
      .map(() => ({
        code: "ConflictException",
        message: `A configuration with the name ${name ?? ""} exists.`,
        property: "configurationName",
        source: `${api}/API_CreateSlackChannelConfiguration.html`,
      })),
  ];
}

/** What both have in common. */
function channel(
  operation: string,
  kind: string,
  own: Pick<ResourceModel, "type"> & { ids: readonly (readonly [string, RegExp, string])[] },
): ResourceModel {
  const says = { code: "InvalidParameterException", source: `${api}/API_${operation}.html` };
  return {
    type: own.type,
    required: ["configurationName", "iamRoleArn", ...own.ids.map(([property]) => property)],
    // AWS applies this one where none is given.
    defaults: () => ({
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      loggingLevel: "NONE",
      snsTopicArns: [],
      userAuthorizationRequired: false,
    }),
    rules: [
      matchesPattern(
        "configurationName",
        /^[A-Za-z0-9-_]{1,128}$/,
        "made of up to 128 letters, digits, hyphens and underscores",
        says,
      ),
      matchesPattern("iamRoleArn", /^arn:aws[\w-]*:iam::\d{12}:role\//, "the ARN of a role", says),
      matchesPattern("snsTopicArns[]", /^arn:aws[\w-]*:sns:/, "the ARN of a topic", says),
      oneOf("loggingLevel", ["ERROR", "INFO", "NONE"], says),
      ...own.ids.map(([property, form, words]) => matchesPattern(property, form, words, says)),
    ],
    references: [
      {
        property: "iamRoleArn",
        type: token.role,
        sameRegion: false,
        code: "InvalidRequestException",
        message: (value) => `The role ${value} does not exist.`,
        source: says.source,
      },
    ],
    refuse,
    replaceOn: ["configurationName", "region"],
    outputs: ({ inputs }, { accountId }) => {
      const chatConfigurationArn = arn(
        "chatbot",
        "",
        accountId,
        `chat-configuration/${kind}/${String(inputs.configurationName)}`,
      );
      return { id: chatConfigurationArn, chatConfigurationArn };
    },
  };
}

export const slackChannel = channel("CreateSlackChannelConfiguration", "slack-channel", {
  type: token.slackChannel,
  ids: [
    ["slackTeamId", /^[0-9A-Z]{1,255}$/, "made of digits and capital letters"],
    ["slackChannelId", /^[A-Za-z0-9]{1,255}$/, "made of letters and digits"],
  ],
});

export const teamsChannel = channel(
  "CreateMicrosoftTeamsChannelConfiguration",
  "microsoft-teams-channel",
  {
    type: token.teamsChannel,
    ids: [
      ["tenantId", uuid, "a UUID"],
      ["teamId", uuid, "a UUID"],
      [
        "channelId",
        /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
        "a channel's id with %3a and %40",
      ],
    ],
  },
);
