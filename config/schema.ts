/**
 * Every key of a stack's settings: its type, bounds, default and meaning, once. Types, errors, the
 * table in docs/settings.md and the test of `Pulumi.yaml` all come from here. What only holds between
 * keys is in `config/rules/`; defaults are in `path/defaults.ts`, the keys that only some variants
 * take in `path/variants.ts`.
 */
import * as z from "zod";
import { defaults } from "../path/defaults";
import { laterVariants, variantNames, variants } from "../path/variants";
import { abouts } from "./about";
import { certificateName, hostName } from "./addresses";
import { alarms } from "./groups/alarms";
import { dashboard } from "./groups/dashboard";
import { detection } from "./groups/detection";
import { grpc } from "./groups/grpc";
import { logs } from "./groups/logs";
import { loadBalancer } from "./groups/loadBalancer";
import { network } from "./groups/network";
import { maximumAccepted } from "./groups/secret";
import { service } from "./groups/service";
import { services } from "./groups/services";
import { signIn } from "./groups/signIn";
import { viewers } from "./groups/viewers";
import { waf } from "./groups/waf";
import { arnOf } from "./names";
import { site } from "./groups/site";
import { booleanValue, integerValue, patternValue, enumValue } from "./values";

export { type About, abouts } from "./about";

const domain = z.strictObject({
  name: hostName("app.example.com").register(abouts, {
    means:
      "Name that viewers call. Its certificates are created and validated through DNS, unless their ARNs are given",
  }),
  aliases: z.array(hostName("www.example.com")).min(1).optional().register(abouts, {
    means:
      "More names that viewers may call; they are added to certificates and records ([docs/front.md](front.md#one-name))",
  }),
  canonical: booleanValue().default(defaults.domain.canonical).register(abouts, {
    means: "Redirect viewers of `domain.aliases`, and of CloudFront's own name, to `domain.name`",
  }),
  dns: enumValue(["route53", "elsewhere"], {
    synonyms: { route53: ["aws"], elsewhere: ["external", "none", "manual", "cloudflare"] },
  })
    .default(defaults.domain.dns)
    .register(abouts, {
      means:
        "Where the zone of the names is. `elsewhere`: no record is created; the outputs `dnsRecords` and `dnsZoneFile` list them ([docs/front.md](front.md#dns-elsewhere))",
    }),
  validated: booleanValue().default(defaults.domain.validated).register(abouts, {
    means:
      "With `domain.dns: elsewhere`, false creates the certificates only, and lists their validation records; true creates the rest",
  }),
  zoneName: hostName("example.com").optional().register(abouts, {
    means:
      "Route 53 hosted zone of the records, looked up by name. Default: the name without its first label; no records are created if every certificate is given and no zone is named",
  }),
  zoneId: patternValue(/^Z[A-Z0-9]{5,31}$/, {
    values: "hosted zone id",
    allowed: "a Route 53 hosted zone id: Z, then capital letters and digits",
    example: "Z0123456789ABCDEFGHIJ",
  })
    .optional()
    .register(abouts, { means: "The hosted zone by its id, without a lookup" }),
  edgeCertificateArn: arnOf("acm", "certificate").optional().register(abouts, {
    means: "Existing ACM certificate for CloudFront, in us-east-1. Default: one is created",
  }),
  loadBalancerCertificateArn: arnOf("acm", "certificate").optional().register(abouts, {
    means:
      "Existing ACM certificate for the load balancer, in the stack's region; it must name `domain.name`. Default: one is created",
  }),
  edgeCertificateNames: z.array(certificateName()).min(1).optional().register(abouts, {
    means:
      "Names on the existing certificate for CloudFront, so that one that does not fit is refused before anything is created",
  }),
  loadBalancerCertificateNames: z.array(certificateName()).min(1).optional().register(abouts, {
    means: "Names on the existing certificate for the load balancer, for the same check",
  }),
});

const timeouts = z.strictObject({
  idle: integerValue(1, 4000).default(defaults.origin.timeouts.idle).register(abouts, {
    means:
      "Seconds the load balancer keeps an idle connection open, to its clients and to the tasks",
  }),
  read: integerValue(1, 120).default(defaults.origin.timeouts.read).register(abouts, {
    means: "Seconds CloudFront waits for an answer",
  }),
  keepAlive: integerValue(1, 120).default(defaults.origin.timeouts.keepAlive).register(abouts, {
    means:
      "Seconds CloudFront keeps an idle connection to the load balancer; less than `origin.timeouts.idle`",
  }),
  // ECS kills a Fargate task after 120 seconds at the latest; nginx needs a few of them to exit.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_timeout
  drain: integerValue(1, 115).default(defaults.origin.timeouts.drain).register(abouts, {
    means: "Seconds a task that is being stopped may finish its requests",
  }),
});

