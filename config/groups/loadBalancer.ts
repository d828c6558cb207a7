/** A load balancer that is there already, to which the stack adds its services. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { listenerPriorities } from "../../path/listenerRules";
import { abouts } from "../about";
import { integerValue, patternValue, textValue } from "../values";
import { maximumAccepted } from "./secret";

/** `hopwise:loadBalancer` */
export const loadBalancer = z.strictObject({
  listenerArn: patternValue(
    /^arn:aws[a-z-]*:elasticloadbalancing:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:listener\/app\/[\w-]+\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
    {
      values: "ARN",
      allowed: "the ARN of a listener of an Application Load Balancer",
      example:
        "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2",
    },
  ).register(abouts, {
    means:
      "Existing HTTPS listener, of this or another stack. The stack then creates only `services`, and `variant` says what calls the listener",
  }),
  securityGroupId: patternValue(/^sg-[0-9a-f]{8,17}$/, {
    values: "security group id",
    allowed: "a security group id: sg- and 8 to 17 hexadecimal digits",
    example: "sg-0123456789abcdef0",
  }).register(abouts, {
    means:
      "Security group of that load balancer: the stack adds rules so that it can call the tasks",
  }),
  secretHeaderValues: z
    .array(
      textValue({ values: "value", allowed: "letters and digits" }, (value) =>
        /^[A-Za-z0-9]{1,128}$/.test(value) ? undefined : { why: "letters and digits" },
      ),
    )
    .min(1)
    .max(maximumAccepted)
    .optional()
    .register(abouts, {
      example: ["Zk3vQ0pT8xWm"],
      means:
        "Values of the header `X-Hopwise-Origin-Secret` that CloudFront sends; only requests with one of them are forwarded. Encrypt them (`pulumi config set --path --secret`)",
    }),
  priorities: z
    .strictObject({
      from: integerValue(1, listenerPriorities.grpc - 1)
        .default(defaults.rulePriorities.from)
        .register(abouts, { means: "Lowest priority that the stack's listener rules may have" }),
      to: integerValue(1, listenerPriorities.grpc - 1)
        .default(defaults.rulePriorities.to)
        .register(abouts, {
          means: "Highest such priority. Stacks that share a listener need separate ranges",
        }),
    })
    .prefault({}),
});
