/**
 * What is planned of the services that get some of a path's requests. Plain values to plain values;
 * of an `Input` only its presence is used.
 */
import { appSocket } from "../../path/appSocket";
import { defaults } from "../../path/defaults";
import type { PathSpec } from "../../path/types";
import { protocolOf, type ServiceProtocol, serviceSpec } from "../../path/variants";
import { type Finding, refuses } from "../../rules/finding";
import { resolvePath } from "../../rules/resolve";
import { patternsMeet } from "../../topology/patterns";
import { type Route, routeProblems, routesOf } from "../service/routes";
import { maxNameLength } from "./names";
import type { PathPlanArgs } from "./planArgs";
import { serviceProblems } from "./serviceProblems";

/** A service that can be built. */
export interface PlannedService {
  /** The key in `services`. */
  readonly name: string;
  readonly protocol: ServiceProtocol;
  /** That of the path's own target group. */
  readonly usual: ServiceProtocol;
  readonly spec: PathSpec;
  readonly routes: readonly Route[];
}

/** The services, each with its path. */
export function planServices(
  spec: PathSpec,
  { services = {}, listener }: PathPlanArgs,
): PlannedService[] {
  return Object.entries(services).map(([name, service]) => {
    const usual = protocolOf(spec);
    const protocol = service.protocol ?? usual;
    const ports = {
      ...{ servicePort: service.port, appPort: service.app?.port },
      appSocket: appSocket(service.app),
    };
    const routes = routesOf(service, listener?.priorities);
    return { name, protocol, usual, spec: serviceSpec(spec, protocol, ports), routes };
  });
}

/** Findings of the services' paths that are not those of the path itself. */
export function serviceFindings(
  services: readonly PlannedService[],
  ofPath: readonly Finding[],
): Finding[] {
  return services.flatMap(({ name, spec, protocol, usual }) =>
    resolvePath(spec)
      .findings.filter(({ code }) => !ofPath.some((other) => other.code === code))
      .map((finding) =>
        refuses(finding) && protocol !== usual
          ? { ...finding, change: `Set services.${name}.protocol: ${usual}.` }
          : finding,
      )
      .map((finding) => ({ ...finding, message: `services.${name}: ${finding.message}` })),
  );
}

/** A behaviour of CloudFront for some of the services' requests. */
export interface ServiceBehavior {
  readonly pathPattern: string;
  readonly grpc: boolean;
}

/**
 * The behaviours that CloudFront needs for the services, in the order in which the listener asks
 * its rules: where the default behaviour is the site's, or lets gRPC through where the service has
 * none, or the other way round. A path that overlaps with such a one needs its own as well.
 */
export function serviceBehaviors(
  { edge }: PathSpec,
  services: readonly PlannedService[],
  { site }: PathPlanArgs,
): ServiceBehavior[] {
  if (edge === undefined) return [];
  const bySite = siteByDefault(site);
  const all = services
    .flatMap(({ protocol, routes }) =>
      routes.map(({ path, priority }) => ({
        pathPattern: path,
        priority,
        grpc: protocol === "grpc",
      })),
    )
    .sort((a, b) => a.priority - b.priority)
    .flatMap(({ pathPattern, grpc }) => (pathPattern === undefined ? [] : [{ pathPattern, grpc }]));
  const once = all.filter(
    (one, i) => all.findIndex(({ pathPattern }) => pathPattern === one.pathPattern) === i,
  );
  const needed = once.filter(({ grpc }) => bySite || grpc !== edge.grpc);
  return once.filter(
    (one) =>
      needed.includes(one) ||
      needed.some((other) => patternsMeet(one.pathPattern, other.pathPattern)),
  );
}

/** True where the site answers what no path is listed for. */
export const siteByDefault = (site: PathPlanArgs["site"]): boolean =>
  site !== undefined && (site.byDefault ?? defaults.site.byDefault) === "site";

