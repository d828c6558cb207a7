/** Further containers of a task. Each has its own entry in the task definition. */
import type * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { environmentList } from "../../path/taskDefinitions";
import type { OwnContainerArgs } from "./appArgs";
import type { AppSecret } from "./appSecrets";
import { containerDefinition, type SharedContainerArgs } from "./containers";

/** The check of a container by a command in it. */
export interface ContainerCheckArgs {
  /** A command with its arguments that ends with 0 if the container works. */
  command: string[];
  /** Seconds from one check to the next, 5 to 300. @default 30 */
  interval?: number;
  /** Seconds that it may take, 2 to 60. @default 5 */
  timeout?: number;
  /** Failed checks in a row until the container is unhealthy, 1 to 10. @default 3 */
  retries?: number;
  /** Seconds after a start in which failed checks do not count, 0 to 300. @default 0 */
  startPeriod?: number;
}

/** A container next to nginx and the app. */
export interface SidecarArgs extends OwnContainerArgs {
  /** False if the task goes on without it, e.g. a migration that ends. @default true */
  essential?: boolean;
  /** @default none */
  healthCheck?: ContainerCheckArgs;
  /** CPU units of the task that are kept for it. @default none: it takes what is free */
  cpu?: number;
  /** MiB after which it is killed. @default the task's memory */
  memory?: number;
  /** Port on which it listens, within the task only. @default none */
  port?: number;
}

/** The sidecars' container definitions. */
export function sidecarContainers(
  sidecars: Readonly<Record<string, SidecarArgs>> = {},
  secrets: Readonly<Record<string, pulumi.Output<AppSecret[]>>>,
  shared: SharedContainerArgs,
): object[] {
  return Object.entries(sidecars).map(([name, { environment = {}, healthCheck, ...args }]) => {
    const { image, command, entryPoint, workingDirectory, readOnlyRoot } = args;
    const { essential, dependsOn, cpu, memory, port } = args;
    return containerDefinition({
      ...shared,
      ...{ name, image, command, entryPoint, workingDirectory, readOnlyRoot },
      ...{ essential, dependsOn, cpu, memory, port },
      environment: environmentList(environment),
      secrets: secrets[name],
      user: args.user ?? defaults.service.appUser,
      healthCheck: healthCheck && withCheckDefaults(healthCheck),
    });
  });
}

function withCheckDefaults(check: ContainerCheckArgs): object {
  const usual = defaults.service.sidecarHealthCheck;
  return {
    command: ["CMD", ...check.command],
    interval: check.interval ?? usual.interval,
    timeout: check.timeout ?? usual.timeout,
    retries: check.retries ?? usual.retries,
    startPeriod: check.startPeriod ?? usual.startPeriod,
  };
}
