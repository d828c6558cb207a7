/** Components of awsx that carry no requests: the default VPC, pushed images, trails. */
import { bagAt, textAt } from "../props";
import { Derived, type Planned, Ref } from "../planned";
import { type Props, UNKNOWN } from "../types";
import { token } from "../../../topology/tokens";
import type { ComponentRow } from "./awsx";
import { plannedBucket, defaultVpc, plannedLogGroup, omit } from "./awsxParts";

/** Tag of the pushed image: the one that is asked for, that of the source, or `latest`. */
function tagOf(args: Props): string {
  const [, tag] = /:([^/:]+)$/.exec(textAt(args, "sourceImage") ?? "") ?? [];
  return textAt(args, "tag") ?? tag ?? "latest";
}

function expandTrail(name: string, args: Props, region: string): Planned[] {
  const store = plannedBucket(name, bagAt(args, "s3Bucket"));
  const wanted = bagAt(args, "cloudWatchLogsGroup");
  const logs = wanted.enable === true ? plannedLogGroup(name, wanted, region).planned : [];
  const policy = (arn: unknown): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AWSCloudTrailAclCheck",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["s3:GetBucketAcl"],
          Resource: [arn],
        },
        {
          Sid: "AWSCloudTrailWrite",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["s3:PutObject"],
          Resource: [`${String(arn)}/*`],
          Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
    });
  const stored = new Derived(store.arn, (arn) => (arn === UNKNOWN ? UNKNOWN : policy(arn)));
  return [
    ...store.planned,
    {
      key: "policy",
      type: token.bucketPolicy,
      name,
      inputs: { bucket: store.name, policy: stored },
    },
    ...logs,
    {
      key: "trail",
      type: "aws:cloudtrail/trail:Trail",
      name,
      inputs: {
        ...omit(args, ["s3Bucket", "cloudWatchLogsGroup"]),
        s3BucketName: store.name,
        ...(logs.length > 0 && {
          cloudWatchLogsGroupArn: new Derived(
            new Ref("logGroup", "arn"),
            (arn) => `${String(arn)}:*`,
          ),
        }),
      },
    },
  ];
}

export const awsxOthers: readonly ComponentRow[] = [
  {
    type: "awsx:ec2:DefaultVpc",
    expand: () => [],
    outputs: (_planned, _args, account) => ({ ...defaultVpc(account, account.region) }),
  },
  {
    type: "awsx:ecr:RegistryImage",
    expand: (name, args) => [
      {
        key: "image",
        type: "docker:index/registryImage:RegistryImage",
        name,
        inputs: {
          ...omit(args, ["repositoryUrl", "sourceImage", "tag"]),
          name:
            textAt(args, "repositoryUrl") === undefined
              ? UNKNOWN
              : `${textAt(args, "repositoryUrl") ?? ""}:${tagOf(args)}`,
        },
      },
    ],
    outputs: () => ({ image: new Ref("image", "*") }),
  },
  {
    type: "awsx:cloudtrail:Trail",
    expand: expandTrail,
    outputs: (planned) => ({
      trail: new Ref("trail", "*"),
      ...(planned.some(({ key }) => key === "bucket") && { bucket: new Ref("bucket", "*") }),
      ...(planned.some(({ key }) => key === "logGroup") && { logGroup: new Ref("logGroup", "*") }),
    }),
  },
];
