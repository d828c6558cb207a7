/** What a variant needs, and keys that mean nothing in it. */
import { variantsTaking } from "../../path/variants";
import { keys } from "../keys";
import { sentenceList } from "../names";
import { maximumAccepted } from "../groups/secret";
import { hasLoadBalancer } from "./loadBalancer";
import type { SettingsChange, SettingsRule } from "./rule";

const nameIt = { set: "domain.name", to: "app.example.com" } as const;

/**
 * Viewers call the load balancer over HTTPS, and a target group of HTTP/2 or gRPC needs an HTTPS
 * listener: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
const httpsListenerNeedsDomain: SettingsRule = (view) => {
  const { edge, target } = view.row;
  if (hasLoadBalancer(view) || (edge && target === "HTTP1")) return [];
  if (view.get("domain.name") !== undefined) return [];
  return [
    {
      key: "domain",
      expected: `a domain: ${view.get("variant")} has an HTTPS listener, and its certificate needs a name (give an existing certificate in domain.loadBalancerCertificateArn)`,
      change: nameIt,
    },
  ];
};

/**
 * Nobody can get a certificate for a load balancer's own name, and CloudFront refuses one that
 * names neither the origin nor the host that the viewer called.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
 */
const publicOriginNeedsDomain: SettingsRule = (view) =>
  !hasLoadBalancer(view) &&
  view.row.edge !== undefined &&
  view.row.target === "HTTP1" &&
  view.get("origin.access") === "prefix-list" &&
  view.get("domain.name") === undefined
    ? [
        {
          key: "domain",
          expected:
            "a domain: CloudFront reaches a public load balancer over HTTPS only, and its certificate needs a name; without a domain choose a VPC origin",
          change: { either: [nameIt, { set: "origin.access", to: "vpc-origin" }] },
        },
      ]
    : [];

/** CloudFront speaks HTTP/2 to an origin over TLS only: `edgeHttp2Conditions` in path/edgeToOrigin.ts. */
const http2ToOriginNeedsDomain: SettingsRule = (view) =>
  view.row.edge !== undefined &&
  view.row.target === "HTTP1" &&
  view.get("origin.httpVersion") === "http2" &&
  view.get("origin.access") === "vpc-origin" &&
  view.get("domain.name") === undefined
    ? [
        {
          key: "origin.httpVersion",
          expected:
            "http1.1, or a domain: CloudFront speaks HTTP/2 to a load balancer over HTTPS only, and its certificate needs a name",
          change: { either: [nameIt, { remove: "origin.httpVersion" }] },
        },
      ]
    : [];

const meansNothing: SettingsRule = (view) => {
  const variant = view.get("variant");
  return keys
    .filter(({ name }) => view.given(name) && !variantsTaking(name).includes(variant))
    .map(({ name, about }) => ({
      key: name,
      expected:
        `nothing: only ${onlyUsers(variantsTaking(name))} it, and this stack is ${variant}` +
        (about.because === undefined ? "" : `; ${about.because}`),
      change: { remove: name },
    }));
};

function onlyUsers(names: readonly string[]): string {
  return `${sentenceList(names)} ${names.length === 1 ? "uses" : "use"}`;
}

/** A connection that the load balancer has closed already costs a request its first try. */
const keepAliveBelowIdle: SettingsRule = (view) => {
  if (!view.row.edge) return [];
  const idle = view.get("origin.timeouts.idle");
  const keepAlive = view.get("origin.timeouts.keepAlive");
  if (keepAlive < idle) return [];
  return [
    {
      key: "origin.timeouts.keepAlive",
      expected:
        "less than origin.timeouts.idle, so that CloudFront drops an idle connection before the load balancer does",
      change:
        idle > 1
          ? { set: "origin.timeouts.keepAlive", to: String(idle - 1) }
          : { set: "origin.timeouts.idle", to: String(keepAlive + 1) },
    },
  ];
};

/** A version that is sent and not accepted makes every request a 403. */
const sentSecretIsAccepted: SettingsRule = (view) => {
  if (!view.row.edge) return [];
  const send = view.get("origin.secret.send");
  const accept = view.get("origin.secret.accept");
  if (accept.includes(send)) return [];
  return [
    {
      key: "origin.secret.accept",
      expected:
        "a list that holds origin.secret.send: the load balancer answers 403 to a version it does not accept",
      change: accepting(accept, send),
    },
  ];
};

/** The list with one more version, written out: until it is set it is the default. */
function accepting(accept: readonly number[], send: number): SettingsChange {
  const kept = accept.slice(0, maximumAccepted - 1);
  return {
    all: [...kept, send].map((version, entry) => ({
      set: "origin.secret.accept",
      entry,
      to: String(version),
    })),
  };
}

/** In the order they are listed. */
export const variantRules: readonly SettingsRule[] = [
  httpsListenerNeedsDomain,
  publicOriginNeedsDomain,
  http2ToOriginNeedsDomain,
  meansNothing,
  keepAliveBelowIdle,
  sentSecretIsAccepted,
];
