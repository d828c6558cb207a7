/** The containers of a service's tasks, as a task definition. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { hasNginx } from "../../path/appSocket";
import { nginxDependsOn } from "../../path/containers";
import { defaults } from "../../path/defaults";
import { execOn } from "../../path/exec";
import { environmentList } from "../../path/taskDefinitions";
import { withName } from "../shared/tags";
import type { TaskSecrets } from "./appSecrets";
import {
  appContainer,
  containerDefinition,
  nginxEnvironment,
  stopTimeoutSeconds,
} from "./containers";
import { sidecarContainers } from "./sidecars";
import type { TaskRoles } from "./taskRoles";
import { mountPoints, taskVolumes } from "./volumes";
import type { WebServiceArgs } from "./webService";

/** What a task definition is made of. */
interface TaskDefinitionArgs extends WebServiceArgs {
  readonly secrets: TaskSecrets;
  readonly roles: TaskRoles;
  readonly logGroup: aws.cloudwatch.LogGroup;
}

/** The task definition of a service, as a child of its component. */
export function createTaskDefinition(
  name: string,
  args: TaskDefinitionArgs,
  parent: pulumi.Resource,
): aws.ecs.TaskDefinition {
  const { roles } = args;
  return new aws.ecs.TaskDefinition(
    name,
    {
      // Everyone who registers revisions under a family's name shares it, so each stack has its
      // own.
      family: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(args.cpu ?? defaults.service.cpu),
      memory: String(args.memory ?? defaults.service.memory),
      runtimePlatform: {
        operatingSystemFamily: "LINUX",
        cpuArchitecture: (args.architecture ?? defaults.service.architecture).toUpperCase(),
      },
      executionRoleArn: roles.execution.arn,
      taskRoleArn: roles.task.arn,
      // Not in an `apply`, so that what is not known before a deployment hides nothing else.
      containerDefinitions: pulumi.jsonStringify(containers(args, parent)),
      volumes: taskVolumes(args.volumes),
      // The service may still run this revision.
      ...(args.ignoreTaskDefinitionChanges === true && { skipDestroy: true }),
      tags: withName(name, args.tags),
    },
    { parent },
  );
}

function containers(
  { app, secrets, port = defaults.service.port, ...args }: TaskDefinitionArgs,
  parent: pulumi.Resource,
): object[] {
  const drainSeconds = args.drainSeconds ?? defaults.origin.timeouts.drain;
  const shared = {
    logGroup: args.logGroup.name,
    region: aws.getRegionOutput({}, { parent }).region,
    stopTimeoutSeconds: stopTimeoutSeconds(drainSeconds),
    tmpMiB: args.tmpMiB ?? defaults.service.tmpMiB,
    exec: execOn(args.exec),
    mounts: mountPoints(args.volumes),
  };
  const environment = nginxEnvironment(args.nginx ?? {}, {
    ...{ port, drainSeconds, appPort: app?.port, vpcCidr: args.vpcCidr },
    healthCheckPath: args.healthCheckPath ?? defaults.service.healthCheckPath,
  });
  const { image } = args;
  const nginx = hasNginx(app) &&
    image !== undefined && [
      containerDefinition({
        ...{ ...shared, name: "nginx", image, port },
        // The unprivileged image's own user: https://github.com/nginx/docker-nginx-unprivileged
        user: "101",
        environment: environmentList(environment),
        dependsOn: nginxDependsOn(app),
      }),
    ];
  const own = app && [
    appContainer(app, {
      ...{ ...shared, image: app.image, secrets: secrets.of.app },
      environment: environmentList(app.environment ?? {}),
      port: hasNginx(app) ? undefined : app.port,
    }),
  ];
  const sidecars = sidecarContainers(args.sidecars, secrets.of, shared);
  return [...(nginx || []), ...(own ?? []), ...sidecars];
}
