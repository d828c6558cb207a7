/** The form of `hopwise explain --json`; docs/explain.schema.json is made of it. */
import * as z from "zod";
import { lineKinds } from "../../logs/lineKinds";

const amount = z.int().min(0);
const text = z.string();
const isoTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const ranked = z.strictObject({ name: text, count: amount });
const ranking = z.strictObject({ top: z.array(ranked), others: amount });
const place = { file: text, line: z.int().min(1), text };
const versions = z.array(z.enum(["HTTP1", "HTTP2", "GRPC"]));
const certainty = z.enum(["sure", "open", "contradictory"]);

const cause = z.strictObject({
  code: text.meta({
    description:
      "Stable. The rule's code, e.g. edge-http1-to-http2-target, where the log proves which rule is broken; else the cause's, e.g. 464-http1-from-cloudfront",
  }),
  severity: z.enum(["error", "warning", "note"]),
  count: amount,
  share: z.number().min(0).max(1).meta({ description: "Of all requests of this log" }),
  title: text,
  why: text,
  hints: z.array(text).meta({ description: "What else the logs show about it" }),
  rules: z.array(text).meta({
    description:
      "Rules that can be broken, the most likely first; `hopwise plan` and the policy pack report them under the same codes before a deployment",
  }),
  changes: z
    .array(
      z.strictObject({
        rule: text.optional().meta({ description: "Absent: it is no rule's" }),
        change: text,
        source: z.url(),
      }),
    )
    .min(1)
    .meta({ description: "What to change, the most likely first" }),
  first: isoTime.optional(),
  last: isoTime.optional(),
  statuses: ranking.meta({ description: "Statuses that clients got" }),
  clients: ranking.meta({
    description: "`PROTOCOL, FROM`; from cloudfront, vpc, elsewhere, unknown, or viewer",
  }),
  userAgents: ranking,
  targetGroups: z.array(
    z.strictObject({
      arn: text,
      count: amount,
      versions,
      certainty,
      because: text,
      answered: amount,
    }),
  ),
  targets: ranking.meta({ description: "`ADDRESS:PORT` of the targets that were asked" }),
  loadBalancers: ranking,
  paths: ranking,
  reasons: ranking,
  examples: z.array(z.strictObject(place)),
});

const hop = z.strictObject({
  requests: amount,
  errors: amount.meta({
    description: "Made at this hop, without notes; above 0 means exit status 1",
  }),
  notes: amount,
  passedOn: z.array(z.strictObject({ status: z.int(), count: amount })),
  causes: z.array(cause),
  timeline: z
    .strictObject({
      start: isoTime,
      stepSeconds: z.int().min(60),
      requests: z.array(amount),
      causes: z.record(text, z.array(amount)),
    })
    .optional(),
});

/** The report, as plain data. */
export const reportSchema = z
  .strictObject({
    version: z.literal(2),
    read: z.strictObject({
      files: amount,
      lines: amount,
      kinds: z.strictObject(Object.fromEntries(lineKinds.map((kind) => [kind, amount]))).meta({
        description:
          "Lines by what they are; they add up to `lines`. A line of JSON counts once for each record in it",
      }),
      cut: amount,
      problems: z.array(z.strictObject({ file: text, problem: text })),
      malformed: z.strictObject({
        kinds: z.array(ranked),
        examples: z.array(z.strictObject({ ...place, problem: text })),
      }),
    }),
    loadBalancer: hop.optional(),
    cloudfront: hop.optional(),
    connections: hop.optional().meta({
      description:
        "The load balancer's connection log: `requests` are connections, `errors` those that failed; there are no statuses",
    }),
    targetGroups: z.array(
      z.strictObject({
        arn: text,
        requests: amount,
        errors: amount,
        own: amount,
        versions,
        certainty,
      }),
    ),
    failedChecks: ranking,
  })
  .meta({ title: "Report of `hopwise explain --json`" });

/** The schema as published. */
export function publishedSchema(): object {
  return z.toJSONSchema(reportSchema);
}
