/** What the engine asked of the account, in order, and what is to go wrong on the way. */

/** The calls that change something, and `read`. */
export type Operation = "create" | "read" | "update" | "delete";

/** One call of the engine that reached the account. Previews leave none. */
export interface Call {
  readonly operation: Operation;
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** Physical id; empty for a create that failed. */
  readonly id: string;
  /** The answer's message when the call failed. */
  readonly error?: string;
}

/** Which call is to fail. */
export interface Fault {
  readonly operation: Operation;
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name. @default any */
  readonly name?: string;
  /** What the engine is told. @default "ServiceUnavailable: injected fault" */
  readonly message?: string;
}

/** The order log, and the faults still to come. */
export class Calls {
  readonly #calls: Call[] = [];
  readonly #faults: Fault[] = [];

  /** All calls since the start or the last {@link clear}. */
  get all(): readonly Call[] {
    return this.#calls;
  }

  /** Forgets the calls, not the faults. */
  clear(): void {
    this.#calls.length = 0;
  }

  /** The next call that matches fails, before it reaches the account; the one after it does not. */
  failNext(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** Runs a call, notes it, and lets a fault that matches it strike first. */
  run<T>(call: Omit<Call, "error">, action: () => T, idOf: (result: T) => string): T {
    try {
      this.#strike(call);
      const result = action();
      this.#calls.push({ ...call, id: idOf(result) });
      return result;
    } catch (error) {
      this.#calls.push({ ...call, error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  #strike(call: Call): void {
    const index = this.#faults.findIndex(
      (fault) =>
        fault.operation === call.operation &&
        fault.type === call.type &&
        (fault.name === undefined || fault.name === call.name),
    );
    const [fault] = index < 0 ? [] : this.#faults.splice(index, 1);
    if (fault) throw new Error(fault.message ?? "ServiceUnavailable: injected fault");
  }
}