const secret = z.strictObject({
  send: integerValue(1, 9999).default(defaults.origin.secret.send).register(abouts, {
    means: "Version of the secret header that CloudFront sends; see docs/rotation.md",
  }),
  // A rule takes five condition values; two versions are all that a rotation needs.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
  accept: z
    .array(integerValue(1, 9999))
    .min(1)
    .max(maximumAccepted)
    .default([...defaults.origin.secret.accept])
    .register(abouts, {
      example: [1, 2],
      means: "Versions of the secret header that the load balancer forwards",
    }),
});

const origin = z.strictObject({
  access: enumValue(["prefix-list", "vpc-origin"], {
    synonyms: {
      "prefix-list": ["public", "internet-facing"],
      "vpc-origin": ["private", "internal"],
    },
  })
    .default(defaults.origin.access)
    .register(abouts, {
      means:
        "How CloudFront reaches the load balancer: a public one that admits CloudFront's addresses only, or an internal one through a VPC origin",
    }),
  httpVersion: enumValue(["http1.1", "http2"], {
    synonyms: { "http1.1": ["1", "1.1", "h1", "http/1.1"], http2: ["2", "h2", "http/2"] },
  })
    .default(defaults.origin.httpVersion)
    .register(abouts, {
      means:
        "What CloudFront asks the load balancer for; the tasks get HTTP/1.1 either way. `http2` needs a certificate (`domain`) and a provider that knows `originHttpVersion`",
      because: "h2-via-cloudfront always asks for HTTP/2",
    }),
  protocol: enumValue(["http", "https"], {
    synonyms: { http: ["plain", "80"], https: ["tls", "ssl", "443"] },
  })
    .default(defaults.origin.protocol)
    .register(abouts, { means: "Between the load balancer and the tasks" }),
  secret: secret.prefault({}),
  timeouts: timeouts.prefault({}),
});

/** AWS allows 50 tags a resource; the rest is left to the components. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const maximumTags = 45;

const tags = z.record(
  patternValue(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu, {
    values: "name",
    allowed: "up to 128 letters, digits, spaces and _ . : / = + - @, not starting with aws:",
  }),
  patternValue(/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u, {
    values: "text",
    allowed: "text of up to 256 letters, digits, spaces and _ . : / = + - @",
  }),
);

/** What people call the variants. */
const variantWords = {
  "h1-via-cloudfront": ["cloudfront", "cdn", "http1", "http1.1"],
  "h2-via-cloudfront": ["cloudfront-http2", "http2-cloudfront"],
  "grpc-via-cloudfront": ["grpc", "cloudfront-grpc"],
  "h2-direct": ["http2", "alb", "load-balancer"],
};

/** The settings as they are typed, with defaults filled in. */
export const schema = z.strictObject({
  variant: enumValue(variantNames, { later: laterVariants, synonyms: variantWords }).register(
    abouts,
    {
      means: `The path. ${variantNames.map((name) => `\`${name}\`: ${variants[name].means}`).join(". ")}`,
    },
  ),
  domain: domain.optional(),
  network: network.prefault({}),
  service: service.prefault({}),
  services,
  loadBalancer: loadBalancer.optional(),
  grpc: grpc.prefault({}),
  origin: origin.prefault({}),
  viewers: viewers.prefault({}),
  signIn: signIn.optional(),
  waf: waf.prefault({}),
  site: site.optional(),
  logs: logs.prefault({}),
  alarms: alarms.prefault({}),
  dashboard: dashboard.prefault({}),
  detection: detection.prefault({}),
  deletionProtection: booleanValue().default(defaults.deletionProtection).register(abouts, {
    means:
      "Until this is false again, nothing of the stack is destroyed, and what holds data or a public name is not deleted or replaced ([docs/teardown.md](teardown.md))",
  }),
  tags: tags.default({}).register(abouts, {
    example: { environment: "prod" },
    means: "Tags on every resource; at most 45",
  }),
});

/** The settings as they are typed, with defaults filled in. */
export type Keys = z.output<typeof schema>;
