/** A CloudWatch dashboard. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue } from "../values";

/** `hopwise:dashboard` */
export const dashboard = z.strictObject({
  enabled: booleanValue().default(defaults.dashboard.enabled).register(abouts, {
    means: "A CloudWatch dashboard of the path, hop by hop. docs/dashboard.md says what it costs",
  }),
  additionalMetrics: booleanValue().default(defaults.dashboard.additionalMetrics).register(abouts, {
    means:
      "CloudFront's additional metrics, switched on and shown: cache hits, latency of the origin, errors by code",
  }),
});
