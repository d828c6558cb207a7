/** The properties and resources from which each field of a path's spec is read. */
import { token } from "../tokens";

/** The resources of a path from which its spec is read. */
export type Role =
  | "distribution"
  | "vpcOrigin"
  | "requestPolicy"
  | "loadBalancer"
  | "loadBalancerGroup"
  | "loadBalancerEgress"
  | "listener"
  | "siblingListener"
  | "rule"
  | "certificate"
  | "webAclAssociation"
  | "targetGroup"
  | "service"
  | "taskDefinition"
  | "instances"
  | "hosts"
  | "taskGroup";

/** Properties by the role of their resource. */
export type Properties = Readonly<Partial<Record<Role, readonly string[]>>>;

/** A setting of a distribution's behaviours, including the default one. */
const behaviours = (setting: string): string[] => [
  `defaultCacheBehavior.${setting}`,
  `orderedCacheBehaviors[].${setting}`,
];

/** A setting of a distribution's origins, of either kind. */
const origins = (setting: string): string[] => [
  `origins[].customOriginConfig.${setting}`,
  `origins[].vpcOriginConfig.${setting}`,
];

/** What says whether a listener's or a rule's actions ask callers to sign in. */
const signIn = (actions: string): string[] => [
  `${actions}[].type`,
  ...["authenticateCognito", "authenticateOidc"].map(
    (config) => `${actions}[].${config}.onUnauthenticatedRequest`,
  ),
];

/** A variable of this project's own nginx image. */
const variable = (name: string): string[] => [`containerDefinitions[].environment.HOPWISE_${name}`];

/** A security group's rules, inline or as separate resources. */
const groupRules = [
  ...["securityGroupId", "type", "self", "fromPort", "toPort", "protocol", "ipProtocol"],
  ...["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks", "prefixListId", "prefixListIds"],
  ...["referencedSecurityGroupId", "sourceSecurityGroupId"],
];
const ingress = ["ingress", ...groupRules];
const egress = ["egress", ...groupRules];

/** What says the security groups and ports of instances. */
const instances = [
  ...["vpcSecurityGroupIds", "securityGroups", "securityGroupNames", "networkInterfaces"],
  ...["launchTemplate", "launchConfiguration", "mixedInstancesPolicy", "port", "targetId"],
  ...["targetGroupArn", "lbTargetGroupArn", "autoscalingGroupName"],
  ...["targetGroupArns", "trafficSource", "trafficSources"],
];

/** What says on which instances the tasks of a service run. */
const hosts = [
  ...["launchType", "cluster", "capacityProviderStrategies"],
  ...["clusterName", "defaultCapacityProviderStrategies", "name", "autoScalingGroupProvider"],
  ...["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"],
  ...["userData", "userDataBase64"],
];

/** What says the ports of tasks, and their security groups. */
const targeted = ["networkConfiguration.securityGroups", "loadBalancers[].containerPort"];

