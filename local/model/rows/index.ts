/** The table: a row per resource type. */
import { ResourceModel } from "../row";
import { certificate, certificateValidation } from "./acm";
import { scalableTarget } from "./appAutoscaling";
import { scheduledAction } from "./appAutoscalingAction";
import { scalingPolicy } from "./appAutoscalingPolicy";
import { namedQuery, workgroup } from "./athena";
import { awsxComponents, ComponentRow } from "./awsx";
import { awsxServices } from "./awsxEcs";
import { awsxLoadBalancers } from "./awsxLb";
import { awsxOthers } from "./awsxOther";
import { budget } from "./budgets";
import { slackChannel, teamsChannel } from "./chatbot";
import { distribution } from "./cloudfront";
import { monitoringSubscription } from "./cloudfrontMonitoring";
import { metricAlarm } from "./cloudwatchAlarm";
import { dashboard } from "./cloudwatchDashboard";
import { cachePolicy, cloudfrontFunction, originAccessControl } from "./cloudfrontSite";
import { vpcOrigin } from "./cloudfrontVpcOrigin";
import { subnet, vpc } from "./ec2";
import { defaultSecurityGroup } from "./ec2DefaultSecurityGroup";
import * as routes from "./ec2Routes";
import { egressRule, ingressRule } from "./ec2SecurityGroupRules";
import { securityGroup } from "./ec2SecurityGroups";
import { dockerBuildImage, dockerImage } from "./docker";
import { lifecyclePolicy, repository } from "./ecr";
import { cluster, taskDefinition } from "./ecs";
import { clusterCapacityProviders } from "./ecsCapacity";
import { eventRule, eventTarget } from "./events";
import { service } from "./ecsService";
import { flowLog } from "./flowLog";
import * as delivery from "./logDelivery";
import { glueDatabase, glueTable } from "./glue";
import { detector, detectorFeature } from "./guardduty";
import { inspectorEnabler } from "./inspector2";
import { kmsKey } from "./kms";
import { topic, topicPolicy, topicSubscription } from "./sns";
import { listener, listenerRule } from "./elbv2Listener";
import { loadBalancer } from "./elbv2LoadBalancer";
import { targetGroup } from "./elbv2TargetGroup";
import { role, rolePolicy, rolePolicyAttachment } from "./iam";
import { logGroup } from "./logs";
import { prefixList } from "./prefixList";
import { randoms } from "./random";
import { record, zone } from "./route53";
import { bucket } from "./s3";
import { bucketObject } from "./s3Object";
import { bucketPolicy } from "./s3BucketPolicy";
import * as s3 from "./s3Settings";
import { secret, secretVersion } from "./secretsManager";
import { edgeTrustStore, trustStore, trustStoreRevocation } from "./trustStores";
import { ipSet, webAcl, webAclAssociation } from "./wafv2";
import { logResourcePolicy, webAclLogging } from "./wafv2Logging";

const all: readonly ResourceModel[] = [
  ...[certificate, certificateValidation, distribution, vpcOrigin, logGroup],
  ...[vpc, subnet, routes.routeTable, routes.routeTableAssociation, routes.route],
  ...[
    routes.internetGateway,
    routes.egressOnlyGateway,
    routes.natGateway,
    routes.eip,
    routes.vpcEndpoint,
  ],
  ...[securityGroup, defaultSecurityGroup, ingressRule, egressRule, prefixList],
  ...[repository, lifecyclePolicy, cluster, service, taskDefinition],
  ...[clusterCapacityProviders, scalableTarget, scalingPolicy, scheduledAction],
  ...[role, rolePolicy, rolePolicyAttachment],
  ...[loadBalancer, listener, listenerRule, targetGroup],
  ...[record, zone, ...randoms, dockerImage, dockerBuildImage],
  ...[metricAlarm, topic, topicPolicy, topicSubscription, kmsKey],
  ...[
    dashboard,
    monitoringSubscription,
    eventRule,
    eventTarget,
    budget,
    slackChannel,
    teamsChannel,
  ],
  ...[detector, detectorFeature, inspectorEnabler],
  ...[bucket, bucketPolicy, s3.publicAccessBlock, s3.ownershipControls],
  ...[bucketObject, originAccessControl, cloudfrontFunction, cachePolicy],
  ...[s3.bucketVersioning, s3.lifecycle, s3.encryption, flowLog],
  ...[delivery.logDeliverySource, delivery.logDeliveryDestination, delivery.logDelivery],
  ...[secret, secretVersion],
  ...[trustStore, trustStoreRevocation, edgeTrustStore],
  ...[glueDatabase, glueTable, workgroup, namedQuery],
  ...[webAcl, ipSet, webAclAssociation, webAclLogging, logResourcePolicy],
];

/** Rows by type token. */
export const rows: ReadonlyMap<string, ResourceModel> = new Map(all.map((row) => [row.type, row]));

/** Remote components by type token. */
export const components: ReadonlyMap<string, ComponentRow> = new Map(
  [...awsxComponents, ...awsxLoadBalancers, ...awsxServices, ...awsxOthers].map((row) => [
    row.type,
    row,
  ]),
);