// What AWS takes in a rule's conditions:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
export const pathPattern = /^[/*?][A-Za-z0-9_.$/~"'@:+*?&-]{0,127}$/;
const hostPattern =
  /^(?=.{1,128}$)(?:\*|[a-z0-9*?](?:[a-z0-9*?-]*[a-z0-9*?])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** Every problem of `services`, one text each. */
export function servicesProblems(
  name: string,
  args: PathPlanArgs,
  spec: PathSpec,
  planned: readonly PlannedService[],
): string[] {
  return [
    ...planned.flatMap((one) => ownProblems(name, one, args, spec)),
    ...planned.flatMap(({ name: key, spec: { target } }) =>
      serviceProblems(
        `services.${key}`,
        args.services?.[key],
        args.placement,
        target.protocolVersion === "GRPC" ? `services.${key}.grpcHealthCheckPath` : undefined,
      ),
    ),
    ...routeProblems(Object.fromEntries(planned.map((one) => [one.name, one.routes]))),
  ];
}

function ownProblems(
  name: string,
  planned: PlannedService,
  args: PathPlanArgs,
  spec: PathSpec,
): string[] {
  const { name: key, routes } = planned;
  const {
    paths = [],
    hosts = [],
    priority,
    grpcHealthCheckPath = defaults.grpc.healthCheckPath,
  } = args.services?.[key] ?? {};
  const at = `services.${key}`;
  const room = maxNameLength - name.length - 1;
  const badPaths = paths.filter((path) => !pathPattern.test(path));
  const badHosts = hosts.filter((host) => !hostPattern.test(host));
  const noBehavior = paths.length > 0 ? undefined : behaviorProblem(planned, spec, args);
  return [
    ...(/^(?!grpc$)[a-z][a-z0-9-]*$/.test(key) && key.length <= room
      ? []
      : [
          `${at}: expected a name of small letters, digits and hyphens, a letter first, not grpc, with ` +
            `${room} characters at most: it is part of the target group's name.`,
        ]),
    ...(paths.length + hosts.length > 0
      ? []
      : [`${at} needs paths or hosts: what no service asks for goes to \`service\`.`]),
    ...badPaths.map(
      (path) =>
        `${at}.paths lists "${path}": expected a path pattern of at most 128 characters that starts ` +
        `with a slash, such as /api/*.`,
    ),
    ...badHosts.map(
      (host) =>
        `${at}.hosts lists "${host}": expected a host name, such as api.example.com, or one for ` +
        `many, such as *.example.com.`,
    ),
    ...(hosts.length > 0 && args.domain === undefined && args.listener === undefined
      ? [`${at}.hosts needs domain.name: without a domain viewers call a name of AWS's.`]
      : []),
    ...(priority === undefined || (priority >= 1 && priority + routes.length - 1 < 49_999)
      ? []
      : [`${at}.priority is ${priority}: expected a number from 1 to 49998.`]),
    ...(noBehavior === undefined ? [] : [noBehavior]),
    ...(planned.spec.target.protocolVersion === "GRPC" ||
    grpcHealthCheckPath === defaults.grpc.healthCheckPath
      ? []
      : [
          `${at}.grpcHealthCheckPath has no effect: its protocol is ${planned.protocol}, and its group is ` +
            `checked over HTTP. Set ${at}.healthCheckPath, or leave it out.`,
        ]),
  ];
}

/** A service without paths has the default behaviour: CloudFront tells requests apart by paths. */
function behaviorProblem(
  { name, protocol }: PlannedService,
  { edge }: PathSpec,
  { site, listener }: PathPlanArgs,
): string | undefined {
  // Behaviours of a distribution that exists are not the stack's.
  if (edge === undefined || listener !== undefined) return undefined;
  const bySite = siteByDefault(site);
  if (!bySite && edge.grpc === (protocol === "grpc")) return undefined;
  const why = bySite ? "the site answers all other paths" : `its protocol is ${protocol}`;
  return `services.${name} needs paths: ${why}, and CloudFront tells requests apart by their paths.`;
}