/** By the field of the spec. A field that is not in here cannot be unknown. */
export const provenance: Readonly<Record<string, Properties>> = {
  "edge.origin": { distribution: ["origins[].vpcOriginConfig"] },
  "edge.httpVersion": { distribution: ["httpVersion"] },
  "edge.viewerProtocolPolicy": { distribution: behaviours("viewerProtocolPolicy") },
  "edge.originProtocolPolicy": {
    distribution: origins("originProtocolPolicy"),
    vpcOrigin: ["vpcOriginEndpointConfig.originProtocolPolicy"],
  },
  "edge.originPorts": {
    distribution: [
      "origins[].customOriginConfig.httpPort",
      "origins[].customOriginConfig.httpsPort",
    ],
    vpcOrigin: ["vpcOriginEndpointConfig.httpPort", "vpcOriginEndpointConfig.httpsPort"],
  },
  "edge.originHttpVersion": { distribution: origins("originHttpVersion") },
  "edge.originTls12": {
    distribution: ["origins[].customOriginConfig.originSslProtocols"],
    vpcOrigin: ["vpcOriginEndpointConfig.originSslProtocols"],
  },
  "edge.grpc": { distribution: behaviours("grpcConfig") },
  "edge.allowedMethods": { distribution: behaviours("allowedMethods") },
  "edge.forwardsHost": {
    distribution: [...behaviours("originRequestPolicyId"), ...behaviours("forwardedValues")],
    requestPolicy: ["headersConfig"],
  },
  "edge.withholds": {
    distribution: [
      ...behaviours("originRequestPolicyId"),
      ...behaviours("cachePolicyId"),
      ...behaviours("forwardedValues"),
    ],
    requestPolicy: ["cookiesConfig", "queryStringsConfig"],
  },
  "edge.viewerNames": { distribution: ["aliases"] },
  "edge.originName": { distribution: ["origins[].domainName"] },
  "edge.sendsSecretHeader": {
    distribution: ["origins[].customHeaders"],
    rule: ["conditions[].httpHeader"],
  },
  "edge.clientCertificates": { distribution: ["viewerMtlsConfig.mode"] },
  "edge.showsCertificate": { distribution: ["origins[].customOriginConfig.originMtlsConfig"] },
  "edge.originAddresses": { distribution: ["origins[].customOriginConfig.ipAddressType"] },
  "edge.keepAliveSeconds": { distribution: origins("originKeepaliveTimeout") },
  "edge.readSeconds": { distribution: origins("originReadTimeout") },
  "listener.scheme": { loadBalancer: ["internal"] },
  "listener.protocol": { listener: ["protocol"] },
  "listener.port": { listener: ["port"] },
  "listener.http2": { loadBalancer: ["enableHttp2"] },
  "listener.certificateNames": {
    listener: ["certificateArn"],
    certificate: ["domainName", "subjectAlternativeNames", "certificateArn", "listenerArn"],
  },
  "listener.withoutHeader": {
    listener: [
      ...["type", "fixedResponse.statusCode", "redirect.statusCode"].map(
        (property) => `defaultActions[].${property}`,
      ),
    ],
  },
  "listener.requiresSecretHeader": {
    listener: ["defaultActions[].type"],
    rule: ["conditions[].httpHeader"],
  },
  "listener.admits": {
    loadBalancer: ["securityGroups"],
    loadBalancerGroup: ingress,
    listener: ["port"],
  },
  "listener.closedPorts": {
    loadBalancer: ["securityGroups"],
    loadBalancerGroup: ingress,
    siblingListener: ["port", "loadBalancerArn", "defaultActions[].type"],
  },
  "listener.missedHost": {
    distribution: [
      ...["aliases", "origins[].domainName"],
      ...behaviours("originRequestPolicyId"),
      ...behaviours("forwardedValues"),
    ],
    requestPolicy: ["headersConfig"],
    listener: ["defaultActions[].type", "defaultActions[].fixedResponse.statusCode"],
    rule: ["actions[].type"],
  },
  "listener.signIn": { listener: signIn("defaultActions"), rule: signIn("actions") },
  "listener.clientCertificates": { listener: ["mutualAuthentication.mode"] },
  "listener.takes": { rule: ["conditions[].httpHeader"] },
  "listener.idleSeconds": { loadBalancer: ["idleTimeout"] },
  "listener.redirectsHttp": {
    siblingListener: ["port", "loadBalancerArn", "defaultActions[].type"],
  },
  "target.protocol": { targetGroup: ["protocol"] },
  "target.protocolVersion": { targetGroup: ["protocolVersion"] },
  "target.port": {
    service: ["loadBalancers[].containerPort"],
    taskDefinition: ["networkMode"],
    targetGroup: ["port"],
    instances: ["port"],
  },
  "target.admits": {
    service: targeted,
    taskDefinition: ["networkMode"],
    loadBalancer: ["securityGroups"],
    taskGroup: ingress,
    instances,
    hosts,
  },
  "target.healthCheck": {
    service: targeted,
    taskDefinition: ["networkMode"],
    loadBalancer: ["securityGroups"],
    taskGroup: ingress,
    targetGroup: ["healthCheck.port"],
    instances,
    hosts,
  },
  "target.chosenPort": { taskDefinition: ["networkMode"] },
  "target.lambda": { targetGroup: ["targetType"] },
  "target.noEgressTo": {
    service: targeted,
    taskDefinition: ["networkMode"],
    loadBalancer: ["securityGroups"],
    loadBalancerEgress: egress,
    targetGroup: ["port", "targetType", "healthCheck.port"],
    instances,
    hosts,
  },
  "container.port": {
    service: ["loadBalancers[].containerPort"],
    taskDefinition: variable("PORT"),
    targetGroup: ["port"],
  },
  "container.tls": {
    taskDefinition: variable("TLS"),
    targetGroup: ["protocol"],
  },
  "container.accepts": {
    taskDefinition: variable("HTTP2"),
    targetGroup: ["protocolVersion"],
  },
  "container.keepAliveSeconds": {
    taskDefinition: variable("KEEPALIVE_SECONDS"),
    loadBalancer: ["idleTimeout"],
  },
  appPort: { taskDefinition: variable("APP") },
  mustWork: {
    targetGroup: ["protocolVersion"],
    distribution: behaviours("grpcConfig"),
  },
  waf: { distribution: ["webAclId"], webAclAssociation: ["resourceArn"] },
};

/**
 * What decides whether a path exists, and which requests take it. If one of these is unknown,
 * nothing about the path is certain.
 */
export const decisive: Properties = {
  distribution: [
    "enabled",
    "origins[].originId",
    "origins[].originPath",
    ...behaviours("targetOriginId"),
    "orderedCacheBehaviors[].pathPattern",
    ...["httpPort", "httpsPort"].map((port) => `origins[].customOriginConfig.${port}`),
  ],
  vpcOrigin: ["vpcOriginEndpointConfig.httpPort", "vpcOriginEndpointConfig.httpsPort"],
  loadBalancer: ["loadBalancerType"],
  listener: ["defaultActions[].type", "defaultActions[].forward.targetGroups[].weight"],
  rule: [
    ...["pathPattern", "hostHeader", "httpRequestMethod", "queryStrings", "sourceIp"].map(
      (condition) => `conditions[].${condition}`,
    ),
    ...["actions[].type", "actions[].forward.targetGroups[].weight", "priority", "listenerArn"],
  ],
  service: ["loadBalancers[].containerName"],
};

/** The references that lead along a path, by type: if one is unknown, the path is not found. */
export const connecting: Readonly<Record<string, readonly string[]>> = {
  [token.distribution]: [
    ...["origins[].originId", "origins[].domainName", "origins[].vpcOriginConfig.vpcOriginId"],
    ...behaviours("targetOriginId"),
  ],
  [token.vpcOrigin]: ["vpcOriginEndpointConfig.arn"],
  [token.listener]: [
    "loadBalancerArn",
    "defaultActions[].type",
    "defaultActions[].targetGroupArn",
    "defaultActions[].forward.targetGroups[].arn",
  ],
  [token.listenerRule]: [
    "listenerArn",
    "actions[].type",
    "actions[].targetGroupArn",
    "actions[].forward.targetGroups[].arn",
  ],
  [token.service]: ["taskDefinition", "loadBalancers[].targetGroupArn"],
};
