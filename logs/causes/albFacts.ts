/** What decides the cause of a load balancer's own answer. */
import type { AlbEntry } from "../alb/entry";
import type { ClientOrigin } from "../clientOrigin";

/**
 * What the client spoke, as far as a log says. The request line of gRPC says HTTP/2 as well; only the
 * line's type differs.
 */
export type SpokenProtocol = "HTTP/1" | "HTTP/2" | "gRPC";

/** What a line says, in the words that the table of causes uses. */
export interface AlbFacts {
  readonly status: number;
  readonly spoke?: SpokenProtocol;
  readonly method?: string;
  readonly from?: ClientOrigin;
  /** Seconds until the request was sent to a target; below 0: none was reached. */
  readonly requestTime?: number;
  /** Seconds that the target took to begin its response; below 0: it closed or was not reached. */
  readonly targetTime?: number;
  readonly targetStatus?: number;
  readonly actions?: string;
  readonly errorReason?: string;
  readonly classification?: string;
  readonly targetError?: string;
}

function spokenBy({ type, version }: AlbEntry): SpokenProtocol | undefined {
  if (type === "grpcs") return "gRPC";
  if (version === undefined) return type === "h2" ? "HTTP/2" : undefined;
  return version === "HTTP/2" ? "HTTP/2" : "HTTP/1";
}

/** The facts of a line. */
export function factsOf(entry: AlbEntry): AlbFacts {
  const { status, method, from, requestTime, targetTime, targetStatus } = entry;
  const { actions, errorReason, classification, targetError } = entry;
  return {
    status,
    spoke: spokenBy(entry),
    method,
    from,
    requestTime,
    targetTime,
    targetStatus,
    actions,
    errorReason,
    classification,
    targetError,
  };
}
