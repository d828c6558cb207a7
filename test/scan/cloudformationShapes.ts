/** Where CloudFormation's shape of a resource is not Pulumi's. Letters' case does not matter. */
import type { LocalResource } from "../../local/model/types";
import { bagOf, bags, parsed, renamed, type Bag } from "./bag";
import { loadBalancing } from "./cloudformationLoadBalancing";
import type { Reference } from "./references";

/** One type's properties. `parts` are the resources that CloudFormation has inside of this one. */
export type Shape = (bag: Bag, resource: LocalResource, parts: readonly LocalResource[]) => Bag;

/** The argument by which a resource that is folded names the one it belongs to. */
const owners: Readonly<Record<string, string>> = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": "repository",
  "aws:guardduty/detectorFeature:DetectorFeature": "detectorId",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "bucket",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "bucket",
};

/** The resource that this one is a property of, in CloudFormation. */
export function fold(
  resource: LocalResource,
  references: ReadonlyMap<string, Reference>,
): LocalResource | undefined {
  const owner = resource.inputs[owners[resource.type] ?? ""];
  return typeof owner === "string" ? references.get(owner)?.resource : undefined;
}

export function reshape(
  type: string,
  resource: LocalResource,
  parts: readonly LocalResource[],
): Bag {
  const own = shapes[type] ?? loadBalancing[type];
  return own === undefined ? resource.inputs : own(resource.inputs, resource, parts);
}

const inputsOf = (parts: readonly LocalResource[], kind: string): Bag =>
  parts.find(({ type }) => type.endsWith(`:${kind}`))?.inputs ?? {};

const within =
  (key: string, names: Readonly<Record<string, string | undefined>> = {}): Shape =>
  ({ tags, ...bag }) => ({ [key]: renamed(bag, names), tags });

const rule =
  (side: "source" | "destination"): Shape =>
  (bag) =>
    renamed(bag, {
      tags: undefined,
      securityGroupId: "groupId",
      cidrIpv4: "cidrIp",
      referencedSecurityGroupId: `${side}SecurityGroupId`,
      prefixListId: `${side}PrefixListId`,
    });

const distribution: Shape = ({ tags, ...bag }) => ({
  tags,
  distributionConfig: {
    ...renamed(bag, {
      isIpv6Enabled: "ipv6Enabled",
      orderedCacheBehaviors: "cacheBehaviors",
      loggingConfig: "logging",
      waitForDeployment: undefined,
      retainOnDelete: undefined,
    }),
    origins: bags(bag.origins).map(({ originId, customHeaders, ...origin }) => ({
      ...origin,
      id: originId,
      originCustomHeaders: bags(customHeaders).map(({ name, value }) => ({
        headerName: name,
        headerValue: value,
      })),
    })),
  },
});

