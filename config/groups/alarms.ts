/** CloudWatch alarms, and whom they notify. */
import * as z from "zod";
import { alarmNames } from "../../path/alarmRow";
import { acmCertificateDays } from "../../path/certificates";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, enumValue, integerValue, patternValue, shapes } from "../values";

const { thresholds: preset } = defaults.alarms;

const topicArn = (region: string) =>
  patternValue(/^arn:aws[a-z-]*:sns:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:[\w-]{1,256}$/, {
    values: "ARN",
    allowed: "the ARN of an SNS topic",
    example: `arn:aws:sns:${region}:111122223333:alarms`,
  });

const thresholds = z.strictObject({
  loadBalancer4xx: integerValue(1, 1_000_000).default(preset.loadBalancer4xx).register(abouts, {
    means: "4xx responses per minute from the load balancer itself, including 464",
  }),
  loadBalancer5xx: integerValue(1, 1_000_000).default(preset.loadBalancer5xx).register(abouts, {
    means: "5xx responses per minute from the load balancer itself: no task answered",
  }),
  target5xx: integerValue(1, 1_000_000)
    .default(preset.target5xx)
    .register(abouts, { means: "5xx responses per minute from the tasks" }),
  unhealthyTargets: integerValue(1, 5000)
    .default(preset.unhealthyTargets)
    .register(abouts, { means: "Tasks that fail their health check" }),
  certificateDays: integerValue(1, acmCertificateDays.valid)
    .default(preset.certificateDays)
    .register(abouts, {
      means: `Days until a certificate expires. ACM renews its own ${acmCertificateDays.renewedBefore} days before`,
    }),
  cpuPercent: integerValue(1, 100)
    .default(preset.cpuPercent)
    .register(abouts, { means: "Percent of a service's CPU that its tasks use on average" }),
  memoryPercent: integerValue(1, 100)
    .default(preset.memoryPercent)
    .register(abouts, { means: "Percent of a service's memory that its tasks use on average" }),
  targetP99: integerValue(1, 4_000_000).default(preset.targetP99).register(abouts, {
    means: "Milliseconds until 99 of 100 answers of the tasks have begun",
  }),
  edge5xxPercent: integerValue(1, 100).default(preset.edge5xxPercent).register(abouts, {
    means: "Percent of viewers' requests that CloudFront answers with 5xx",
  }),
  wafBlocked: integerValue(1, 100_000_000)
    .default(preset.wafBlocked)
    .register(abouts, { means: "Requests per minute that the web ACL blocks" }),
});

// https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
const slack = z.strictObject({
  workspaceId: patternValue(/^[0-9A-Z]{1,255}$/, {
    values: "workspace id",
    allowed: "the id of a Slack workspace: digits and capital letters",
    example: "T07EA123LEP",
  }).register(abouts, {
    means:
      "Slack workspace that someone connected in the console of Amazon Q Developer in chat applications",
  }),
  channelId: patternValue(/^[A-Za-z0-9]{1,255}$/, {
    values: "channel id",
    allowed: "the id of a Slack channel: the end of its link",
    example: "C07EZ1ABC23",
  }).register(abouts, { means: "Slack channel that the alarms' topics post to" }),
});

const uuid = () =>
  patternValue(/^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, {
    values: "UUID",
    allowed: "a UUID",
    example: "74361522-da01-538d-aa2e-ac7918c6bb92",
  });

// https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateMicrosoftTeamsChannelConfiguration.html
const teams = z.strictObject({
  tenantId: uuid().register(abouts, { means: "Microsoft tenant of the team" }),
  teamId: uuid().register(abouts, {
    means: "Team that someone connected in the console of Amazon Q Developer in chat applications",
  }),
  channelId: patternValue(/^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/, {
    values: "channel id",
    allowed: "the id of a Teams channel as its link has it, with %3a and %40",
    example: "19%3aab6ef35e%40thread.tacv2",
  }).register(abouts, { means: "Channel of Microsoft Teams that the alarms' topics post to" }),
});

const budget = z.strictObject({
  monthlyDollars: integerValue(1, 100_000_000, 200).register(abouts, {
    means:
      "US dollars a month. The topic is notified at 80 percent of it, at 100, and when 100 are forecast",
  }),
  tag: patternValue(/^[\p{L}\p{N} _.:/=+@-]{1,128}$/u, {
    values: "key of `tags`",
    allowed: "a key of tags",
    example: "environment",
  })
    .optional()
    .register(abouts, {
      means:
        "Only what has this tag is counted; activate it as a cost allocation tag, or nothing is. Default: the whole account",
    }),
});

/** `hopwise:alarms` */
export const alarms = z.strictObject({
  enabled: booleanValue().default(defaults.alarms.enabled).register(abouts, {
    means:
      "CloudWatch alarms on CloudFront, the web ACL, the load balancer, the tasks and the certificates' expiry; failed deployments",
  }),
  email: patternValue(/^[^\s@]{1,64}@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+$/, {
    values: "e-mail address",
    allowed: "an e-mail address",
    example: "ops@example.com",
  })
    .optional()
    .register(abouts, {
      means: "Who is notified, after confirming the message that SNS sends. Default: nobody",
    }),
  topicArn: topicArn("eu-west-1").optional().register(abouts, {
    means: "Existing SNS topic in the stack's region. Default: an encrypted one is created",
  }),
  edgeTopicArn: topicArn("us-east-1").optional().register(abouts, {
    means:
      "Existing SNS topic in us-east-1, where CloudFront's metrics are. Default: one is created if it is needed",
  }),
  without: z
    .array(enumValue(alarmNames))
    .register(shapes, {
      type: "array",
      values: `list of ${alarmNames.join(", ")}`,
      allowed: `a list, each of ${alarmNames.join(", ")}`,
      example: "target-p99",
    })
    .default([...defaults.alarms.without])
    .register(abouts, { means: "Alarms that are not wanted" }),
  slack: slack.optional(),
  teams: teams.optional(),
  budget: budget.optional(),
  thresholds: thresholds.prefault({}),
});
