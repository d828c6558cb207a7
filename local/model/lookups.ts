/** Provider functions that look up existing resources, which are assumed to exist, like hosted zones. */
import {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
} from "../../path/cloudfront";
import { policyDocument } from "./policyDocument";
import { arn, dnsSuffix, hex, uuid } from "./ids";
import { partitionOf, regions } from "../../path/regions";
import { bagAt, bagsAt, textAt, textsAt } from "./props";
import { AwsRefusal } from "./refusal";
import { type AccountView, regionsDiffer, resourceRegion } from "./row";
import { defaultVpc } from "./rows/awsxParts";
import { logAccounts, logPermissionsPage } from "./rows/elbv2Logs";
import { secretArn } from "./rows/secretsManager";
import { token } from "../../topology/tokens";
import { UNKNOWN, type LocalResource, type Props } from "./types";

/** Answers one provider function; {@link UNKNOWN} where only AWS can. */
export type ProviderFunction = (
  account: AccountView,
  args: Props,
  region: string,
) => Props | typeof UNKNOWN;

/** The answer of AWS where there is no such thing. */
export function notFound(code: string, message: string, source?: string): AwsRefusal {
  return new AwsRefusal("AWS finds nothing:", [{ code, message, source }]);
}

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";

/** AWS's managed policies that hopwise's own paths do not use; programs write `Managed-` in front. */
const cachePolicies: Readonly<Record<string, string>> = {
  ...managedCachePolicies,
  CachingOptimizedForUncompressedObjects: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  Amplify: "2e54312d-136d-493c-8eb9-b001f22f67d2",
  "Elemental-MediaPackage": "08627262-05a9-4f76-9ded-b50ca2e3a84f",
};
const originRequestPolicies: Readonly<Record<string, string>> = {
  ...managedOriginRequestPolicies,
  "CORS-CustomOrigin": "59781a5b-3903-41f3-afcb-af62929ccde1",
  "CORS-S3Origin": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
  HostHeaderOnly: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
  UserAgentRefererHeaders: "acba4595-bd28-49b8-b9fe-13317c0390fa",
};
const responseHeadersPolicies: Readonly<Record<string, string>> = {
  ...managedResponseHeadersPolicies,
  "CORS-and-SecurityHeadersPolicy": "e61eb60c-9c35-4d20-a928-2b84e02af89c",
  "CORS-With-Preflight": "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
  "CORS-with-preflight-and-SecurityHeadersPolicy": "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
  SimpleCORS: "60669652-455b-4ae9-85a4-c4c02393f86c",
};

/** Finds a policy of CloudFront by id or name: one that AWS manages, or the program's own. */
function cloudfrontPolicy(
  managed: Readonly<Record<string, string>>,
  type: string,
  page: string,
): ProviderFunction {
  return (account, args) => {
    const [id, name] = [textAt(args, "id"), textAt(args, "name")];
    const entry = Object.entries(managed).find(
      ([short, policyId]) => policyId === id || `Managed-${short}` === name,
    );
    if (entry) return { ...args, id: entry[1], name: `Managed-${entry[0]}` };
    const own = account.all(type).find((p) => p.id === id || textAt(p.outputs, "name") === name);
    if (own) return { ...args, ...own.outputs, id: own.id };
    if (name?.startsWith("Managed-") !== true) return UNKNOWN;
    const known = Object.keys(managed).map((short) => `Managed-${short}`);
    throw notFound(
      "NoSuchPolicy",
      `no matching policy found: ${id ?? name}. AWS manages ${known.join(", ")}.`,
      `${guide}/${page}`,
    );
  };
}

/** What a program asks for, as one text: the same question finds the same thing. */
const question = (args: Props): string =>
  JSON.stringify(Object.entries(args).sort(([a], [b]) => a.localeCompare(b)));

/** What a program calls something that it looks up: the values that it asks with. */
const calledIn = (args: Props): string =>
  [
    ...Object.values(bagAt(args, "tags")),
    ...bagsAt(args, "filters").flatMap((filter) => textsAt(filter, "values[]")),
  ]
    .filter((value) => typeof value === "string")
    .join(", ");

/** Values of a filter such as `vpc-id`; undefined where it is not asked for. */
export function filtered(args: Props, name: string): string[] | undefined {
  const values = bagsAt(args, "filters")
    .filter((f) => f.name === name)
    .flatMap((f) => textsAt(f, "values[]"));
  return values.length === 0 ? undefined : values;
}

