/**
 * Types for which the model refuses nothing and computes names only: ids, ARNs and addresses, in the
 * forms that AWS documents, so that programs can use them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { arn, cloudFrontId, dnsSuffix, hex, letters, uuid } from "./ids";
import { partitionOf } from "../../path/regions";
import { numberAt, textAt } from "./props";
import type { AccountView } from "./row";
import { type Props, UNKNOWN } from "./types";

/** What names are made of. */
interface Named {
  readonly inputs: Props;
  /** The name that AWS sees. */
  readonly name: string;
  readonly region: string;
  /** An ARN in the resource's region. */
  arn(service: string, resource: string): string;
  /** An ARN of a service without regions. */
  globalArn(service: string, resource: string): string;
  /** Hexadecimal text, the same in every run. */
  hex(length: number): string;
}

interface PlainType {
  /** Property of the name; the provider makes one up where the program gives none. @default "name" */
  readonly name?: string;
  readonly outputs: (named: Named) => { id: string } & Props;
}

/** A type whose id is its name. */
const byName = (service: string, kind: string, name = "name"): PlainType => ({
  name,
  outputs: (it) => ({ id: it.name, arn: it.arn(service, `${kind}${it.name}`), [name]: it.name }),
});
/** A type whose id is its ARN. */
const byArn = (service: string, kind: string, name = "name"): PlainType => ({
  name,
  outputs: (it) => {
    const own = it.arn(service, `${kind}${it.name}`);
    return { id: own, arn: own, [name]: it.name };
  },
});
/** A type whose id AWS draws. */
const drawn = (prefix: string, service = "", kind = ""): PlainType => ({
  outputs: (it) => {
    const id = `${prefix}0${it.hex(16)}`;
    return { id, ...(service !== "" && { arn: it.arn(service, `${kind}${id}`) }) };
  },
});
const ofCloudFront = (kind: string): PlainType => ({
  outputs: (it) => {
    const id = uuid(`${it.name} ${it.hex(8)}`);
    return { id, arn: it.globalArn("cloudfront", `${kind}/${id}`), name: it.name };
  },
});

const ports: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };
const portOf = (inputs: Props): number => {
  const engine = (textAt(inputs, "engine") ?? "")
    .replace(/^aurora-?/, "")
    .replace(/^postgresql$/, "postgres");
  return numberAt(inputs, "port") ?? ports[engine] ?? 3306;
};
const databaseHost = (it: Named, infix = ""): string => {
  const digits = letters(it.hex(12), 12, "abcdefghijklmnopqrstuvwxyz0123456789");
  return `${it.name}.${infix}${digits}.${it.region}.rds.${dnsSuffix(it.region)}`;
};

/**
 * Older regions have a hyphen where others have a dot.
 * https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints
 */
const withHyphen = [
  ...["us-east-1", "us-west-1", "us-west-2", "ap-southeast-1", "ap-southeast-2"],
  ...["ap-northeast-1", "eu-west-1", "sa-east-1", "us-gov-west-1"],
];
export const websiteDomainOf = (region: string): string =>
  `s3-website${withHyphen.includes(region) ? "-" : "."}${region}.${dnsSuffix(region)}`;

