/** How an app behind nginx is checked. Plain values to plain values. */
import { defaults } from "../../path/defaults";
import { appAnswers } from "../../path/healthChecks";

/** The checks of an app. Times are in seconds. */
export interface AppHealthCheckArgs {
  /**
   * Path that the load balancer calls, through nginx. The app is healthy if it answers below 500.
   * Not where all requests are gRPC: there `grpc.healthCheckPath` is called. @default "/"
   */
  path?: string;
  /** From one check to the next, 5 to 300. @default 10 */
  interval?: number;
  /** How long an answer may take, 2 to 60, less than `interval`. @default 5 */
  timeout?: number;
  /** Good checks in a row until a task gets requests, 2 to 10. @default 2 */
  healthyThreshold?: number;
  /** Failed checks in a row until a task is replaced, 2 to 10. @default 3 */
  unhealthyThreshold?: number;
  /** After a start, how long failed checks do not count, 0 to 300. @default 60 */
  startPeriod?: number;
  /**
   * A command with its arguments that runs in the app's container and ends with 0 if the app works;
   * for a shell `["sh", "-c", "..."]`. nginx starts when it first succeeds. @default none: nginx
   * starts when the app's container has
   */
  command?: string[];
}

/** The target group's check of nginx itself. Every field is set: AWS's pages disagree on defaults. */
const ofNginx = {
  matcher: "200",
  interval: 10,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

/** What a target group's check has in addition to its protocol and port. */
export function targetHealthCheck(path: string | undefined, app?: AppHealthCheckArgs) {
  if (app === undefined) return { path: path ?? defaults.service.healthCheckPath, ...ofNginx };
  const check = withDefaults(app);
  return {
    path: check.path,
    matcher: appAnswers,
    interval: check.interval,
    timeout: check.timeout,
    healthyThreshold: check.healthyThreshold,
    unhealthyThreshold: check.unhealthyThreshold,
  };
}

/** The check that a container definition has; undefined without a command. */
export function containerHealthCheck(app: AppHealthCheckArgs): object | undefined {
  if (app.command === undefined) return undefined;
  const { interval, timeout, unhealthyThreshold: retries, startPeriod } = withDefaults(app);
  return { command: ["CMD", ...app.command], interval, timeout, retries, startPeriod };
}

/** Seconds after the start of a task in which ECS ignores the target group's checks. */
export function graceSeconds(app: AppHealthCheckArgs | undefined): number {
  return app === undefined ? 30 : withDefaults(app).startPeriod;
}

function withDefaults(app: AppHealthCheckArgs) {
  const usual = defaults.service.appHealthCheck;
  return {
    path: app.path ?? usual.path,
    interval: app.interval ?? usual.interval,
    timeout: app.timeout ?? usual.timeout,
    healthyThreshold: app.healthyThreshold ?? usual.healthyThreshold,
    unhealthyThreshold: app.unhealthyThreshold ?? usual.unhealthyThreshold,
    startPeriod: app.startPeriod ?? usual.startPeriod,
  };
}
