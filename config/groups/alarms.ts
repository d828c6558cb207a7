/** CloudWatch alarms, and whom they tell. */
import * as z from "zod";
import { acmCertificateDays } from "../../path/certificates";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, integerValue, patternValue } from "../values";

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
});

/** `hopwise:alarms` */
export const alarms = z.strictObject({
  enabled: booleanValue().default(defaults.alarms.enabled).register(abouts, {
    means: "CloudWatch alarms on the load balancer, the tasks and the certificates' expiry",
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
      "Existing SNS topic in us-east-1, where the metric of CloudFront's certificate is. Default: one is created if it is needed",
  }),
  thresholds: thresholds.prefault({}),
});
