/** A client that closes its connection or resets its stream before it has its response. */

/**
 * Calls its listeners once. AbortController does the same, but took a large part of a request's
 * time here: its signal is an event target with weak references.
 */
export class ClientAbort {
  private listeners?: Set<() => void>;
  private happened = false;

  /** True once the client has aborted its request. */
  get aborted(): boolean {
    return this.happened;
  }

  /** The client has aborted its request. */
  abort(): void {
    if (this.happened) return;
    this.happened = true;
    for (const callback of this.listeners ?? []) callback();
    this.listeners = undefined;
  }

  /** Calls back when the client aborts; not if it has already aborted. */
  on(callback: () => void): void {
    (this.listeners ??= new Set()).add(callback);
  }

  off(callback: () => void): void {
    this.listeners?.delete(callback);
  }
}

/** The part that code which forwards a request uses. */
export type ClientAbortSignal = Pick<ClientAbort, "aborted" | "on" | "off">;

/** The same for an AbortSignal. */
export function clientAbortFrom(signal: AbortSignal): ClientAbortSignal {
  const clientAbort = new ClientAbort();
  const abort = (): void => {
    clientAbort.abort();
  };
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return clientAbort;
}
