/** What a variant needs, and keys that mean nothing in it. */
import { keys } from "../keys";
import type { Rule } from "./rule";

const nameIt = { set: "domain.name", to: "app.example.com" } as const;

/** HTTP/2 needs an HTTPS listener, and that a certificate. */
const directNeedsDomain: Rule = (view) =>
  view.get("variant") === "h2-direct" && view.get("domain.name") === undefined
    ? [
        {
          key: "domain",
          expected:
            "a domain: h2-direct has an HTTPS listener, and its certificate needs a name (give an existing certificate in domain.loadBalancerCertificateArn)",
          change: nameIt,
        },
      ]
    : [];

/**
 * Nobody can get a certificate for a load balancer's own name, and CloudFront refuses one that
 * names neither the origin nor the host that the viewer called.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
 */
const publicOriginNeedsDomain: Rule = (view) =>
  view.get("variant") === "h1-via-cloudfront" &&
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

const meansNothing: Rule = (view) => {
  const variant = view.get("variant");
  return keys
    .filter(({ name, about }) => view.given(name) && about.variant && about.variant !== variant)
    .map(({ name, about }) => ({
      key: name,
      expected:
        `nothing: only ${about.variant ?? ""} uses it, and this stack is ${variant}` +
        (about.because === undefined ? "" : `; ${about.because}`),
      change: { remove: name },
    }));
};

/**
 * The certificate for *.cloudfront.net fixes the security policy at TLSv1.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValues-security-policy
 */
const minimumTlsNeedsDomain: Rule = (view) =>
  view.get("variant") === "h1-via-cloudfront" &&
  view.get("domain.name") === undefined &&
  view.given("viewers.minimumTls")
    ? [
        {
          key: "viewers.minimumTls",
          expected:
            "nothing: without a domain viewers get CloudFront's own certificate, which leaves no choice of TLS version",
          change: { either: [{ remove: "viewers.minimumTls" }, nameIt] },
        },
      ]
    : [];

/** A connection that the load balancer has closed already costs a request its first try. */
const keepAliveBelowIdle: Rule = (view) => {
  if (view.get("variant") !== "h1-via-cloudfront") return [];
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
const sentSecretIsAccepted: Rule = (view) => {
  if (view.get("variant") !== "h1-via-cloudfront") return [];
  const send = view.get("origin.secret.send");
  const accept = view.get("origin.secret.accept");
  if (accept.includes(send)) return [];
  return [
    {
      key: "origin.secret.accept",
      expected:
        "a list that holds origin.secret.send: the load balancer answers 403 to a version it does not accept",
      change: view.given("origin.secret.accept")
        ? { set: "origin.secret.accept", entry: accept.length, to: String(send) }
        : { set: "origin.secret.send", to: String(accept[0]) },
    },
  ];
};

/** In the order they are listed. */
export const variantRules: readonly Rule[] = [
  directNeedsDomain,
  publicOriginNeedsDomain,
  meansNothing,
  minimumTlsNeedsDomain,
  keepAliveBelowIdle,
  sentSecretIsAccepted,
];
