/** The resource types that have no price. */

import { canonicalType } from "../topology/tokens";

/** Whole modules that are free, and single free types of other modules. */
const free: readonly RegExp[] = [
  /^(hopwise|awsx|random|pulumi|tls|time|null|std):/,
  /^aws:(iam|vpc|acm|resourcegroups|accessanalyzer)\//,
  /^aws:appautoscaling\/(?!policy:)/,
  // Each is a setting of a distribution; requests and gigabytes are counted there.
  /^aws:cloudfront\/(?!distribution:|keyValueStore:|monitoringSubscription:)/,
  /^aws:ec2\/(vpc|subnet|internetGateway|egressOnlyInternetGateway|routeTable|route|mainRouteTableAssociation|routeTableAssociation|defaultRouteTable|securityGroup|securityGroupRule|defaultSecurityGroup|networkAcl|networkAclRule|defaultNetworkAcl|networkInterface|vpcDhcpOptions|vpcDhcpOptionsAssociation|vpcEndpoint\w+|eipAssociation|managedPrefixList\w*|vpcIpv4CidrBlockAssociation|keyPair|launchTemplate|placementGroup|flowLog):/,
  /^aws:lb\/(trustStoreRevocation|listener|listenerRule|listenerCertificate|targetGroup|targetGroupAttachment):/,
  /^aws:ecs\/(taskDefinition|clusterCapacityProviders|capacityProvider|accountSettingDefault):/,
  /^aws:ecr\/(lifecyclePolicy|repositoryPolicy|registryPolicy|registryScanningConfiguration):/,
  /^aws:route53\/(record|delegationSet):/,
  /^aws:s3\/bucket\w+:/,
  /^aws:cloudwatch\/(logResourcePolicy|logDelivery\w*|logMetricFilter|logSubscriptionFilter|logStream|eventRule|eventTarget|queryDefinition):/,
  /^aws:sns\/(topicPolicy|topicSubscription):/,
  /^aws:sqs\/queuePolicy:/,
  /^aws:kms\/(alias|keyPolicy|grant):/,
  /^aws:wafv2\/(webAclAssociation|webAclLoggingConfiguration|ipSet|regexPatternSet|ruleGroup):/,
  /^aws:secretsmanager\/(secretVersion|secretPolicy|secretRotation):/,
  /^aws:guardduty\/detectorFeature:/,
  /^aws:autoscaling\/(policy|schedule|attachment|notification|lifecycleHook):/,
  /^aws:lambda\/(permission|functionUrl|alias|layerVersion\w*|eventSourceMapping):/,
  /^aws:athena\/(namedQuery|workgroup):/,
  /^aws:chatbot\//,
  // Actions of budgets have a price, and are a type of their own.
  /^aws:budgets\/budget:/,
  // A million of them are free.
  /^aws:glue\/(catalogDatabase|catalogTable):/,
];

/** True for a type that costs nothing, however it is used. */
export function isFree(type: string): boolean {
  return free.some((pattern) => pattern.test(canonicalType(type)));
}
