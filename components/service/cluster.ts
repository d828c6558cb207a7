import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

/**
 * The tag that makes GuardDuty monitor a cluster:
 * https://docs.aws.amazon.com/guardduty/latest/ug/gdu-runtime-approaches-agent-deployment-ecs-clusters.html
 */
const guardDutyManaged = { GuardDutyManaged: "true" };

/** A cluster for tasks on Fargate. */
export function serviceCluster(
  name: string,
  {
    runtimeMonitoring = false,
    configuration,
    tags,
  }: {
    runtimeMonitoring?: boolean;
    /** How commands in containers are logged and encrypted. */
    configuration?: aws.types.input.ecs.ClusterConfiguration;
    tags?: Record<string, pulumi.Input<string>>;
  },
  parent: pulumi.Resource,
): aws.ecs.Cluster {
  return new aws.ecs.Cluster(
    name,
    {
      settings: [{ name: "containerInsights", value: "enabled" }],
      configuration,
      tags: withName(name, tags, runtimeMonitoring ? guardDutyManaged : {}),
    },
    { parent },
  );
}
