import type { NginxFound } from "./find";

/** A server of one task that runs on this machine: real nginx, or its stand-in. */
export interface RunningOrigin {
  readonly address: string;
  readonly port: number;
  /** nginx's master process; absent for the stand-in, which runs in this process. */
  readonly pid?: number;
  /** Resolves when nothing of it is left, by whatever cause; absent for what runs in this process. */
  readonly ended?: Promise<unknown>;
  /**
   * Ends gracefully, as ECS's SIGQUIT does: requests are finished, at most HOPWISE_DRAIN_SECONDS long. Resolves
   * when nothing is left.
   */
  quit(): Promise<void>;
  /** Ends at once. Resolves when nothing is left. */
  kill(): Promise<void>;
}

/** What the task's nginx is, in this run. */
export type NginxChoice = NginxFound | "embedded";
