/** What is wrong with a path's sign-in. Plain values to plain values. */
import { hasSecondGroup } from "../../path/deployments";
import { listenerPriorities } from "../../path/listenerRules";
import { callbackPath, isHttpsUrl } from "../../path/signIn";
import type { PathSpec } from "../../path/types";
import { calledPorts } from "../../topology/authentication";
import { patternCovers, patternsMeet } from "../../topology/patterns";
import { defaults } from "../../path/defaults";
import { grpcPatterns } from "../edge/behaviors";
import type { SignInArgs } from "../service/signIn";
import type { PathPlanArgs } from "./planArgs";
import {
  pathPattern,
  type PlannedService,
  type ServiceBehavior,
  siteByDefault,
} from "./servicesPlan";

/** Ports of the provider that the load balancer calls. Cognito's are known. */
export const providerPorts = ({ oidc }: Pick<SignInArgs, "oidc">): number[] =>
  oidc === undefined ? [443] : calledPorts(oidc);

/** What brings users back to the load balancer, where a site could answer instead. */
export function callbackBehaviors({ signIn, site }: PathPlanArgs): ServiceBehavior[] {
  const mayMiss =
    siteByDefault(site) || site?.paths.some((path) => patternsMeet(path, callbackPath));
  return signIn !== undefined && mayMiss ? [{ pathPattern: callbackPath, grpc: false }] : [];
}

/** Every problem of `signIn`, one text each. */
export function signInProblems(
  args: PathPlanArgs,
  spec: PathSpec,
  services: readonly PlannedService[],
): string[] {
  const { signIn } = args;
  const asking = services.filter(({ name }) => args.services?.[name]?.signIn === true);
  if (signIn === undefined)
    return asking.map(({ name }) =>
      args.listener === undefined
        ? `services.${name}.signIn needs signIn, which says who signs users in.`
        : `services.${name}.signIn: nobody can sign in to services at a load balancer that exists, ` +
          `as the stack cannot open its way to the identity provider. Leave it out; in your own ` +
          `program ListenerService takes signIn.`,
    );
  return [
    ...providerProblems(signIn),
    ...listenerProblems(signIn, asking, spec),
    ...pathProblems(args, signIn),
    ...serviceProblems(args, signIn, services),
    ...siteProblems(args, signIn),
    ...deploymentProblems(args, signIn, asking),
  ];
}

function providerProblems({ oidc, cognito, sessionSeconds = 1 }: SignInArgs): string[] {
  const urls = Object.entries(oidc ?? {}).filter(([key]) => /^issuer$|Endpoint$/.test(key));
  return [
    ...((oidc === undefined) === (cognito === undefined)
      ? ["signIn needs oidc or cognito, and only one of them: it says who signs users in."]
      : []),
    ...urls
      .filter(([, url]) => !(typeof url === "string" && isHttpsUrl(url)))
      .map(([key]) => `signIn.oidc.${key}: expected a full URL that begins with https://.`),
    ...(Number.isInteger(sessionSeconds) && sessionSeconds >= 1 && sessionSeconds <= 604_800
      ? []
      : ["signIn.sessionSeconds: expected a whole number from 1 to 604800."]),
  ];
}