const service: Shape = (bag) => {
  const { alarms, deploymentCircuitBreaker, networkConfiguration, ...rest } = bag;
  const { assignPublicIp, ...network } = bagOf(networkConfiguration);
  return {
    ...renamed(rest, {
      name: "serviceName",
      deploymentMinimumHealthyPercent: undefined,
      deploymentMaximumPercent: undefined,
      forceNewDeployment: undefined,
      triggers: undefined,
      waitForSteadyState: undefined,
    }),
    deploymentConfiguration: {
      alarms,
      deploymentCircuitBreaker,
      minimumHealthyPercent: bag.deploymentMinimumHealthyPercent,
      maximumPercent: bag.deploymentMaximumPercent,
    },
    networkConfiguration: {
      awsvpcConfiguration: { ...network, assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED" },
    },
  };
};

const bucket: Shape = (bag, _, parts) => {
  const encryption = bags(inputsOf(parts, "BucketServerSideEncryptionConfiguration").rules);
  const versioning = bagOf(inputsOf(parts, "BucketVersioning").versioningConfiguration);
  const block = renamed(inputsOf(parts, "BucketPublicAccessBlock"), { bucket: undefined });
  const ownership = inputsOf(parts, "BucketOwnershipControls").rule;
  const lifecycle = bags(inputsOf(parts, "BucketLifecycleConfiguration").rules);
  return {
    ...renamed(bag, { bucket: "bucketName", forceDestroy: undefined }),
    ...(encryption.length > 0 && {
      bucketEncryption: {
        serverSideEncryptionConfiguration: encryption.map(
          ({ applyServerSideEncryptionByDefault: preset, bucketKeyEnabled }) => ({
            bucketKeyEnabled,
            serverSideEncryptionByDefault: preset,
          }),
        ),
      },
    }),
    ...(versioning.status !== undefined && { versioningConfiguration: versioning }),
    ...(Object.keys(block).length > 0 && { publicAccessBlockConfiguration: block }),
    ...(ownership !== undefined && { ownershipControls: { rules: [ownership] } }),
    ...(lifecycle.length > 0 && {
      lifecycleConfiguration: { rules: lifecycle.map(lifecycleRule) },
    }),
  };
};

function lifecycleRule(bag: Bag): Bag {
  const { expiration, filter, noncurrentVersionExpiration, ...rest } = bag;
  const { days, expiredObjectDeleteMarker } = bagOf(expiration);
  return {
    ...rest,
    prefix: bagOf(filter).prefix,
    expirationInDays: days,
    expiredObjectDeleteMarker,
    noncurrentVersionExpiration,
  };
}

const shapes: Readonly<Record<string, Shape>> = {
  "AWS::CloudFront::CachePolicy": within("cachePolicyConfig"),
  "AWS::CloudFront::Distribution": distribution,
  "AWS::CloudFront::Function": ({ name, code, runtime, comment, publish }) => ({
    name,
    functionCode: code,
    functionConfig: { comment: comment ?? "", runtime },
    autoPublish: publish,
  }),
  "AWS::CloudFront::OriginAccessControl": within("originAccessControlConfig"),
  "AWS::CloudFront::ResponseHeadersPolicy": within("responseHeadersPolicyConfig"),
  "AWS::CloudFront::VpcOrigin": ({ vpcOriginEndpointConfig, ...bag }) => {
    const { originSslProtocols, ...config } = vpcOriginEndpointConfig as Bag;
    const { items } = originSslProtocols as Bag;
    return { ...bag, vpcOriginEndpointConfig: { ...config, originSslProtocols: items } };
  },
  "AWS::EC2::FlowLog": ({ vpcId, ...bag }) => ({ ...bag, resourceId: vpcId, resourceType: "VPC" }),
  "AWS::EC2::InternetGateway": ({ tags }) => ({ tags }),
  "AWS::EC2::SecurityGroup": (bag) =>
    renamed(bag, {
      description: "groupDescription",
      name: "groupName",
      revokeRulesOnDelete: undefined,
    }),
  "AWS::EC2::SecurityGroupEgress": rule("destination"),
  "AWS::EC2::SecurityGroupIngress": rule("source"),
  "AWS::EC2::VPCEndpoint": (bag) => renamed(bag, { policy: "policyDocument" }),
  "AWS::ECR::Repository": (bag, _, parts) => ({
    ...renamed(bag, { name: "repositoryName", forceDelete: "emptyOnDelete" }),
    lifecyclePolicy: { lifecyclePolicyText: inputsOf(parts, "LifecyclePolicy").policy },
  }),
  "AWS::ECS::Cluster": (bag) => renamed(bag, { name: "clusterName", settings: "clusterSettings" }),
  "AWS::ECS::Service": service,
  "AWS::ECS::TaskDefinition": ({ containerDefinitions, ...bag }) => ({
    ...renamed(bag, { skipDestroy: undefined }),
    containerDefinitions: parsed(containerDefinitions),
  }),
  "AWS::GuardDuty::Detector": (bag, _, parts) => ({
    ...bag,
    features: parts.map(({ inputs }) => renamed(inputs, { detectorId: undefined })),
  }),
  "AWS::IAM::Role": ({ assumeRolePolicy, ...bag }) => ({
    ...renamed(bag, { name: "roleName" }),
    assumeRolePolicyDocument: parsed(assumeRolePolicy),
  }),
  "AWS::IAM::RolePolicy": ({ policy, role }, { outputs }) => ({
    policyName: outputs.name,
    policyDocument: parsed(policy),
    roleName: role,
  }),
  "AWS::KMS::Key": ({ policy, deletionWindowInDays, ...bag }) => ({
    ...bag,
    keyPolicy: parsed(policy),
    pendingWindowInDays: deletionWindowInDays,
  }),
  "AWS::Logs::Delivery": ({ s3DeliveryConfigurations, ...bag }) => ({
    ...bag,
    ...renamed(bagOf(s3DeliveryConfigurations), {
      suffixPath: "s3SuffixPath",
      enableHiveCompatiblePath: "s3EnableHiveCompatiblePath",
    }),
  }),
  "AWS::Logs::DeliveryDestination": ({ deliveryDestinationConfiguration, ...bag }) => ({
    ...bag,
    ...bagOf(deliveryDestinationConfiguration),
  }),
  "AWS::Logs::LogGroup": ({ namePrefix, ...bag }, { outputs }) => ({
    ...renamed(bag, { name: "logGroupName", skipDestroy: undefined }),
    // A template has no prefixes; what AWS demands of the name still has to hold.
    ...(namePrefix !== undefined && { logGroupName: outputs.name }),
  }),
  "AWS::Logs::ResourcePolicy": ({ policyName, policyDocument }, { name }) => ({
    policyName: policyName ?? name,
    policyDocument,
  }),
  "AWS::CloudWatch::Alarm": ({ dimensions, ...bag }) => ({
    ...renamed(bag, { name: "alarmName" }),
    dimensions: Object.entries(bagOf(dimensions)).map(([name, value]) => ({ name, value })),
  }),
  "AWS::Events::Rule": ({ eventPattern, ...bag }) => ({
    ...renamed(bag, { forceDestroy: undefined }),
    eventPattern: parsed(eventPattern),
  }),
  "AWS::Route53::RecordSet": ({ zoneId, aliases, records, ...bag }) => {
    const [alias] = bags(aliases);
    return {
      ...renamed(bag, { allowOverwrite: undefined }),
      hostedZoneId: zoneId,
      resourceRecords: records,
      aliasTarget: alias && renamed(alias, { name: "dnsName", zoneId: "hostedZoneId" }),
    };
  },
  "AWS::SecretsManager::Secret": (bag) => renamed(bag, { recoveryWindowInDays: undefined }),
  "AWS::S3::Bucket": bucket,
  "AWS::S3::BucketPolicy": ({ bucket: name, policy }) => ({
    bucket: name,
    policyDocument: parsed(policy),
  }),
  "AWS::SNS::Subscription": (bag) => renamed(bag, { topic: "topicArn" }),
  "AWS::SNS::Topic": (bag) => renamed(bag, { name: "topicName" }),
  "AWS::SNS::TopicPolicy": ({ arn, policy }) => ({ topics: [arn], policyDocument: parsed(policy) }),
};