/** An issued certificate of that name, one of the program's or one that is taken to exist. */
function certificate(account: AccountView, args: Props, region: string): Props {
  const domain = textAt(args, "domain") ?? "";
  const named = (c: LocalResource): boolean =>
    c.outputs.domainName === domain && (c.outputs.region ?? region) === region;
  const id = arn(
    ...(["acm", region, account.accountId, `certificate/${uuid(`${domain} ${region}`)}`] as const),
  );
  const found =
    account.all(token.certificate).find(named) ??
    account.adopt(
      token.certificate,
      id,
      { domainName: domain, arn: id, region, status: "ISSUED" },
      domain,
    );
  return { ...args, ...found.outputs, id: found.id, arn: found.id };
}

/** What a program looks up without an id: it is there, under an id that is made up. */
function elsewhere(
  account: AccountView,
  type: string,
  id: string,
  args: Props,
  region: string,
  name = calledIn(args),
): LocalResource {
  const found = account.all(type).find((one) => one.id === id);
  return found ?? account.adopt(type, id, { region }, name === "" ? id : name);
}

/** Resources of a type in a region, with those whose region is not known. */
const allIn = (account: AccountView, type: string, region: string): LocalResource[] =>
  account.all(type).filter((one) => !regionsDiffer(resourceRegion(one, account), region));

/** A VPC by id, or whichever one the tags, filters or `default` mean. */
function vpc(account: AccountView, args: Props, region: string): Props {
  const asked =
    (args.default === true ? defaultVpc(account, region).vpcId : undefined) ??
    textAt(args, "id") ??
    filtered(args, "vpc-id")?.[0];
  const id = asked ?? `vpc-0${hex(question(args), 16)}`;
  const found =
    asked === undefined
      ? elsewhere(account, token.vpc, id, args, region)
      : account.lookup(token.vpc, id);
  if (!found)
    throw notFound(
      "InvalidVpcID.NotFound",
      `no matching EC2 VPC found: ${id}`,
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html",
    );
  const cidrBlock = found.outputs.cidrBlock;
  return {
    ...found.outputs,
    id: found.id,
    cidrBlockAssociations: cidrBlock === UNKNOWN ? UNKNOWN : [{ cidrBlock, state: "associated" }],
  };
}

/**
 * Ids of subnets: those that are asked for by id, those of the program, or else two that are assumed
 * to be what is asked for.
 */
function subnets(account: AccountView, args: Props, region: string): Props {
  return { ...args, id: region, ids: subnetIds(account, args, region) };
}

/** Ids of the subnets that the arguments of a lookup mean. */
export function subnetIds(account: AccountView, args: Props, region: string): string[] {
  const wanted = filtered(args, "subnet-id");
  if (wanted) return wanted.filter((id) => account.lookup(token.subnet, id));
  const given = textAt(args, "vpcId");
  const vpcIds = given === undefined ? filtered(args, "vpc-id") : [given];
  const tags = Object.entries(bagAt(args, "tags"));
  const own = allIn(account, token.subnet, region).filter(({ urn, outputs }) => {
    const has = bagAt(outputs, "tags");
    const inside = vpcIds === undefined || vpcIds.includes(textAt(outputs, "vpcId") ?? "");
    return urn !== "" && inside && tags.every(([key, value]) => has[key] === value);
  });
  if (own.length > 0) return own.map(({ id }) => id);
  const owner = vpcIds?.map((id) => account.lookup(token.vpc, id)).find((v) => v !== undefined);
  if (owner?.outputs.default === true) return inVpc(account, token.subnet, [owner.id]);
  const vpcId = owner?.id ?? `vpc-0${hex("of subnets", 16)}`;
  return [0, 1].map((n) => {
    const id = `subnet-0${hex(`${question(args)} ${n}`, 16)}`;
    return account.all(token.subnet).some((s) => s.id === id)
      ? id
      : account.adopt(token.subnet, id, { vpcId, region }).id;
  });
}

/** Ids of a type's resources in one of the VPCs, or in any. */
export const inVpc = (
  account: AccountView,
  type: string,
  ids: readonly string[] | undefined,
): string[] =>
  account
    .all(type)
    .filter((r) => ids === undefined || ids.includes(textAt(r.outputs, "vpcId") ?? ""))
    .map((r) => r.id);

/** A security group by id, name or tags. */
function securityGroup(account: AccountView, args: Props, region: string): Props {
  const name = textAt(args, "name") ?? filtered(args, "group-name")?.[0];
  const own = allIn(account, token.securityGroup, region).find((g) => g.outputs.name === name);
  const asked = textAt(args, "id") ?? own?.id;
  const id = asked ?? `sg-0${hex(question(args), 16)}`;
  const found =
    asked === undefined
      ? elsewhere(account, token.securityGroup, id, args, region, name)
      : account.lookup(token.securityGroup, id);
  return { ...args, ...found?.outputs, id, name: name ?? found?.name };
}

