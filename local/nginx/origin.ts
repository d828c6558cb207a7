import type { NginxFound } from "./find";

/** A task's server on this machine: real nginx, or the embedded server. */
export interface RunningOrigin {
  readonly address: string;
  readonly port: number;
  /** nginx's master process; absent for the embedded server, which runs in this process. */
  readonly pid?: number;
  /** Resolves when it has ended, for whatever reason; absent for the embedded server. */
  readonly ended?: Promise<unknown>;
  /**
   * Ends gracefully, as with ECS's SIGQUIT: requests are finished, for at most
   * HOPWISE_DRAIN_SECONDS. Resolves when it has ended.
   */
  quit(): Promise<void>;
  /** Ends at once. Resolves when it has ended. */
  kill(): Promise<void>;
}

/** The server that runs as the task's nginx. */
export type NginxChoice = NginxFound | "embedded";
