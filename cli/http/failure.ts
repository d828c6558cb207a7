/** Why a request got no answer. */
import type { ConnectionState } from "./connect";
import type { HttpResult } from "./types";

type Failed = Pick<Extract<HttpResult, { outcome: "failed" }>, "kind" | "reason">;

const closed = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

/** At which step a request failed, and why. */
export function failureOf(
  error: NodeJS.ErrnoException & { handshake?: boolean },
  state: ConnectionState,
): Failed {
  const { code = "", message } = error;
  if (error.cause instanceof Error) return failureOf(error.cause, state);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return { kind: "name", reason: "the name cannot be looked up" };
  if (code === "ECONNREFUSED") return { kind: "refused", reason: "nothing listens there" };
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return { kind: "timeout", reason: "the address cannot be reached" };
  if (state.connected === true && state.secured === undefined)
    return closed.has(code)
      ? { kind: "reset", reason: "the connection was closed during the TLS handshake" }
      : { kind: "tls", reason: tlsReason(error) };
  if (closed.has(code) || /socket hang up|other side closed/i.test(message))
    return { kind: "reset", reason: "the connection was closed without an answer" };
  return { kind: "protocol", reason: code.startsWith("HPE_") ? `not HTTP: ${message}` : message };
}

/** OpenSSL's words in short: `tlsv1 alert protocol version` of a longer line. */
function tlsReason({ message }: Error): string {
  const parts = message.split(":");
  return (parts.length > 5 ? parts[5] : message)?.trim() ?? message;
}
