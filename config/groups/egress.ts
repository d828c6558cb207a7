/** What the tasks may call. */
import * as z from "zod";
import { httpsToInternet, maxEgressRules } from "../../path/egress";
import { abouts } from "../about";
import { cidr } from "../addresses";
import { integerValue, shapes } from "../values";

const example = `{ cidr: ${httpsToInternet.cidr}, port: ${httpsToInternet.port} }`;

const entry = z.strictObject({
  cidr: cidr({ versions: [4, 6], example: "10.20.0.0/16" }),
  port: integerValue(1, 65535, 443),
});

/** `service.egress`: ranges, each with a port. */
export const egress = z
  .array(entry)
  .min(1)
  .max(maxEgressRules)
  .register(shapes, {
    type: "array",
    values: "list of { cidr, port }",
    allowed: `a list of 1 to ${maxEgressRules} entries like ${example}`,
    example,
  })
  .optional()
  .register(abouts, {
    means:
      "What the tasks may call, by range and TCP port. Default: any HTTPS address; with VPC endpoints (`network.egress`) only those",
  });
