import type * as pulumi from "@pulumi/pulumi";

/** A container behind nginx in the same task. */
export interface AppArgs {
  /** Image with a tag or digest. */
  image: pulumi.Input<string>;
  /** Port on which the app listens, plain HTTP/1.1. */
  port: number;
  /**
   * `uid[:gid]` the app runs as. Its file system is read-only except for /tmp.
   * @default "1000"
   */
  user?: string;
  /**
   * Environment variables. A value that is a Pulumi secret is encrypted in the stack's state, but
   * anyone with permission to read the task definition in AWS can see it.
   */
  environment?: Record<string, pulumi.Input<string>>;
}
