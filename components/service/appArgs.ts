import type * as pulumi from "@pulumi/pulumi";
import type { AppProtocol } from "../../path/appSocket";
import type { DependencyCondition } from "../../path/containers";
import type { AppHealthCheckArgs } from "./healthChecks";

/** A container of your own. */
export interface OwnContainerArgs {
  /** Image with a tag or digest, or the parameter of Systems Manager that holds it (`ssm:/NAME`). */
  image: pulumi.Input<string>;
  /**
   * `uid[:gid]` the container runs as. Its file system is read-only except for /tmp.
   * @default "1000"
   */
  user?: string;
  /** Arguments of the entry point, or the command if the image has none. @default the image's */
  command?: string[];
  /** What the container runs. @default the image's */
  entryPoint?: string[];
  /** Folder in which it runs, absolute. @default the image's */
  workingDirectory?: string;
  /** False lets it write to its root file system, which is lost with the task. @default true */
  readOnlyRoot?: boolean;
  /**
   * Containers that it waits for when the task starts, each with a condition: `START`, `HEALTHY` (it
   * passes its own health check), or for one that is not essential `COMPLETE` (it ended) or `SUCCESS`
   * (it ended with 0). @default none
   */
  dependsOn?: Record<string, DependencyCondition>;
  /**
   * Environment variables, in plain text in the task definition: anyone with permission to read
   * that can see them, Pulumi secrets too. @default none
   */
  environment?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables whose values are secrets. They are stored in one secret of Secrets
   * Manager, from which ECS reads them when a task starts; a new value starts new tasks.
   * @default none
   */
  secretEnvironment?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables whose values exist in Secrets Manager or Systems Manager:
   * `secretsmanager:NAME`, `secretsmanager:NAME:KEY` (a key of its JSON), `ssm:NAME`, or an ARN, in
   * the form of `valueFrom` if it is not known before the deployment. @default none
   */
  secrets?: Record<string, pulumi.Input<string>>;
  /**
   * ARNs of the KMS keys that encrypt `secrets`, except AWS's own, which need no permission.
   * @default none
   */
  secretKeyArns?: pulumi.Input<string>[];
}

/** The app: a container behind nginx in the same task, or in its place. */
export interface AppArgs extends OwnContainerArgs {
  /** Port on which the app listens, without TLS. */
  port: number;
  /**
   * False leaves nginx out: the load balancer calls the app itself. The app then listens on all
   * addresses, keeps idle connections for longer than the load balancer, and finds the client's
   * address in X-Forwarded-For; `image` of the service is not used. @default true
   */
  behindNginx?: boolean;
  /**
   * Without nginx, what the app speaks on its port: `http1`, and `http2` with prior knowledge (h2c),
   * as of gRPC. A path that speaks something else to it is refused. @default ["http1"]
   */
  protocols?: AppProtocol[];
  /**
   * Without nginx, seconds that the app keeps an idle connection; a path that reuses it for longer is
   * refused. @default not known, and assumed to be enough
   */
  keepAliveSeconds?: number;
  /** How the app is checked. @default the load balancer calls "/" */
  healthCheck?: AppHealthCheckArgs;
}
