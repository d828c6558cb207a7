/** aws.sns.Topic, its policy and its subscriptions. */
import { Props } from "../types";
import { arn, uuid } from "../ids";
import { documentOf, listOf, statementsOf } from "../../../topology/policyDocument";
import { booleanAt, textAt } from "../props";
import { others, ResourceModel } from "../row";
import { json, matchesPattern, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/sns/latest/api";

const topicArn = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/;

export const topic: ResourceModel = {
  type: token.topic,
  autoName: { property: "name", maxLength: 256 },
  defaults: () => ({ fifoTopic: false, contentBasedDeduplication: false }),
  rules: [
    matchesPattern(
      "name",
      /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
      "made of letters, digits, hyphens and underscores, at most 256",
      { code: "InvalidParameter", source: `${api}/API_CreateTopic.html` },
    ),
    when(
      (inputs) => {
        const name = textAt(inputs, "name");
        return (
          name !== undefined && name.endsWith(".fifo") !== (booleanAt(inputs, "fifoTopic") ?? false)
        );
      },
      "name",
      {
        code: "InvalidParameter",
        say: "The name of a FIFO topic ends with .fifo, and no other topic's does.",
        source: `${api}/API_CreateTopic.html`,
      },
    ),
    json("policy", { code: "InvalidParameter", source: `${api}/API_SetTopicAttributes.html` }),
    range("signatureVersion", 1, 2, {
      code: "InvalidParameter",
      source: `${api}/API_SetTopicAttributes.html`,
    }),
  ],
  references: [
    {
      property: "kmsMasterKeyId",
      type: token.kmsKey,
      code: "KMSNotFound",
      sameRegion: true,
      message: (id) => `The KMS key '${id}' does not exist.`,
      source: `${api}/API_Publish.html`,
    },
  ],
  refuse: (candidate, account) =>
    others(candidate, account)
      .filter((t) => t.outputs.name === candidate.inputs.name)
      .filter((t) => t.outputs.region === candidate.region)
      .map(() => ({
        code: "InvalidParameter",
        message: `Topic already exists: ${String(candidate.inputs.name)}`,
        property: "name",
        source: `${api}/API_CreateTopic.html`,
      })),
  replaceOn: ["name", "namePrefix", "fifoTopic", "region"],
  outputs: (candidate, account) => {
    const name = String(candidate.inputs.name);
    const id = arn("sns", candidate.region, account.accountId, name);
    return { id, arn: id, owner: account.accountId };
  },
  outside: {
    id: topicArn,
    outputs: (id) => ({ arn: id, name: id.split(":").pop(), region: id.split(":")[3] }),
  },
};

const topicReference = (property: string) => ({
  property,
  type: token.topic,
  code: "NotFound",
  message: () => "Topic does not exist",
  source: `${api}/API_GetTopicAttributes.html`,
});

const protocols = ["sqs", "sms", "lambda", "firehose", "application", "email", "email-json"];

/** What an endpoint of a protocol looks like. */
const endpointForms: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address"],
  "email-json": [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address"],
  http: [/^http:\/\//, "an address that starts with http://"],
  https: [/^https:\/\//, "an address that starts with https://"],
  sqs: [/^arn:aws[\w-]*:sqs:/, "the ARN of a queue"],
  lambda: [/^arn:aws[\w-]*:lambda:/, "the ARN of a function"],
};

export const topicSubscription: ResourceModel = {
  type: token.topicSubscription,
  required: ["topic", "protocol", "endpoint"],
  defaults: () => ({ confirmationTimeoutInMinutes: 1, rawMessageDelivery: false }),
  rules: [
    oneOf("protocol", [...protocols, "http", "https"], {
      code: "InvalidParameter",
      source: `${api}/API_Subscribe.html`,
    }),
    when(
      (inputs) => {
        const [form, words] = endpointForms[textAt(inputs, "protocol") ?? ""] ?? [];
        const endpoint = textAt(inputs, "endpoint");
        return form === undefined || endpoint === undefined || form.test(endpoint)
          ? undefined
          : words;
      },
      "endpoint",
      {
        code: "InvalidParameter",
        message: (words) => `Invalid parameter: Endpoint must be ${words}`,
        source: `${api}/API_Subscribe.html`,
      },
    ),
  ],
  references: [topicReference("topic")],
  replaceOn: ["topic", "protocol", "endpoint", "region"],
  outputs: (candidate, account) => {
    const id = `${textAt(candidate.inputs, "topic") ?? ""}:${uuid(candidate.hex(32))}`;
    // The owner of an address confirms by the link in a message; until then nothing is sent.
    const pending = (textAt(candidate.inputs, "protocol") ?? "").startsWith("email");
    return {
      id,
      arn: id,
      ownerId: account.accountId,
      pendingConfirmation: pending,
      confirmationWasAuthenticated: !pending,
    };
  },
};

/** Prefix of the actions that a topic's policy may contain. */
const outOfScope = (inputs: Props): boolean =>
  statementsOf(documentOf(inputs)).some((s) =>
    listOf(s.Action).some((action) => action !== "*" && !/^sns:/i.test(action)),
  );

export const topicPolicy: ResourceModel = {
  type: token.topicPolicy,
  required: ["arn", "policy"],
  rules: [
    json("policy", { code: "InvalidParameter", source: `${api}/API_SetTopicAttributes.html` }),
    when(outOfScope, "policy", {
      code: "InvalidParameter",
      say: "Invalid parameter: Policy statement action out of service scope!",
      source: `${api}/API_SetTopicAttributes.html`,
    }),
    when(
      (inputs) => statementsOf(documentOf(inputs)).some((s) => s.Principal === undefined),
      "policy",
      {
        code: "InvalidParameter",
        say: "Invalid parameter: Policy Error: null (a statement has no Principal)",
        source: `${api}/API_SetTopicAttributes.html`,
      },
    ),
  ],
  references: [topicReference("arn")],
  replaceOn: ["arn", "region"],
  outputs: (candidate, account) => ({
    id: textAt(candidate.inputs, "arn") ?? "",
    owner: account.accountId,
  }),
};
