/** aws.ec2.FlowLog */
import { Refusal } from "../types";
import { arn } from "../ids";
import { partitionOf } from "../../../path/regions";
import { isKnown, textAt } from "../props";
import { Candidate, others, ResourceModel, AccountView } from "../row";
import { exactlyOneOf, oneOf, when } from "../rules";
import { allowsRequest, documentOf } from "../../../topology/policyDocument";
import { token } from "../../../topology/tokens";
import { bucketNamed, bucketNameOf } from "./s3";
import { settingOf } from "./s3Settings";

const api = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html";
const page = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html";
const code = "InvalidParameter";

const isS3 = (inputs: Record<string, unknown>): boolean => inputs.logDestinationType === "s3";

/** Folder of the bucket that the destination names, with a slash at its end. */
const folderOf = (destination: string): string => {
  const folder = destination.replace(/^arn:[\w-]+:s3:::[^/]*\/?/, "");
  return folder === "" ? "" : `${folder.replace(/\/$/, "")}/`;
};

function intoBucket(candidate: Candidate, account: AccountView): Refusal[] {
  const destination = textAt(candidate.inputs, "logDestination");
  if (!isS3(candidate.inputs) || destination === undefined) return [];
  const property = "logDestination";
  const bucket = bucketNamed(account, destination);
  if (!bucket) {
    const message = `LogDestination: ${bucketNameOf(destination)} does not exist`;
    return [{ code: "LogDestinationNotFoundException", message, property, source: api }];
  }
  const policy = settingOf(account, token.bucketPolicy, bucket.id);
  if (!policy && bucket.urn === "") return [];
  const { accountId } = account;
  const { region } = candidate;
  const home = arn("s3", "", "", bucket.id, partitionOf(region));
  const document = policy && documentOf(policy.outputs);
  const asks = (action: string, resource: string, acl?: string): boolean =>
    allowsRequest(document, {
      service: "delivery.logs.amazonaws.com",
      action,
      resource,
      context: {
        "aws:SourceArn": arn("logs", region, accountId, "flow-logs"),
        "aws:SourceAccount": accountId,
        "aws:SecureTransport": "true",
        ...(acl !== undefined && { "s3:x-amz-acl": acl }),
      },
    });
  const key = `${home}/${folderOf(destination)}AWSLogs/${accountId}/vpcflowlogs/log.gz`;
  const wants: [string, boolean][] = [
    ["s3:PutObject", asks("s3:PutObject", key, "bucket-owner-full-control")],
    ["s3:GetBucketAcl", asks("s3:GetBucketAcl", home)],
  ];
  return wants
    .filter(([, may]) => !may)
    .map(([action]) => ({
      code: "LogDestinationPermissionIssue",
      // If the caller has permission, AWS adds the statement, and the next update removes it.
      message: `Access Denied for LogDestination: ${bucket.id}. Please check LogDestination permission: its policy does not let delivery.logs.amazonaws.com ${action}`,
      property,
      source: page,
    }));
}

export const flowLog: ResourceModel = {
  type: token.flowLog,
  defaults: () => ({ logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 }),
  rules: [
    exactlyOneOf(
      [
        ...["eniId", "subnetId", "vpcId", "transitGatewayId", "transitGatewayAttachmentId"],
        "regionalNatGatewayId",
      ],
      { code, source: api },
    ),
    when(
      (inputs) =>
        ["eniId", "subnetId", "vpcId"].some((key) => inputs[key] !== undefined) &&
        inputs.trafficType === undefined,
      "trafficType",
      {
        code,
        say: "A flow log of a VPC says which traffic: ACCEPT, REJECT or ALL.",
        source: api,
      },
    ),
    oneOf("trafficType", ["ACCEPT", "REJECT", "ALL"], { code, source: api }),
    oneOf("logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"], {
      code,
      source: api,
    }),
    oneOf("maxAggregationInterval", [60, 600], { code, source: api }),
    oneOf("destinationOptions.fileFormat", ["plain-text", "parquet"], { code, source: api }),
    when((inputs) => isS3(inputs) && inputs.logDestination === undefined, "logDestination", {
      code,
      say: "A flow log to S3 names the bucket's ARN.",
      source: api,
    }),
    when(
      (inputs) =>
        isS3(inputs) &&
        textAt(inputs, "logDestination") !== undefined &&
        !/^arn:[\w-]+:s3:::/.test(textAt(inputs, "logDestination") ?? ""),
      "logDestination",
      { code, say: "A flow log to S3 names the bucket's ARN, not its name.", source: api },
    ),
    when(
      (inputs) => folderOf(textAt(inputs, "logDestination") ?? "").startsWith("AWSLogs/"),
      "logDestination",
      { code, say: "AWSLogs is a reserved folder: AWS adds it itself.", source: api },
    ),
    when(
      (inputs) =>
        inputs.logDestinationType === "cloud-watch-logs" &&
        !("iamRoleArn" in inputs) &&
        isKnown(inputs.logDestination),
      "iamRoleArn",
      {
        code,
        say: "A flow log to CloudWatch Logs needs a role that may write there.",
        source: api,
      },
    ),
  ],
  references: [
    {
      property: "vpcId",
      type: token.vpc,
      code: "InvalidVpcId.NotFound",
      source: api,
      message: (id) => `The vpc ID '${id}' does not exist`,
    },
    {
      property: "subnetId",
      type: token.subnet,
      code: "InvalidSubnetID.NotFound",
      source: api,
      message: (id) => `The subnet ID '${id}' does not exist`,
    },
  ],
  refuse: (candidate, account) => [
    ...others(candidate, account)
      .filter((other) =>
        ["vpcId", "subnetId", "eniId", "trafficType", "logDestination"].every(
          (key) => other.outputs[key] === candidate.inputs[key],
        ),
      )
      .map((other) => ({
        code: "FlowLogAlreadyExists",
        message: `There is an existing Flow Log with the same configuration and log destination: '${other.name}'.`,
        source: api,
      })),
    ...intoBucket(candidate, account),
  ],
  replaceOn: ["*"],
  outputs: (candidate, account) => {
    const id = `fl-${candidate.hex(17)}`;
    return { id, arn: arn("ec2", candidate.region, account.accountId, `vpc-flow-log/${id}`) };
  },
};
