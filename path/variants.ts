/**
 * The variants, a row each. What a variant is called, what it fixes and which settings it takes is
 * written here and nowhere else; docs/contributing-variant.md says how to add one.
 */
import type { EdgeSpec, PathSpec } from "./types";
import type { DirectChoices, VariantChoices, ViaCloudfrontChoices } from "./variantChoices";
import { directSpec, type VariantTraits, viaCloudfrontSpec } from "./variantSpecs";

export { grpcCallsSpec, protocolOf, type ServiceProtocol, serviceSpec } from "./variantSpecs";

/** One variant. */
export interface VariantRow extends VariantTraits {
  /** Name of its component's class. It is part of the type token, so it is never changed. */
  readonly component: string;
  /** What it is, in one line without a full stop, for documents and messages. */
  readonly means: string;
  /**
   * Settings that not every variant takes: keys (`origin.access`) or groups of keys (`site`). A
   * setting that no row lists is one that all variants take.
   */
  readonly settings: readonly string[];
  /** The path that its traits and the choices come to. */
  readonly spec: (traits: VariantTraits, choices: VariantChoices) => PathSpec;
}

/** Settings about CloudFront. */
const cloudfrontSettings = [
  "domain.edgeCertificateArn",
  "domain.edgeCertificateNames",
  "origin.access",
  "origin.secret",
  "origin.timeouts.read",
  "origin.timeouts.keepAlive",
  "viewers.httpVersions",
  "viewers.countries",
  "viewers.password",
  "viewers.errorPages",
  "viewers.redirects",
  "viewers.maintenance.retryAfter",
  "site",
  "logs.edge",
  "logs.edgeFormat",
  "alarms.edgeTopicArn",
] as const;

const rows = {
  "h1-via-cloudfront": {
    component: "H1ViaCloudfront",
    means: "CloudFront in front of a load balancer that admits nobody else; HTTP/1.1 to nginx",
    edge: { grpc: false },
    target: "HTTP1",
    accepts: ["HTTP/1.1"],
    mustWork: ["http"],
    settings: [
      ...cloudfrontSettings,
      "origin.httpVersion",
      "grpc.services",
      "grpc.healthCheckPath",
      "waf.inspectedBodyKiB",
    ],
    spec: viaCloudfrontSpec,
  },
  "h2-via-cloudfront": {
    component: "H2ViaCloudfront",
    means: "CloudFront in front of a load balancer that admits nobody else; HTTP/2 to nginx",
    edge: { grpc: false, originHttpVersion: "http2" },
    target: "HTTP2",
    // As for h2-direct.
    accepts: ["HTTP/2", "HTTP/1.1"],
    mustWork: ["http"],
    settings: [...cloudfrontSettings, "grpc.services", "waf.inspectedBodyKiB"],
    spec: viaCloudfrontSpec,
  },
  "grpc-via-cloudfront": {
    component: "GrpcViaCloudfront",
    means: "CloudFront in front of a load balancer that admits nobody else; gRPC to the app",
    edge: { grpc: true },
    target: "GRPC",
    // As for h2-direct.
    accepts: ["HTTP/2", "HTTP/1.1"],
    mustWork: ["grpc"],
    settings: [...cloudfrontSettings, "grpc.healthCheckPath"],
    spec: viaCloudfrontSpec,
  },
  "h2-direct": {
    component: "H2Direct",
    means: "HTTP/2 from the viewer to nginx, without CloudFront",
    target: "HTTP2",
    // nginx with `http2 on` answers both on one port; the target group decides that it is HTTP/2.
    accepts: ["HTTP/2", "HTTP/1.1"],
    mustWork: ["http"],
    settings: ["viewers.redirectHttp", "grpc.services"],
    spec: directSpec,
  },
} as const satisfies Record<string, VariantRow>;

/** Name of a variant: what a stack writes into `hopwise:variant`. */
export type Variant = keyof typeof rows;

/** The row of each variant. */
export const variants: Readonly<Record<Variant, VariantRow>> = rows;

/** The names, in the order in which people read them. */
export const variantNames = Object.keys(rows) as readonly Variant[];

/** Names that are not variants yet, so that an error can say so. A row takes its name off this list. */
export const laterVariants: readonly string[] = [];

/** The path that a variant's choices come to. */
export function variantSpec(variant: Variant, choices: VariantChoices): PathSpec {
  const row = variants[variant];
  return row.spec(row, choices);
}

/** The variants that take a setting: those whose rows list it or its group; all where none does. */
export function variantsTaking(setting: string): readonly Variant[] {
  const taking = variantNames.filter((name) =>
    variants[name].settings.some((own) => `${setting}.`.startsWith(`${own}.`)),
  );
  return taking.length === 0 ? variantNames : taking;
}

/** The path of `h1-via-cloudfront`. */
export const h1ViaCloudfrontSpec = (
  choices: ViaCloudfrontChoices,
): PathSpec & { readonly edge: EdgeSpec } =>
  viaCloudfrontSpec(variants["h1-via-cloudfront"], choices);

/** The path of `h2-direct`. */
export const h2DirectSpec = (choices: DirectChoices): PathSpec =>
  directSpec(variants["h2-direct"], choices);
