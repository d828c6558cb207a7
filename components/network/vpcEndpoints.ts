import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SecretStore } from "../../path/secrets";
import { partsOf } from "../shared/arn";
import { withName } from "../shared/tags";
import {
  type EndpointPlace,
  endpointPolicy,
  hasPolicy,
  s3EndpointPolicy,
} from "./endpointPolicies";

export interface VpcEndpointsArgs {
  /** Id of the VPC. */
  vpcId: pulumi.Input<string>;
  /** Subnets of the interface endpoints, one per availability zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Route tables that get the route to S3. */
  routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * True to add the endpoint that GuardDuty's agent sends to. GuardDuty would create one itself,
   * with a security group that the tasks' rules do not admit. AWS does not charge for it.
   * @default false
   */
  guardDuty?: boolean;
  /** Stores from which the tasks' secrets are read: an endpoint for each. @default none */
  secretStores?: SecretStore[];
  /** Further AWS services that tasks call, by the end of the endpoint's name (`sqs`). @default none */
  services?: string[];
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * What Fargate tasks without internet access need: ECR's two endpoints, CloudWatch Logs, and
 * S3, where ECR keeps image layers
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html).
 *
 * The endpoints' security group admits nobody until a path adds its tasks. Their policies admit the
 * account's own roles and users, and for S3 the registry's image layers.
 */
export class VpcEndpoints extends pulumi.ComponentResource {
  public readonly securityGroup: aws.ec2.SecurityGroup;
  /**
   * ID of that group, known only once every interface endpoint exists: tasks whose rules name it
   * start after them.
   */
  public readonly readySecurityGroupId: pulumi.Output<string>;
  public readonly interfaces: aws.ec2.VpcEndpoint[];
  public readonly s3: aws.ec2.VpcEndpoint;

  constructor(name: string, args: VpcEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:VpcEndpoints", name, {}, opts);
    const parent = { parent: this };
    const region = aws.getRegionOutput({}, parent).region;
    const { accountId, arn } = aws.getCallerIdentityOutput({}, parent);
    const policyFor = (policy: (place: EndpointPlace) => string): pulumi.Output<string> =>
      pulumi
        .all([accountId, region, arn])
        .apply(([account, place, caller]) =>
          policy({ accountId: account, region: place, partition: partsOf(caller).partition }),
        );

    this.securityGroup = new aws.ec2.SecurityGroup(
      `${name}-endpoints`,
      {
        vpcId: args.vpcId,
        description: "Interface endpoints of the registry and the log service",
        tags: withName(`${name}-endpoints`, args.tags),
      },
      parent,
    );
    const services: string[] = ["ecr.api", "ecr.dkr", "logs"];
    services.push(...(args.secretStores ?? []), ...(args.services ?? []));
    if (args.guardDuty === true) services.push("guardduty-data");
    this.interfaces = services.map((service) => {
      const logicalName = `${name}-${service.replace(".", "-")}`;
      return new aws.ec2.VpcEndpoint(
        logicalName,
        {
          vpcId: args.vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: args.subnetIds,
          securityGroupIds: [this.securityGroup.id],
          policy: hasPolicy(service) ? policyFor(endpointPolicy) : undefined,
          tags: withName(logicalName, args.tags),
        },
        parent,
      );
    });
    this.readySecurityGroupId = pulumi
      .all([this.securityGroup.id, pulumi.all(this.interfaces.map(({ id }) => id))])
      .apply(([id]) => id);
    this.s3 = new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: args.vpcId,
        serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: args.routeTableIds,
        policy: policyFor(s3EndpointPolicy),
        tags: withName(`${name}-s3`, args.tags),
      },
      parent,
    );
    this.registerOutputs({ securityGroupId: this.securityGroup.id });
  }
}
