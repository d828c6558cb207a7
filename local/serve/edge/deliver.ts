/**
 * What a behaviour does with a request, in CloudFront's order: function, cache, origin, custom
 * error page, response headers, function.
 */
import { Readable } from "node:stream";
import { isGrpc } from "../../../path/protocols";
import type { Behaviour, Distribution } from "../../../topology/types";
import { size, value } from "../http/headers";
import { hasBody, join, relay, writeHead } from "../http/reply";
import type { Changed, EdgeCache } from "./cache/cached";
import { type Asked, normalised } from "./cache/key";
import { behaviourFor } from "./decisions";
import { type Question, type Sources, fetchFrom } from "./fetch";
import type { FunctionSetting } from "./functions/apply";
import { ownHeaders } from "./headers";
import { type Outcome, answerOf } from "./outcome";
import { applyPolicy } from "./responseHeaders";
import { type EdgeRequestContext, settle } from "./requestContext";

/** What all requests share. */
export interface Delivery {
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
  delivery: Delivery,
): Promise<void> {
  const { functions } = behaviour;
  const { viewer, requestId } = context;
  const setting: FunctionSetting = { viewer, requestId, distribution, onLog: delivery.onLog };
  const runner = functions.viewerRequest ?? functions.viewerResponse;
  const { onViewerRequest, onViewerResponse } = runner
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily; tsx does not find what import() names
      (require("./functions/apply") as typeof import("./functions/apply"))
    : { onViewerRequest: undefined, onViewerResponse: undefined };
  const { method, path, headers } = context;
  let asked: Asked | Outcome = { method, path, headers };
  if (functions.viewerRequest && onViewerRequest) {
    asked = onViewerRequest(functions.viewerRequest, asked, setting);
  }
  if ("status" in asked) {
    context.request.resume();
    await write(context, behaviour, asked);
    return;
  }
  const question = questionOf(context, distribution, behaviour, asked);
  const got = await ask(question, delivery);
  if ("switched" in got) {
    await change(context, got);
    return;
  }
  const outcome = await withErrorPage(question, got, delivery);
  const { viewerResponse } = functions;
  if (!viewerResponse || !onViewerResponse) {
    await write(context, behaviour, outcome);
    return;
  }
  const policed = { ...outcome, headers: policyHeaders(context, behaviour, outcome) };
  const changed = onViewerResponse(viewerResponse, question.asked, policed, setting);
  if (changed.body !== outcome.body) discard(outcome);
  await write(context, undefined, changed);
}

function questionOf(
  context: EdgeRequestContext,
  distribution: Distribution,
  behaviour: Behaviour,
  { method, path, headers }: Asked,
): Question {
  const { request, viewer, requestId, clientAbort } = context;
  const root = distribution.defaultRootObject;
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
  const rooted = root === "" ? path : path.replace(/^\/(?=$|\?)/, `/${root}`);
  return {
    asked: normalised({ method, path: rooted, headers }, behaviour.cache),
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

function ask(question: Question, { cache, sources }: Delivery): Promise<Outcome | Changed> {
  return cache.answer(question, (revalidating) => fetchFrom(sources, question, revalidating));
}

/**
 * The custom error page instead of an error; if the page itself fails, its error.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 */
async function withErrorPage(
  question: Question,
  outcome: Outcome,
  delivery: Delivery,
): Promise<Outcome> {
  const { distribution, asked } = question;
  const page = distribution.errorPages.get(outcome.status);
  // gRPC requests do not get "custom error responses".
  if (page?.path === undefined || isGrpc(value(asked.headers, "content-type"))) return outcome;
  discard(outcome);
  const behaviour = behaviourFor(distribution, page.path);
  const encoding = asked.headers.filter(([name]) => /^accept-encoding$/i.test(name));
  const shown = await ask(
    {
      ...question,
      behaviour,
      asked: normalised({ method: "GET", path: page.path, headers: encoding }, behaviour.cache),
      body: Readable.from([]),
      hasBody: false,
      upgrade: undefined,
    },
    delivery,
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
  settle(context, outcome);
  context.answerHeaders = own;
  const headers = [...own, ...ownHeaders(result, context)];
  if (!Buffer.isBuffer(body)) {
    context.sentBytes = await relay(answerOf(outcome), response, headers);
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

async function change(context: EdgeRequestContext, { switched, sentTo }: Changed): Promise<void> {
  settle(context, { status: 101, result: "Miss", sentTo });
  if (!context.upgrade) return;
  context.sentBytes = await join(context.upgrade, context.response, switched, webSocketIdleSeconds);
}

/** Reads and drops a body that is not needed, so that its connection can be reused. */
function discard({ body }: Outcome): void {
  if (!Buffer.isBuffer(body)) body.resume();
}
