/** Folders of EFS in the containers. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { statementOf } from "../../path/rolePolicies";
import { nfsPort, usualVolumeContainer } from "../../path/volumes";
import type { TaskEgressArgs } from "../security/groupRules";

/** A folder of an EFS file system, through an access point. */
export interface VolumeArgs {
  /** A file system with a mount target in each zone of the tasks, whose group admits the tasks. */
  fileSystemId: pulumi.Input<string>;
  /** The access point: its folder, and the user as whom the tasks read and write. */
  accessPointId: pulumi.Input<string>;
  /** Absolute path in the container, other than /tmp. */
  mountPath: string;
  /** The container that has it: `app`, `nginx`, or the name of a sidecar. @default "app" */
  container?: string;
  /** True if nothing may be written. @default false */
  readOnly?: boolean;
}

/** Volumes by their names. */
type Volumes = Readonly<Record<string, VolumeArgs>>;

/**
 * The `volumes` of a task definition. The connection is encrypted, and opened as the task role:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html
 */
export function taskVolumes(
  volumes: Volumes = {},
): aws.types.input.ecs.TaskDefinitionVolume[] | undefined {
  const list = Object.entries(volumes).map(([name, { fileSystemId, accessPointId }]) => ({
    name,
    efsVolumeConfiguration: {
      fileSystemId,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId, iam: "ENABLED" },
    },
  }));
  return list.length === 0 ? undefined : list;
}

/** The `mountPoints` of each container. */
export function mountPoints(volumes: Volumes = {}): Readonly<Record<string, readonly object[]>> {
  const mounts: Record<string, object[]> = {};
  for (const [sourceVolume, volume] of Object.entries(volumes)) {
    const { container = usualVolumeContainer, mountPath, readOnly = false } = volume;
    (mounts[container] ??= []).push({ sourceVolume, containerPath: mountPath, readOnly });
  }
  return mounts;
}

/**
 * Where the tasks reach EFS: the VPC, unless their own list says it.
 *
 * @param vpcCidr looked up only if it is needed
 */
export function volumeEgress(
  volumes: Volumes = {},
  egress: readonly { readonly port: number }[] = [],
  vpcCidr: () => pulumi.Input<string>,
): TaskEgressArgs[] {
  if (Object.keys(volumes).length === 0 || egress.some(({ port }) => port === nfsPort)) return [];
  return [
    {
      name: "nfs-to-vpc",
      cidrIpv4: vpcCidr(),
      port: nfsPort,
      description: "NFS from the tasks to EFS in the VPC",
    },
  ];
}

/**
 * What the task role may do with these access points, and with nothing else of their file systems:
 * https://docs.aws.amazon.com/efs/latest/ug/access-points-iam-policy.html
 */
export function volumeStatements(
  volumes: Volumes = {},
  parent: pulumi.Resource,
): pulumi.Output<object[]> {
  const list = Object.values(volumes);
  if (list.length === 0) return pulumi.output([]);
  const partition = aws.getPartitionOutput({}, { parent }).partition;
  const region = aws.getRegionOutput({}, { parent }).region;
  const account = aws.getCallerIdentityOutput({}, { parent }).accountId;
  const arn = (kind: string, id: pulumi.Input<string>) =>
    pulumi.interpolate`arn:${partition}:elasticfilesystem:${region}:${account}:${kind}/${id}`;
  return pulumi.output(
    list.map(({ fileSystemId, accessPointId, readOnly }) =>
      statementOf({
        actions: [
          "elasticfilesystem:ClientMount",
          ...(readOnly === true ? [] : ["elasticfilesystem:ClientWrite"]),
        ],
        resources: [arn("file-system", fileSystemId)],
        conditions: {
          StringEquals: {
            "elasticfilesystem:AccessPointArn": [arn("access-point", accessPointId)],
          },
        },
      }),
    ),
  );
}
