/** ECS as plain data: the services behind target groups, with their containers. */

/** An ECS service, with the relevant parts of its task definition. */
export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly count: number;
  readonly securityGroupIds: readonly string[];
  /** Ranges that its tasks' addresses lie in: of its subnets, else of their VPC; may be empty. */
  readonly privateCidrs: readonly string[];
  readonly containers: readonly Container[];
  readonly targets: readonly ServiceTarget[];
}

/** The container of a service that gets a target group's requests. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
}

/** A container of a task definition. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  /** Names of the environment variables that ECS would fill from a secret store. */
  readonly secrets?: readonly string[];
  /** Seconds between SIGTERM and SIGKILL. @default 30, as with ECS */
  readonly stopSeconds?: number;
  /** Folder from which the image is built, as the program wrote it; else undefined. */
  readonly context?: string;
}