/**
 * "The only supported action type for listener rules is forward", of HTTP2 and GRPC groups:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
function listenerProblems(
  { paths = [] }: SignInArgs,
  asking: readonly PlannedService[],
  { listener, target }: PathSpec,
): string[] {
  const only = "AWS takes no sign-in in front of a target group of HTTP/2 or gRPC";
  return [
    ...(listener.protocol === "HTTPS"
      ? []
      : [
          "signIn needs an HTTPS listener, and this path's is plain HTTP: set domain.name, so that " +
            "the load balancer has a certificate.",
        ]),
    ...(paths.length > 0 && target.protocolVersion !== "HTTP1"
      ? [
          `signIn.paths: ${only}, and that of \`service\` is ${target.protocolVersion}. Use the ` +
            `variant h1-via-cloudfront, or give the paths to one of \`services\` with protocol: http1 ` +
            `and signIn: true.`,
        ]
      : []),
    ...asking
      .filter(({ protocol }) => protocol !== "http1")
      .map(
        ({ name, protocol }) =>
          `services.${name}.signIn: ${only}, and its protocol is ${protocol}. Set ` +
          `services.${name}.protocol to http1, or leave signIn out.`,
      ),
    ...(paths.length + asking.length > 0
      ? []
      : [
          "signIn asks nobody: give signIn.paths (`/*` for every path), or set " +
            "services.NAME.signIn to true.",
        ]),
  ];
}

function pathProblems({ grpc }: PathPlanArgs, { paths = [] }: SignInArgs): string[] {
  const ofGrpc = grpcPatterns(grpc?.services ?? []);
  return paths.flatMap((path) => {
    if (!pathPattern.test(path))
      return [
        `signIn.paths lists "${path}": expected a path pattern of at most 128 characters that ` +
          `starts with a slash, such as /account/*.`,
      ];
    return ofGrpc
      .filter((pattern) => patternsMeet(path, pattern))
      .map(
        (pattern) =>
          `signIn.paths lists "${path}", which takes the gRPC calls at ${pattern}: their callers ` +
          `cannot sign in in a browser. Make it narrower.`,
      );
  });
}

/** A service's own rules are evaluated first: whether they ask for sign-in has to be said. */
function serviceProblems(
  args: PathPlanArgs,
  { paths = [] }: SignInArgs,
  services: readonly PlannedService[],
): string[] {
  return services.flatMap(({ name, routes }) => {
    const met = routes.flatMap((route) =>
      paths
        .filter((path) => patternsMeet(path, route.path ?? "*"))
        .map((path) => ({ path, route })),
    );
    const [first] = met;
    const late = routes.find(({ priority }) => priority >= listenerPriorities.signIn.from);
    return [
      ...(first !== undefined && args.services?.[name]?.signIn === undefined
        ? [
            `services.${name} gets requests for ${first.path}, which signIn.paths lists: set ` +
              `services.${name}.signIn to true, or to false if everybody may make them.`,
          ]
        : []),
      ...(late !== undefined && paths.length > 0
        ? [
            `services.${name}.priority: with signIn.paths it may be at most ` +
              `${listenerPriorities.signIn.from - 1}, so that the service's rules are evaluated before them.`,
          ]
        : []),
    ];
  });
}

/**
 * ECS moves requests in one rule, and AWS does not document what it makes of one that asks for
 * sign-in first.
 */
function deploymentProblems(
  { service, services }: PathPlanArgs,
  { paths = [] }: SignInArgs,
  asking: readonly PlannedService[],
): string[] {
  const text = (key: string, at: string): string =>
    `${key} cannot be used with two target groups (${at}.deployment): the rule for it would keep ` +
    `its requests at the old tasks. Set ${at}.deployment.strategy to rolling.`;
  return [
    ...(paths.length > 0 && hasSecondGroup(service?.deployment)
      ? [text("signIn.paths", "service")]
      : []),
    ...asking
      .filter(({ name }) => hasSecondGroup(services?.[name]?.deployment))
      .map(({ name }) => text(`services.${name}.signIn`, `services.${name}`)),
  ];
}

/** CloudFront sends the site's requests to S3, where nobody is asked to sign in. */
function siteProblems({ site }: PathPlanArgs, { paths = [] }: SignInArgs): string[] {
  if (site === undefined) return [];
  const others = site.paths;
  const byDefault = site.byDefault ?? defaults.site.byDefault;
  return paths.flatMap((path) => {
    if (byDefault === "site")
      return others.some((other) => patternCovers(other, path))
        ? []
        : [
            `signIn.paths lists "${path}", which the site answers, and CloudFront asks nobody to ` +
              `sign in: list the path in site.paths, so that it goes to the service.`,
          ];
    return others
      .filter((other) => patternCovers(other, path))
      .map(
        (other) =>
          `signIn.paths lists "${path}", which the site answers (site.paths: ${other}), and ` +
          `CloudFront asks nobody to sign in. Take it out of one of them.`,
      );
  });
}
