/** The engine's calls to the account, in order, and faults to inject into them. */

/** The calls that make changes, and `read`. */
export type Operation = "create" | "read" | "update" | "delete";

/** One call of the engine that reached the account. Previews make none. */
export interface Call {
  readonly operation: Operation;
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** Physical id; empty for a create that failed. */
  readonly id: string;
  /** The error message, if the call failed. */
  readonly error?: string;
}

/** Which call should fail. */
export interface InjectedFault {
  readonly operation: Operation;
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name. @default any */
  readonly name?: string;
  /** The error message for the engine. @default "ServiceUnavailable: injected fault" */
  readonly message?: string;
}

/** The log of calls, and the faults that are still to be injected. */
export class Calls {
  readonly #calls: Call[] = [];
  readonly #faults: InjectedFault[] = [];

  /** All calls since the start or the last {@link clear}. */
  get all(): readonly Call[] {
    return this.#calls;
  }

  /** Clears the calls, not the faults. */
  clear(): void {
    this.#calls.length = 0;
  }

  /** The next matching call fails before it reaches the account; later ones do not. */
  failNext(fault: InjectedFault): void {
    this.#faults.push(fault);
  }

  /** Runs and records a call, unless a matching fault makes it fail. */
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