/** Something that a program names, whether it is its own or not. */
function byName(
  type: string,
  key: string,
  answer: (outputs: Props) => Props = () => ({}),
): ProviderFunction {
  return (account, args) => {
    const name = textAt(args, key);
    const own = account.all(type).find((r) => textAt(r.outputs, "name") === name);
    const found = own ?? account.lookup(type, name);
    if (!found) return UNKNOWN;
    return { ...args, ...found.outputs, id: found.id, ...answer(found.outputs) };
  };
}

/** A secret of that name, one of the program's or one that is taken to exist. */
const secret: ProviderFunction = (account, args, region) => {
  const [name = "", given] = [textAt(args, "name"), textAt(args, "arn")];
  const own = account.all(token.secret).find((one) => textAt(one.outputs, "name") === name);
  const id = own?.id ?? given ?? secretArn(region, account.accountId, name, name);
  const found = own ?? account.lookup(token.secret, id);
  return found ? { ...args, ...found.outputs, id, arn: id } : UNKNOWN;
};

/** The account from which load balancers of a region write logs. */
const logAccount: ProviderFunction = (_account, args, region) => {
  const id = logAccounts[region];
  if (id !== undefined)
    return { ...args, id, arn: arn("iam", "", id, "root", partitionOf(region)) };
  if (!regions.includes(region)) return UNKNOWN;
  throw notFound(
    "UnsupportedRegion",
    `load balancers in ${region} have no account of their own: name the service logdelivery.elasticloadbalancing.amazonaws.com in the bucket's policy`,
    logPermissionsPage,
  );
};

/** The gateway of a VPC of the program; whether another VPC has one, only AWS can say. */
const internetGateway: ProviderFunction = (account, args) => {
  const vpcIds = bagsAt(args, "filters")
    .filter((filter) => textAt(filter, "name") === "attachment.vpc-id")
    .flatMap((filter) => textsAt(filter, "values[]"));
  const id = textAt(args, "internetGatewayId");
  const found = account
    .all(token.internetGateway)
    .find((one) => one.id === id || vpcIds.includes(textAt(one.outputs, "vpcId") ?? ""));
  return found ? { ...args, ...found.outputs, id: found.id, internetGatewayId: found.id } : UNKNOWN;
};

/** The provider functions of lookups, by token. */
export const lookups: Readonly<Record<string, ProviderFunction>> = {
  "aws:cloudfront/getCachePolicy:getCachePolicy": cloudfrontPolicy(
    cachePolicies,
    token.cachePolicy,
    "using-managed-cache-policies.html",
  ),
  "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": cloudfrontPolicy(
    originRequestPolicies,
    token.requestPolicy,
    "using-managed-origin-request-policies.html",
  ),
  "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": cloudfrontPolicy(
    responseHeadersPolicies,
    token.responseHeadersPolicy,
    "using-managed-response-headers-policies.html",
  ),
  "aws:acm/getCertificate:getCertificate": certificate,
  "aws:ec2/getVpc:getVpc": vpc,
  "aws:ec2/getInternetGateway:getInternetGateway": internetGateway,
  "aws:ec2/getSubnets:getSubnets": subnets,
  "aws:ec2/getSubnetIds:getSubnetIds": subnets,
  "aws:ecs/getCluster:getCluster": byName(token.cluster, "clusterName", (outputs) => ({
    id: outputs.arn,
    status: "ACTIVE",
  })),
  "aws:secretsmanager/getSecret:getSecret": secret,
  "aws:elb/getServiceAccount:getServiceAccount": logAccount,
  "aws:iam/getRole:getRole": byName(token.role, "name"),
  "aws:s3/getBucket:getBucket": byName(token.bucket, "bucket"),
  "aws:ec2/getSecurityGroup:getSecurityGroup": securityGroup,
  "awsx:ec2:getDefaultVpc": (account, _args, region) => ({ ...defaultVpc(account, region) }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (_world, args) => {
    const json = policyDocument(args);
    return { ...args, id: hex(json, 10), json, minifiedJson: JSON.stringify(JSON.parse(json)) };
  },
  "aws:index/getService:getService": (_account, args, region) => {
    const serviceId = textAt(args, "serviceId") ?? "";
    const dnsName = `${serviceId}.${region}.${dnsSuffix(region)}`;
    return { ...args, id: dnsName, dnsName, partition: partitionOf(region), supported: true };
  },
};
