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
import { knownSidecars, sidecarContainers } from "./sidecars";
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
  const { app, secrets, roles, port = defaults.service.port } = args;
  const drainSeconds = args.drainSeconds ?? defaults.origin.timeouts.drain;
  const healthCheckPath = args.healthCheckPath ?? defaults.service.healthCheckPath;
  const containerDefinitions = pulumi
    .all([
      args.image,
      app?.image ?? "",
      environmentList(app?.environment ?? {}),
      args.vpcCidr,
      secrets.of.app ?? [],
      knownSidecars(args.sidecars, secrets.of),
      args.logGroup.name,
      aws.getRegionOutput({}, { parent }).region,
    ])
    .apply(([image, appImage, appEnvironment, vpcCidr, ofApp, others, logGroup, region]) => {
      const shared = {
        logGroup,
        region,
        stopTimeoutSeconds: stopTimeoutSeconds(drainSeconds),
        tmpMiB: args.tmpMiB ?? defaults.service.tmpMiB,
        exec: execOn(args.exec),
        mounts: mountPoints(args.volumes),
      };
      const nginx = containerDefinition({
        ...shared,
        name: "nginx",
        image,
        // The unprivileged image's own user: https://github.com/nginx/docker-nginx-unprivileged
        user: "101",
        environment: environmentList(
          nginxEnvironment(args.nginx ?? {}, {
            port,
            appPort: app?.port,
            drainSeconds,
            vpcCidr,
            healthCheckPath,
          }),
        ),
        port,
        dependsOn: nginxDependsOn(app),
      });
      const known = { image: appImage, environment: appEnvironment, secrets: ofApp };
      const called = hasNginx(app) ? undefined : app?.port;
      const own =
        app === undefined ? [] : [appContainer(app, { ...shared, ...known, port: called })];
      const sidecars = sidecarContainers(others, args.sidecars, shared);
      return JSON.stringify([...(hasNginx(app) ? [nginx] : []), ...own, ...sidecars]);
    });
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
      containerDefinitions,
      volumes: taskVolumes(args.volumes),
      // The service may still run this revision.
      ...(args.ignoreTaskDefinitionChanges === true && { skipDestroy: true }),
      tags: withName(name, args.tags),
    },
    { parent },
  );
}
