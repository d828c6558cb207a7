/**
 * ECS Exec: commands in running containers.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */

/** A container, as far as it decides whether commands can run in it. */
interface WritableOrNot {
  /** @default true */
  readonly readOnlyRoot?: boolean;
}

/** Why no command runs in a container whose root file system is read-only. */
export const execNeedsWritableRoot =
  "AWS's agent writes to the root file system of the container, and nginx's is read-only";

/** True where commands can run in one of the containers. */
export function execReaches(containers: readonly (WritableOrNot | undefined)[]): boolean {
  return containers.some((container) => container?.readOnlyRoot === false);
}

/** Commands of one service. */
interface ExecChoice {
  /** @default true */
  readonly enabled?: boolean;
  readonly kmsKeyArn?: unknown;
}

/** True where commands are switched on. */
export const execOn = (exec: ExecChoice | undefined): boolean =>
  exec !== undefined && exec.enabled !== false;

/**
 * Ends of the names of the VPC endpoints that the services' sessions need where tasks have no
 * internet access.
 */
export function execEndpoints(services: readonly (ExecChoice | undefined)[]): string[] {
  const on = services.filter(execOn);
  if (on.length === 0) return [];
  return on.some((exec) => exec?.kmsKeyArn !== undefined)
    ? ["ssmmessages", "kms"]
    : ["ssmmessages"];
}
