/** What one request to a URL of a stack gets. */
import { answerText } from "../cli/show/answers";
import { withoutSecrets } from "../cli/plan/secrets";
import { refusedAtEdge } from "../path/answerEdge";
import { countryRefused } from "../path/front";
import { edgeOffers, listenerOffers } from "../path/protocols";
import { typicalProtocol } from "../path/typical";
import type { PathAnswer, PathRequest, RequestKind } from "../path/types";
import { edgeSpec } from "../topology/hopSpecs";
import { failoverOrigin, type StackRequest } from "../topology/stack/edgeRequest";
import { requestRoute, type RequestRoute } from "../topology/stack/requestRoute";
import type { EdgeRoute } from "../topology/shares";
import { actionAnswer, noListenerAnswer, type Said, unknown } from "./listenerAnswer";
import { calledUrl, type CalledUrl } from "./calledUrl";
import type { Answer, AnswerStatus, RequestOptions } from "./types";
import { nameOf, type View } from "./view";

/** @throws Error if the name in the URL is not one of the stack's */
export function answerIn(view: View, url: string, options: RequestOptions = {}): Answer {
  const called = calledUrl(view, url, options.connectTo);
  const { evaluation, plan } = view;
  const refused = plan.refusals[0]?.message ?? plan.findings.find((one) => one.refused)?.message;
  const said =
    refused === undefined
      ? ask(view, called, requestTo(called, options), options)
      : unknown(nameOf(view, called.entry), `the program is refused: ${refused}`);
  const { got, by, assumed = [] } = said;
  const answer = {
    ...{ status: statusOf(got), by, why: got.why, travelled: got.travelled },
    assumed: [...new Set(assumed)],
  };
  return withoutSecrets(answer, evaluation.secrets);
}

/** The status, or the words for an answer without one. */
export function statusOf(got: Pick<PathAnswer, "outcome" | "status">): AnswerStatus {
  return got.outcome === "answered" && got.status !== undefined
    ? got.status
    : (answerText(got) as AnswerStatus);
}

function requestTo(called: CalledUrl, options: RequestOptions): StackRequest {
  const { host, port, path, query, tls, websocket } = called;
  const kind: RequestKind = options.kind ?? (websocket ? "websocket" : "http");
  return {
    ...{ host, port, path, query, tls, kind },
    method: options.method ?? (kind === "grpc" ? "POST" : "GET"),
    headers: Object.entries(options.headers ?? {}),
    from: options.from,
    signedIn: options.signedIn,
    country: options.country?.toUpperCase(),
    password: options.password,
    clientCertificate: options.clientCertificate,
  };
}

function ask(view: View, called: CalledUrl, request: StackRequest, options: RequestOptions): Said {
  const { entry } = called;
  if ("domainName" in entry && request.port !== (request.tls ? 443 : 80))
    return notOffered(nameOf(view, entry), request);
  const route = requestRoute(view.stack, entry, request);
  const asked = pathRequest(route, request, options);
  const { edge } = route;
  const first = edge && refusedAtEdge(edgeSpec(edge, {}), asked);
  if (edge && first) return stopped(view, edge, request, first);
  return afterwards(view, edge, request, reached(view, called, route, asked));
}

/**
 * CloudFront's own answer. An error page is for the geographic restriction's too:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html
 */
function stopped(view: View, edge: EdgeRoute, request: StackRequest, got: PathAnswer): Said {
  const said = { got, by: nameOf(view, edge.distribution) };
  const { countries } = edge.distribution;
  const refused = countries !== undefined && countryRefused(countries, request.country);
  return refused ? afterwards(view, edge, request, said) : said;
}

/** CloudFront listens on 80 without TLS and on 443 with it, whatever the program says. */
function notOffered(by: string, { port, tls }: StackRequest): Said {
  if (port === 80 || port === 443)
    return unknown(
      by,
      `AWS does not document what ${tls ? "TLS" : "plain HTTP"} on port ${port} gets`,
    );
  const why = "CloudFront listens on the ports 80 and 443 only";
  return { got: { reaches: false, outcome: "refused", at: "cloudfront", travelled: [], why }, by };
}

function pathRequest(
  route: RequestRoute,
  {
    kind,
    method,
    tls,
    from,
    signedIn,
    country,
    password,
    clientCertificate,
    host,
    path,
  }: StackRequest,
  { protocol }: RequestOptions,
): PathRequest {
  return {
    clientCertificate,
    ...{ kind, method, tls, from, signedIn, country, password, host, path, entry: "front" },
    protocol: protocol ?? (tls ? typicalProtocol(offered(route), kind) : "HTTP/1.1"),
  };
}

/** What the caller is offered over TLS. */
function offered(route: RequestRoute) {
  if (route.edge) return edgeOffers[edgeSpec(route.edge, {}).httpVersion];
  return route.kind === "action"
    ? listenerOffers({ protocol: "HTTPS", http2: route.loadBalancer.http2 })
    : (["HTTP/2", "HTTP/1.1"] as const);
}

function reached(view: View, called: CalledUrl, route: RequestRoute, asked: PathRequest): Said {
  switch (route.kind) {
    case "unknown":
      return unknown(nameOf(view, route.edge?.distribution ?? called.entry), route.why);
    case "no-listener":
      return noListenerAnswer(view, route, asked);
    case "action":
      return actionAnswer(view, route, asked, called.host);
    case "origin": {
      const { bucket, domainName } = route.edge.origin;
      const { names } = view;
      return bucket
        ? unknown(
            `bucket ${names.nameOf(bucket.name) ?? bucket.name}`,
            "the bucket's objects decide it",
          )
        : unknown(`origin ${domainName}`, "the origin is not a load balancer of the stack");
    }
  }
}

/** What CloudFront makes of the origin's answer: another origin, or an error page. */
function afterwards(
  view: View,
  edge: EdgeRoute | undefined,
  request: StackRequest,
  said: Said,
): Said {
  const { status = 0 } = said.got;
  if (edge === undefined) return said;
  const assumed = [...(said.assumed ?? []), ...assumedOf(edge, request)];
  if (said.got.reaches || status < 400) return { ...said, assumed };
  const { distribution } = edge;
  const by = nameOf(view, distribution);
  const second = failoverOrigin(edge, request, status);
  if (second) return unknown(by, `after a ${status} the origin group asks the origin ${second.id}`);
  const page = distribution.errorPages.get(status);
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html
  if (page?.path === undefined || request.kind === "grpc") return { ...said, assumed };
  const why = `${said.got.why}; the distribution answers a ${status} with its page ${page.path}`;
  const got = { ...said.got, status: page.status ?? status, at: "cloudfront", why } as const;
  return { got, by, assumed };
}

/** What else a distribution could do with a request, and is not followed. */
function assumedOf({ distribution }: EdgeRoute, { country }: StackRequest): string[] {
  const restricted = distribution.countries !== undefined && country === undefined;
  return [
    ...(distribution.webAcl === true ? ["The web ACL lets the request pass."] : []),
    ...(restricted ? ["The geographic restriction allows the viewer's country."] : []),
  ];
}
