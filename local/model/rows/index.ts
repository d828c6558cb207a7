/** The table: a row per resource type. */
import { Row } from "../row";
import { certificate, certificateValidation } from "./acm";
import { awsxComponents, ComponentRow } from "./awsx";
import { distribution } from "./cloudfront";
import { vpcOrigin } from "./cloudfront-vpc-origin";
import { subnet, vpc } from "./ec2";
import { defaultSecurityGroup } from "./ec2-default-security-group";
import * as routes from "./ec2-routes";
import { egressRule, ingressRule, securityGroup } from "./ec2-security-groups";
import { lifecyclePolicy, repository } from "./ecr";
import { cluster, taskDefinition } from "./ecs";
import { service } from "./ecs-service";
import { listener, listenerRule } from "./elbv2-listener";
import { loadBalancer } from "./elbv2-load-balancer";
import { targetGroup } from "./elbv2-target-group";
import { role, rolePolicy, rolePolicyAttachment } from "./iam";
import { logGroup } from "./logs";
import { prefixList } from "./prefix-list";
import { randomPassword } from "./random";
import { record, zone } from "./route53";
import { bucket } from "./s3";
import * as s3 from "./s3-settings";

const all: readonly Row[] = [
  ...[certificate, certificateValidation, distribution, vpcOrigin, logGroup],
  ...[vpc, subnet, routes.routeTable, routes.routeTableAssociation, routes.route],
  ...[routes.internetGateway, routes.natGateway, routes.eip, routes.vpcEndpoint],
  ...[securityGroup, defaultSecurityGroup, ingressRule, egressRule, prefixList],
  ...[repository, lifecyclePolicy, cluster, service, taskDefinition],
  ...[role, rolePolicy, rolePolicyAttachment],
  ...[loadBalancer, listener, listenerRule, targetGroup],
  ...[record, zone, randomPassword],
  ...[bucket, s3.bucketPolicy, s3.publicAccessBlock, s3.ownershipControls],
  ...[s3.bucketVersioning, s3.lifecycle, s3.encryption],
];

/** Rows by type token. */
export const rows: ReadonlyMap<string, Row> = new Map(all.map((row) => [row.type, row]));

/** Remote components by type token. */
export const components: ReadonlyMap<string, ComponentRow> = new Map(
  awsxComponents.map((row) => [row.type, row]),
);
