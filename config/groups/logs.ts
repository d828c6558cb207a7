/** Logs of the load balancer, of CloudFront and of the VPC, and the bucket they go to. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, integerValue, patternValue, enumValue } from "../values";

/** `logs`: each log is off until it is asked for; the bucket is made with the first one. */
export const logs = z.strictObject({
  access: booleanValue().default(defaults.logs.access).register(abouts, {
    means: "The load balancer's access log, which shows each 464; see docs/logs.md",
  }),
  connections: booleanValue().default(defaults.logs.connections).register(abouts, {
    means: "The load balancer's connection log: every connection and its TLS handshake",
  }),
  healthChecks: booleanValue()
    .default(defaults.logs.healthChecks)
    .register(abouts, { means: "The load balancer's log of its health checks" }),
  edge: enumValue(["off", "v2", "legacy"], {
    synonyms: {
      off: ["false", "no", "none"],
      v2: ["true", "yes", "on", "standard", "2"],
      legacy: ["v1", "1", "classic", "s3"],
    },
  })
    .default(defaults.logs.edge)
    .register(abouts, {
      means:
        "CloudFront's standard logs; `legacy` only where a check asks for it (Security Hub's CloudFront.5 sees no other)",
    }),
  edgeFormat: enumValue(["w3c", "json"], { synonyms: { w3c: ["plain", "text", "tsv"] } })
    .default(defaults.logs.edgeFormat)
    .register(abouts, {
      means: "Format of `logs.edge: v2`: tab-separated with a header line, or one object per line",
    }),
  flow: enumValue(["off", "rejected", "all"], {
    synonyms: { off: ["false", "no", "none"], all: ["true", "yes", "on", "accept", "accepted"] },
  })
    .default(defaults.logs.flow)
    .register(abouts, {
      means: "The VPC's flow logs: traffic that security groups rejected, or all of it",
    }),
  queries: booleanValue().default(defaults.logs.queries).register(abouts, {
    means:
      "Athena over the load balancer's access log (and CloudFront's, where `logs.edge` is v2): tables and saved queries; see docs/explain.md",
  }),
  retentionDays: integerValue(1, 3653)
    .default(defaults.logs.retentionDays)
    .register(abouts, { means: "Days that the logs are kept in the created bucket" }),
  forceDestroy: booleanValue().optional().register(abouts, {
    means:
      "The created bucket is emptied when it is deleted; otherwise AWS refuses to delete it while it holds a log. Default: the opposite of `deletionProtection`",
  }),
  // The names that AWS keeps for itself are rare enough to be left to AWS.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  bucket: patternValue(/^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    values: "bucket name",
    allowed: "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
    example: "example-logs-111122223333",
  })
    .optional()
    .register(abouts, {
      means:
        "Existing bucket in the stack's region, whose policy admits the writers. Default: one is created",
    }),
});
