/** What several components of awsx have in common. */
import { createHash } from "node:crypto";
import { arn, hex } from "../ids";
import { partitionOf } from "../../../path/regions";
import { bagAt, textAt } from "../props";
import { Derived, type Planned, Ref } from "../planned";
import type { AccountView } from "../row";
import { type Props, UNKNOWN, UNKNOWN_TEXT } from "../types";
import { token } from "../../../topology/tokens";

export const omit = (args: Props, dropped: readonly string[]): Props =>
  Object.fromEntries(Object.entries(args).filter(([key]) => !dropped.includes(key)));

/** The part of a SHA-1 digest that awsx puts into names. */
export const shortHash = (value: string): string =>
  createHash("sha1").update(value).digest("hex").slice(0, 8);

/**
 * The account's default VPC. It is assumed to be as AWS creates it, with public subnets only; whether
 * there are private ones is not known.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function defaultVpc(
  account: AccountView,
  region: string,
): { vpcId: string; publicSubnetIds: string[]; privateSubnetIds: typeof UNKNOWN } {
  const id = (kind: string, n = ""): string => `${kind}-0${hex(`default ${region} ${n}`, 16)}`;
  const vpcId = id("vpc");
  const known = (type: string, own: string): boolean => account.all(type).some((r) => r.id === own);
  if (!known(token.vpc, vpcId))
    account.adopt(token.vpc, vpcId, { cidrBlock: "172.31.0.0/16", region, default: true });
  const publicSubnetIds = ["a", "b", "c"].map((zone, i) => {
    const own = id("subnet", zone);
    if (!known(token.subnet, own))
      account.adopt(token.subnet, own, {
        vpcId,
        region,
        cidrBlock: `172.31.${i * 16}.0/20`,
        availabilityZone: `${region}${zone}`,
        mapPublicIpOnLaunch: true,
      });
    return own;
  });
  return { vpcId, publicSubnetIds, privateSubnetIds: UNKNOWN };
}

const everybody = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };

/** The security group that awsx makes where the program names none. */
export const openSecurityGroup = (vpcId: unknown): Props => ({
  vpcId,
  ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...everybody }],
  egress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", ...everybody }],
});

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Action: "sts:AssumeRole",
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Effect: "Allow",
      Sid: "",
    },
  ],
});

/**
 * A role with the policies attached to it, unless the program gives one or wants none.
 *
 * @returns the planned resources, and the role's ARN
 */
export function plannedRole(
  key: string,
  name: string,
  wanted: Props,
  policyArns: readonly string[],
): { planned: Planned[]; arn?: unknown } {
  if (wanted.roleArn !== undefined && wanted.args !== undefined)
    throw new Error("Can't define role args if specified an existing role ARN");
  if (wanted.skip === true) return { planned: [] };
  if (wanted.roleArn !== undefined) return { planned: [], arn: wanted.roleArn };
  const given = bagAt(wanted, "args");
  const policies = Array.isArray(given.policyArns) ? (given.policyArns as unknown[]) : policyArns;
  const assume: unknown = given.assumeRolePolicy ?? trust;
  const made: Planned = {
    key,
    type: token.role,
    name,
    inputs: {
      ...omit(given, ["policyArns"]),
      assumeRolePolicy:
        typeof assume === "object" && assume !== null ? JSON.stringify(assume) : assume,
    },
  };
  const attached = policies.map((policyArn, i): Planned => ({
    key: `${key} policy ${i}`,
    type: token.rolePolicyAttachment,
    name: `${name}-${typeof policyArn === "string" ? shortHash(policyArn) : i}`,
    inputs: { role: new Ref(key, "name"), policyArn },
  }));
  return { planned: [made, ...attached], arn: new Ref(key, "arn") };
}

/** The policy by which tasks pull images and write logs. */
export const executionPolicy = (region: string): string =>
  `arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;

/** A log group, unless the program gives one or wants none, and how a container writes to it. */
export function plannedLogGroup(
  name: string,
  wanted: Props,
  region: string,
): { planned: Planned[]; options?: Props } {
  if (wanted.existing !== undefined && wanted.args !== undefined)
    throw new Error("Can't define log group args if specifying an existing log group name");
  if (wanted.skip === true) return { planned: [] };
  const existing = bagAt(wanted, "existing");
  if (wanted.existing !== undefined) {
    const [, , , arnRegion, , , arnName] = (textAt(existing, "arn") ?? "").split(":");
    const group = existing.name ?? arnName;
    return {
      planned: [],
      options: { "awslogs-group": group, "awslogs-region": existing.region ?? arnRegion ?? region },
    };
  }
  return {
    planned: [{ key: "logGroup", type: token.logGroup, name, inputs: bagAt(wanted, "args") }],
    options: { "awslogs-group": new Ref("logGroup", "name"), "awslogs-region": region },
  };
}

/** An S3 bucket, unless the program gives one. */
export function plannedBucket(
  name: string,
  wanted: Props,
): { planned: Planned[]; name: unknown; arn: unknown } {
  const existing = bagAt(wanted, "existing");
  if (wanted.existing !== undefined) {
    const given = textAt(existing, "name") ?? textAt(existing, "arn")?.split(":::")[1] ?? UNKNOWN;
    const own = typeof given === "string" ? arn("s3", "", "", given, "aws") : UNKNOWN;
    return { planned: [], name: given, arn: existing.arn ?? own };
  }
  const inputs = { forceDestroy: true, ...bagAt(wanted, "args") };
  return {
    planned: [{ key: "bucket", type: token.bucket, name, inputs }],
    name: new Ref("bucket", "bucket"),
    arn: new Ref("bucket", "arn"),
  };
}

/** JSON text of a value with references in it, and with {@link UNKNOWN_TEXT} for what is not known. */
export const jsonOf = (of: unknown): Derived =>
  new Derived(of, (value) =>
    JSON.stringify(value, (_key, inner: unknown) => (inner === UNKNOWN ? UNKNOWN_TEXT : inner)),
  );
