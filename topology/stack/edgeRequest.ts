/** What CloudFront makes of one request on its way to the origin, and what of that is not decided here. */
import type { PathRequest } from "../../path/types";
import type { RuleSubject } from "../matching";
import { block, blocks, text, texts } from "../props";
import type { Props } from "../resource";
import { selects } from "../selections";
import { type EdgeRoute, forwardsHost } from "../shares";
import { token } from "../tokens";
import type { Behaviour, Distribution, Origin } from "../types";
import { connecting, decisive } from "./provenance";
import type { Stack } from "./stack";
import { touches, type Unknown } from "./unknown";

/** A request with what decides its way. */
export interface StackRequest extends Omit<PathRequest, "entry" | "protocol"> {
  /** Host header, lower case, without a port. */
  readonly host: string;
  /** Port that the caller connects to. */
  readonly port: number;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: RuleSubject["headers"];
}

/** Headers that say of what kind a request is. */
export function kindHeaders({ kind }: StackRequest): RuleSubject["headers"] {
  if (kind === "grpc") return [["content-type", "application/grpc"]];
  return kind === "websocket"
    ? [
        ["upgrade", "websocket"],
        ["connection", "upgrade"],
      ]
    : [];
}

/** The request that CloudFront sends to the origin, as listener rules see it. */
export function viaEdge(
  { behaviour, distribution, origin }: EdgeRoute,
  request: StackRequest,
): RuleSubject {
  const { forwards } = behaviour;
  const root = request.path === "/" ? `/${distribution.defaultRootObject}` : request.path;
  const sent = request.headers.filter(([name]) => selects(forwards.headers, name.toLowerCase()));
  const ownAgent = selects(forwards.headers, "user-agent") ? [] : [["user-agent", agent] as const];
  return {
    method: request.method,
    host: forwardsHost(behaviour) ? request.host : origin.domainName,
    path: origin.path + root,
    query: request.query
      .split("&")
      .filter((pair) => pair !== "" && selects(forwards.queries, pair.split("=")[0] ?? ""))
      .join("&"),
    headers: [...origin.customHeaders, ...kindHeaders(request), ...sent, ...ownAgent],
    sourceIp: "",
  };
}

/**
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
const agent = "Amazon CloudFront";

/** Why it cannot be said where a behaviour sends a request, or whether it sends it at all. */
export function undecidedAtEdge(
  stack: Stack,
  distribution: Distribution,
  behaviour: Behaviour,
): string | undefined {
  const declared = stack.find(token.distribution, distribution.id);
  if (declared === undefined) return undefined;
  const deciding = [
    ...(decisive.distribution ?? []),
    ...(connecting[token.distribution] ?? []),
    ...["aliases", "httpVersion", "restrictions"],
    ...["viewerProtocolPolicy", "allowedMethods", "functionAssociations"].flatMap((setting) => [
      `defaultCacheBehavior.${setting}`,
      `orderedCacheBehaviors[].${setting}`,
    ]),
  ];
  const unknown = declared.unknown.find((one) => deciding.some((at) => touches(one, at)));
  if (unknown) return notKnown(stack, unknown);
  const own = behaviourProps(declared.known, behaviour);
  const signed = ["trustedKeyGroups", "trustedSigners"].some(
    (key) => texts(own, key).join("") !== "",
  );
  if (signed) return `the behaviour ${behaviour.pathPattern} asks for a signed URL or cookie`;
  const functions = ["functionAssociations", "lambdaFunctionAssociations"].flatMap((key) =>
    blocks(own, key).map((one) => text(one, "eventType") ?? "an event"),
  );
  const [before] = functions.filter((event) => event.endsWith("-request"));
  const known = behaviour.functions.viewerRequest?.front !== undefined;
  if (before && (!known || behaviour.functions.notRun !== undefined))
    return `a function at ${before} may answer, or change the request`;
  const lambdas = blocks(own, "lambdaFunctionAssociations");
  return lambdas.length > 0 ? "Lambda@Edge may change the response" : undefined;
}

function behaviourProps(distribution: Props, { pathPattern }: Behaviour): Props {
  const ordered = blocks(distribution, "orderedCacheBehaviors");
  const found = ordered.find((one) => text(one, "pathPattern") === pathPattern);
  return found ?? block(distribution, "defaultCacheBehavior") ?? {};
}

/** The second origin that CloudFront asks where the first answers with this status, if any. */
export function failoverOrigin(
  { distribution, behaviour }: EdgeRoute,
  { method }: Pick<StackRequest, "method">,
  status: number,
): Origin | undefined {
  const { failover } = behaviour;
  if (!failover?.statusCodes.includes(status)) return undefined;
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
  return ["GET", "HEAD", "OPTIONS"].includes(method)
    ? distribution.origins.get(failover.originId)
    : undefined;
}

/** In words. */
export const notKnown = (stack: Stack, { urn, property }: Unknown): string =>
  `${property} of ${stack.get(urn)?.name ?? urn} is not known before the deployment`;
