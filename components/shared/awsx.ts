/**
 * awsx, loaded when a component of it is made: it takes longer than all of ours, and most programs
 * need neither a network nor an image.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- there is no other way to load within a constructor */
import type * as Awsx from "@pulumi/awsx";

export function awsxEc2(): typeof Awsx.ec2 {
  // A VPC of awsx hands out resources of this module (`vpc.routeTables`): Pulumi can make objects of
  // them only where it is loaded.
  require("@pulumi/aws/ec2");
  return (require("@pulumi/awsx") as typeof Awsx).ec2;
}

export function awsxEcr(): typeof Awsx.ecr {
  // As above: `repository.repository`.
  require("@pulumi/aws/ecr");
  return (require("@pulumi/awsx") as typeof Awsx).ecr;
}
