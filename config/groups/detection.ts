/** GuardDuty and Inspector. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, patternValue } from "../values";

/** `hopwise:detection` */
export const detection = z.strictObject({
  guardDuty: booleanValue().default(defaults.detection.guardDuty).register(abouts, {
    means: "GuardDuty with Runtime Monitoring of Fargate tasks, in the whole account and region",
  }),
  detectorId: patternValue(/^[0-9a-f]{32}$/, {
    values: "detector id",
    allowed: "a GuardDuty detector id: 32 hexadecimal digits",
    example: "12abc34d567e8fa901bc2d34e56789f0",
  })
    .optional()
    .register(abouts, {
      means: "The detector that the account already has in the region. Default: one is created",
    }),
  inspector: booleanValue().default(defaults.detection.inspector).register(abouts, {
    means: "Inspector scans the images in ECR, in the whole account and region",
  }),
});
