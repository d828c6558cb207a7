/** The table: a row per resource type. */
import { Row } from "../row";
import { certificate, certificateValidation } from "./acm";
import { namedQuery, workgroup } from "./athena";
import { awsxComponents, ComponentRow } from "./awsx";
import { distribution } from "./cloudfront";
import { metricAlarm } from "./cloudwatch-alarm";
import { cachePolicy, cloudfrontFunction, originAccessControl } from "./cloudfront-site";
import { vpcOrigin } from "./cloudfront-vpc-origin";
import { subnet, vpc } from "./ec2";
import { defaultSecurityGroup } from "./ec2-default-security-group";
import * as routes from "./ec2-routes";
import { egressRule, ingressRule, securityGroup } from "./ec2-security-groups";
import { dockerBuildImage, dockerImage } from "./docker";
import { lifecyclePolicy, repository } from "./ecr";
import { cluster, taskDefinition } from "./ecs";
import { service } from "./ecs-service";
import { flowLog } from "./flow-log";
import * as delivery from "./log-delivery";
import { glueDatabase, glueTable } from "./glue";
import { detector, detectorFeature } from "./guardduty";
import { inspectorEnabler } from "./inspector2";
import { kmsKey } from "./kms";
import { topic, topicPolicy, topicSubscription } from "./sns";
import { listener, listenerRule } from "./elbv2-listener";
import { loadBalancer } from "./elbv2-load-balancer";
import { targetGroup } from "./elbv2-target-group";
import { role, rolePolicy, rolePolicyAttachment } from "./iam";
import { logGroup } from "./logs";
import { prefixList } from "./prefix-list";
import { randomPassword } from "./random";
import { record, zone } from "./route53";
import { bucket } from "./s3";
import { bucketObject } from "./s3-object";
import * as s3 from "./s3-settings";
import { ipSet, webAcl, webAclAssociation } from "./wafv2";
import { logResourcePolicy, webAclLogging } from "./wafv2-logging";

const all: readonly Row[] = [
  ...[certificate, certificateValidation, distribution, vpcOrigin, logGroup],
  ...[vpc, subnet, routes.routeTable, routes.routeTableAssociation, routes.route],
  ...[routes.internetGateway, routes.natGateway, routes.eip, routes.vpcEndpoint],
  ...[securityGroup, defaultSecurityGroup, ingressRule, egressRule, prefixList],
  ...[repository, lifecyclePolicy, cluster, service, taskDefinition],
  ...[role, rolePolicy, rolePolicyAttachment],
  ...[loadBalancer, listener, listenerRule, targetGroup],
  ...[record, zone, randomPassword, dockerImage, dockerBuildImage],
  ...[metricAlarm, topic, topicPolicy, topicSubscription, kmsKey],
  ...[detector, detectorFeature, inspectorEnabler],
  ...[bucket, s3.bucketPolicy, s3.publicAccessBlock, s3.ownershipControls],
  ...[bucketObject, originAccessControl, cloudfrontFunction, cachePolicy],
  ...[s3.bucketVersioning, s3.lifecycle, s3.encryption, flowLog],
  ...[delivery.logDeliverySource, delivery.logDeliveryDestination, delivery.logDelivery],
  ...[glueDatabase, glueTable, workgroup, namedQuery],
  ...[webAcl, ipSet, webAclAssociation, webAclLogging, logResourcePolicy],
];

/** Rows by type token. */
export const rows: ReadonlyMap<string, Row> = new Map(all.map((row) => [row.type, row]));

/** Remote components by type token. */
export const components: ReadonlyMap<string, ComponentRow> = new Map(
  awsxComponents.map((row) => [row.type, row]),
);
