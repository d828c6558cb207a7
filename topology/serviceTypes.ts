/** ECS as plain data: the services behind target groups, with their containers. */

import type { TrafficShift } from "../path/deployments";

/** What a load balancer sends requests to, as its security groups see it. */
export interface TaskOrInstanceTargets {
  readonly kind: "service" | "instance" | "Auto Scaling group";
  readonly name: string;
  readonly securityGroupIds: readonly string[];
  /** Ranges that their addresses lie in: of their subnets, else of the VPC; may be empty. */
  readonly privateCidrs: readonly string[];
}

/** An EC2 instance, or those of an Auto Scaling group, that are targets. */
export interface Instances extends TaskOrInstanceTargets {
  readonly kind: "instance" | "Auto Scaling group";
  readonly id: string;
  readonly targets: readonly InstanceTarget[];
}

/** A target group in which instances are registered. */
export interface InstanceTarget {
  readonly targetGroupArn: string;
  /** Absent: the target group's own. */
  readonly port?: number;
}

/** An ECS service, with the relevant parts of its task definition. */
export interface Service extends TaskOrInstanceTargets {
  readonly kind: "service";
  readonly arn: string;
  readonly count: number;
  /** Id of the Auto Scaling group in whose network the tasks are, where that is known. */
  readonly instancesId?: string;
  readonly containers: readonly Container[];
  readonly targets: readonly ServiceTarget[];
  /** Name of the service whose second group these tasks are in, while it is served here. */
  readonly of?: string;
  /** How its deployments shift requests. Absent: new tasks replace old ones in place. */
  readonly shift?: TrafficShift;
  /** Names of the alarms by which ECS goes back. */
  readonly rollbackAlarms: readonly string[];
}

/** The container of a service that gets a target group's requests. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
  /** Where the tasks have no addresses: the port of their instance that leads to the container. */
  readonly host?: HostPort;
  /** What a deployment of ECS shifts requests with. Absent: the service has one target group. */
  readonly alternate?: AlternateTarget;
}

/** A port of an instance; `chosen` where Docker takes a free one for each task, and this is one. */
export interface HostPort {
  readonly port: number;
  readonly chosen?: true;
}

/** The second target group of a service, and the listener rules whose weights ECS changes. */
interface AlternateTarget {
  readonly targetGroupArn: string;
  /** ARN of the rule that forwards the viewers' requests. */
  readonly productionRuleArn: string;
  /** ARN of the rule that forwards tests of the new tasks. */
  readonly testRuleArn?: string;
}

/** A container of a task definition. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  /** Names of the environment variables whose values are not known before the deployment. */
  readonly unknown?: readonly string[];
  /** Names of the environment variables that ECS would fill from a secret store. */
  readonly secrets?: readonly string[];
  /** Values of those of them that the program stores itself. */
  readonly secretValues?: Readonly<Record<string, string>>;
  /** False if the task goes on without it. Absent: the task ends with it. */
  readonly essential?: false;
  /** Conditions (`START`, `SUCCESS` …) by the name of the container that it waits for. */
  readonly dependsOn?: Readonly<Record<string, string>>;
  /** Seconds between SIGTERM and SIGKILL. @default 30, as with ECS */
  readonly stopSeconds?: number;
  /** Folder from which the image is built, as the program wrote it; else undefined. */
  readonly context?: string;
}