const types: Readonly<Record<string, PlainType>> = {
  "aws:appautoscaling/policy:Policy": byName("autoscaling", "scalingPolicy:"),
  "aws:autoscaling/group:Group": byName("autoscaling", "autoScalingGroup::autoScalingGroupName/"),
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": ofCloudFront("origin-request-policy"),
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy":
    ofCloudFront("response-headers-policy"),
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": {
    outputs: (it) => {
      const id = cloudFrontId(it.name + it.hex(8));
      return {
        id,
        arn: it.globalArn("cloudfront", `origin-access-identity/${id}`),
        cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
        iamArn: `arn:${partitionOf(it.region)}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
        s3CanonicalUserId: it.hex(64),
      };
    },
  },
  "aws:dynamodb/table:Table": byName("dynamodb", "table/"),
  "aws:ec2/defaultSubnet:DefaultSubnet": drawn("subnet-", "ec2", "subnet/"),
  "aws:ec2/instance:Instance": drawn("i-", "ec2", "instance/"),
  "aws:ec2/launchTemplate:LaunchTemplate": drawn("lt-", "ec2", "launch-template/"),
  "aws:ec2/launchConfiguration:LaunchConfiguration": byName(
    "autoscaling",
    "launchConfiguration::launchConfigurationName/",
  ),
  "aws:ec2/securityGroupRule:SecurityGroupRule": drawn("sgrule-"),
  "aws:ec2/networkAcl:NetworkAcl": drawn("acl-", "ec2", "network-acl/"),
  "aws:ecs/capacityProvider:CapacityProvider": byArn("ecs", "capacity-provider/"),
  "aws:efs/accessPoint:AccessPoint": drawn("fsap-", "elasticfilesystem", "access-point/"),
  "aws:efs/fileSystem:FileSystem": {
    outputs: (it) => {
      const id = `fs-0${it.hex(16)}`;
      const dnsName = `${id}.efs.${it.region}.${dnsSuffix(it.region)}`;
      return { id, arn: it.arn("elasticfilesystem", `file-system/${id}`), dnsName };
    },
  },
  "aws:iam/group:Group": ofIam("group"),
  "aws:iam/instanceProfile:InstanceProfile": ofIam("instance-profile"),
  "aws:iam/policy:Policy": {
    outputs: (it) => {
      const own = it.globalArn("iam", `policy/${it.name}`);
      return { id: own, arn: own, name: it.name };
    },
  },
  "aws:iam/user:User": ofIam("user"),
  "aws:kms/alias:Alias": byName("kms", ""),
  "aws:lambda/function:Function": {
    outputs: (it) => {
      const own = it.arn("lambda", `function:${it.name}`);
      const call = `arn:${partitionOf(it.region)}:apigateway:${it.region}:lambda:path/2015-03-31/functions/${own}/invocations`;
      return { id: it.name, arn: own, name: it.name, invokeArn: call, version: "$LATEST" };
    },
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    outputs: (it) => {
      const urlId = letters(it.hex(32), 32, "abcdefghijklmnopqrstuvwxyz234567");
      const functionUrl = `https://${urlId}.lambda-url.${it.region}.on.aws/`;
      return { id: textAt(it.inputs, "functionName") ?? it.name, urlId, functionUrl };
    },
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    outputs: (it) => ({ id: `${textAt(it.inputs, "targetGroupArn") ?? ""}-${it.hex(26)}` }),
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    outputs: ({ inputs }) => ({
      id: `${textAt(inputs, "listenerArn") ?? ""}_${textAt(inputs, "certificateArn") ?? ""}`,
    }),
  },
  "aws:rds/cluster:Cluster": {
    name: "clusterIdentifier",
    outputs: (it) => ({
      id: it.name,
      arn: it.arn("rds", `cluster:${it.name}`),
      clusterIdentifier: it.name,
      endpoint: databaseHost(it, "cluster-"),
      readerEndpoint: databaseHost(it, "cluster-ro-"),
      port: portOf(it.inputs),
    }),
  },
  "aws:rds/instance:Instance": {
    name: "identifier",
    outputs: (it) => ({
      id: `db-${it.hex(26).toUpperCase()}`,
      arn: it.arn("rds", `db:${it.name}`),
      identifier: it.name,
      address: databaseHost(it),
      endpoint: `${databaseHost(it)}:${portOf(it.inputs)}`,
      port: portOf(it.inputs),
    }),
  },
  "aws:rds/subnetGroup:SubnetGroup": byName("rds", "subgrp:"),
  "aws:elasticache/subnetGroup:SubnetGroup": byName("elasticache", "subnetgroup:"),
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    outputs: ({ inputs, name, region }) => {
      const bucket = textAt(inputs, "bucket");
      const websiteDomain = websiteDomainOf(region);
      const known = bucket === undefined ? UNKNOWN : `${bucket}.${websiteDomain}`;
      return { id: bucket ?? name, websiteDomain, websiteEndpoint: known };
    },
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": drawn(
    "ns-",
    "servicediscovery",
    "namespace/",
  ),
  "aws:servicediscovery/httpNamespace:HttpNamespace": drawn(
    "ns-",
    "servicediscovery",
    "namespace/",
  ),
  "aws:servicediscovery/service:Service": drawn("srv-", "servicediscovery", "service/"),
  "aws:sqs/queue:Queue": {
    outputs: (it) => {
      const own = it.arn("sqs", it.name);
      const account = own.split(":")[4] ?? "";
      const url = `https://sqs.${it.region}.${dnsSuffix(it.region)}/${account}/${it.name}`;
      return { id: url, url, arn: own, name: it.name };
    },
  },
  "aws:ssm/parameter:Parameter": {
    outputs: (it) => {
      const path = it.name.startsWith("/") ? it.name : `/${it.name}`;
      return { id: it.name, arn: it.arn("ssm", `parameter${path}`), name: it.name };
    },
  },
};

function ofIam(kind: string): PlainType {
  return {
    outputs: (it) => ({
      id: it.name,
      arn: it.globalArn("iam", `${kind}/${it.name}`),
      name: it.name,
    }),
  };
}

/** What AWS names of a resource computed from its inputs; undefined for types that are not listed. */
export function plainOutputs(
  { type, name, urn, inputs }: { type: string; name: string; urn: string; inputs: Props },
  generation: number,
  { region, accountId }: Pick<AccountView, "region" | "accountId">,
): ({ id: string } & Props) | undefined {
  const plain = types[type];
  if (!plain) return undefined;
  const own = textAt(inputs, "region") ?? region;
  const hexFor = (length: number): string => hex(`${urn}#${generation}`, length);
  const key = plain.name ?? "name";
  const prefix = textAt(inputs, `${key}Prefix`);
  return plain.outputs({
    inputs,
    name: textAt(inputs, key) ?? `${prefix ?? `${name}-`}${hexFor(7)}`,
    region: own,
    arn: (service, resource) => arn(service, own, accountId, resource),
    globalArn: (service, resource) => arn(service, "", accountId, resource, partitionOf(own)),
    hex: hexFor,
  });
}
