/**
 * What a behaviour does with a request, in CloudFront's order: function, cache, origin, custom
 * error page, response headers, function.
 */
import { Readable } from "node:stream";
import { isGrpc } from "../../../path/protocols";
import type { Behaviour, Distribution } from "../../../topology/types";
import { size, value } from "../http/headers";
import { hasBody, join, relay, writeHead } from "../http/reply";
import type { ProtocolSwitch, EdgeCache } from "./cache/cached";
import { type CacheRequest, normalised } from "./cache/key";
import { behaviourFor } from "../../../topology/matching";
import { type RoutedRequest, type Sources, fetchWithFailover } from "./fetch";
import type { FunctionContext } from "./functions/apply";
import { edgeHeaders } from "./headers";
import type { EdgeRefusal } from "./decisions";
import { errorOutcome, type Outcome, toAnswer } from "./outcome";
import { applyPolicy } from "./responseHeaders";
import { type EdgeRequestContext, recordOutcome } from "./requestContext";

/** What all requests share. */
export interface EdgeParts {
  readonly cache: EdgeCache;
  readonly sources: Sources;
  /** Called with what functions write to their console. */
  readonly onLog: (line: string) => void;
}

/**
 * Seconds for which a WebSocket may be idle.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html
 */
const webSocketIdleSeconds = 600;

/** Answers a request according to its behaviour. */
export async function deliver(
  context: EdgeRequestContext,
  distribution: Distribution,
  behaviour: Behaviour,
  parts: EdgeParts,
): Promise<void> {
  const { functions } = behaviour;
  const { viewer, requestId } = context;
  const functionContext: FunctionContext = { viewer, requestId, distribution, onLog: parts.onLog };
  const runner = functions.viewerRequest ?? functions.viewerResponse;
  const { onViewerRequest, onViewerResponse } = runner
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
      (require("./functions/apply") as typeof import("./functions/apply"))
    : { onViewerRequest: undefined, onViewerResponse: undefined };
  const { method, path, headers } = context;
  let head: CacheRequest | Outcome = { method, path, headers };
  if (functions.viewerRequest && onViewerRequest) {
    head = onViewerRequest(functions.viewerRequest, head, functionContext);
  }
  if ("status" in head) {
    context.request.resume();
    await write(context, behaviour, head);
    return;
  }
  const routed = routedRequest(context, distribution, behaviour, head);
  const responded = await respond(routed, parts);
  if ("switched" in responded) {
    await switchProtocol(context, responded);
    return;
  }
  const outcome = await withErrorPage(routed, responded, parts);
  const { viewerResponse } = functions;
  if (!viewerResponse || !onViewerResponse) {
    await write(context, behaviour, outcome);
    return;
  }
  const withPolicy = { ...outcome, headers: policyHeaders(context, behaviour, outcome) };
  const changed = onViewerResponse(viewerResponse, routed.head, withPolicy, functionContext);
  if (changed.body !== outcome.body) discard(outcome);
  await write(context, undefined, changed);
}

/** Answers with an error of CloudFront's own that can have a custom error page. */
export async function deliverError(
  context: EdgeRequestContext,
  distribution: Distribution,
  behaviour: Behaviour,
  refusal: EdgeRefusal,
  parts: EdgeParts,
): Promise<void> {
  const { method, path, headers, requestId } = context;
  context.request.resume();
  const routed = routedRequest(context, distribution, behaviour, { method, path, headers });
  const outcome = errorOutcome(refusal, requestId);
  await write(context, behaviour, await withErrorPage(routed, outcome, parts));
}

function routedRequest(
  context: EdgeRequestContext,
  distribution: Distribution,
  behaviour: Behaviour,
  { method, path, headers }: CacheRequest,
): RoutedRequest {
  const { request, viewer, requestId, clientAbort } = context;
  const root = distribution.defaultRootObject;
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
  const rooted = root === "" ? path : path.replace(/^\/(?=$|\?)/, `/${root}`);
  return {
    head: normalised({ method, path: rooted, headers }, behaviour.cache),
    distribution,
    behaviour,
    viewer,
    requestId,
    body: request,
    hasBody: hasBody(request),
    upgrade:
      context.upgrade && /^websocket$/i.test(request.headers.upgrade ?? "")
        ? "websocket"
        : undefined,
    clientAbort,
  };
}

function respond(
  routed: RoutedRequest,
  { cache, sources }: EdgeParts,
): Promise<Outcome | ProtocolSwitch> {
  return cache.respond(routed, (revalidating) => fetchWithFailover(sources, routed, revalidating));
}

/**
 * The custom error page instead of an error; if the page itself fails, its error.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 */
async function withErrorPage(
  routed: RoutedRequest,
  outcome: Outcome,
  parts: EdgeParts,
): Promise<Outcome> {
  const { distribution, head } = routed;
  const page = distribution.errorPages.get(outcome.status);
  // gRPC requests do not get "custom error responses".
  if (page?.path === undefined || isGrpc(value(head.headers, "content-type"))) return outcome;
  discard(outcome);
  const behaviour = behaviourFor(distribution, page.path);
  const encoding = head.headers.filter(([name]) => /^accept-encoding$/i.test(name));
  const shown = await respond(
    {
      ...routed,
      behaviour,
      head: normalised({ method: "GET", path: page.path, headers: encoding }, behaviour.cache),
      body: Readable.from([]),
      hasBody: false,
      upgrade: undefined,
    },
    parts,
  );
  if ("switched" in shown) return outcome;
  const status = shown.status < 400 ? (page.status ?? outcome.status) : shown.status;
  const { sentTo, why, failure } = outcome;
  return { ...shown, status, reason: undefined, result: "Error", sentTo, why, failure };
}

function policyHeaders(context: EdgeRequestContext, behaviour: Behaviour, outcome: Outcome) {
  return applyPolicy(outcome.headers, behaviour.responseHeaders, context);
}

/** Writes a response; with a behaviour, applies its response headers policy. */
async function write(
  context: EdgeRequestContext,
  behaviour: Behaviour | undefined,
  outcome: Outcome,
): Promise<void> {
  const { response, clientAbort } = context;
  if (clientAbort.aborted) {
    discard(outcome);
    return;
  }
  const { status, body, result } = outcome;
  const own = behaviour ? policyHeaders(context, behaviour, outcome) : outcome.headers;
  recordOutcome(context, outcome);
  context.responseHeaders = own;
  const headers = [...own, ...edgeHeaders(result, context)];
  if (!Buffer.isBuffer(body)) {
    context.sentBytes = await relay(toAnswer(outcome), response, headers);
    return;
  }
  const empty = context.method === "HEAD" || status === 304 || status === 204;
  const sized = empty || value(headers, "content-length") !== undefined;
  writeHead(
    response,
    status,
    sized ? headers : [...headers, ["Content-Length", String(body.length)]],
    outcome.reason,
  );
  if (empty) response.end();
  else response.end(body);
  context.sentBytes = size(headers) + (empty ? 0 : body.length);
}

async function switchProtocol(
  context: EdgeRequestContext,
  { switched, sentTo }: ProtocolSwitch,
): Promise<void> {
  recordOutcome(context, { status: 101, result: "Miss", sentTo });
  if (!context.upgrade) return;
  context.sentBytes = await join(context.upgrade, context.response, switched, webSocketIdleSeconds);
}

/** Reads and drops a body that is not needed, so that its connection can be reused. */
function discard({ body }: Outcome): void {
  if (!Buffer.isBuffer(body)) body.resume();
}
