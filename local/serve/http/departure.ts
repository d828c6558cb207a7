/** Whether a client has gone away while its request was under way. */

/**
 * Tells once. What Node has for this, AbortController, is a good part of what a request costs here:
 * its signal is an event target with weak references.
 */
export class Departure {
  private heard?: Set<() => void>;
  private happened = false;

  /** True once the client has gone. */
  get aborted(): boolean {
    return this.happened;
  }

  /** The client has gone. */
  abort(): void {
    if (this.happened) return;
    this.happened = true;
    for (const tell of this.heard ?? []) tell();
    this.heard = undefined;
  }

  /** Calls back when the client goes; not when it has gone already. */
  on(tell: () => void): void {
    (this.heard ??= new Set()).add(tell);
  }

  off(tell: () => void): void {
    this.heard?.delete(tell);
  }
}

/** What those who send a request on have to know of it. */
export type Leaving = Pick<Departure, "aborted" | "on" | "off">;

/** The same of what goes by an AbortSignal. */
export function leavingBy(signal: AbortSignal): Leaving {
  const departure = new Departure();
  const leave = (): void => {
    departure.abort();
  };
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
  return departure;
}
