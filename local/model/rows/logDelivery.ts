/**
 * aws.cloudwatch.LogDeliverySource, LogDeliveryDestination and LogDelivery: how CloudFront's
 * standard logs (v2) reach a bucket.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
 */
import { edgeLogsRegion } from "../../../path/logs";
import { LocalResource, Refusal } from "../types";
import { arn, letters } from "../ids";
import { partitionOf } from "../../../path/regions";
import { isKnown, textAt } from "../props";
import { Candidate, others, ResourceModel, AccountView, regionsDiffer } from "../row";
import { matchesPattern, oneOf, when } from "../rules";
import { allowsRequest, documentOf } from "../../../topology/policyDocument";
import { token } from "../../../topology/tokens";
import { bucketNamed } from "./s3";
import { settingOf } from "./s3Settings";

const api = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";
const edgePage =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html";
const bucketPage =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html";

const name = (source: string) =>
  matchesPattern("name", /^[\w-]{1,60}$/, "1 to 60 letters, digits, _ and -", {
    code: "ValidationException",
    source,
  });

const isEdge = (resource: string | undefined): boolean => resource?.split(":")[2] === "cloudfront";

function taken(candidate: Candidate, account: AccountView, source: string): Refusal[] {
  return others(candidate, account)
    .filter((r) => r.id === candidate.inputs.name && r.outputs.region === candidate.region)
    .map((r) => ({
      code: "ConflictException",
      message: `The name '${r.id}' is taken by '${r.name}'.`,
      property: "name",
      source,
    }));
}

/** Neither end of a delivery can be deleted before the delivery. */
const heldBy =
  (property: "deliverySourceName" | "deliveryDestinationArn") =>
  (end: LocalResource, account: AccountView): Refusal[] =>
    account
      .all(token.logDelivery)
      .filter((d) => [end.id, end.outputs.arn].includes(d.outputs[property]))
      .map((d) => ({
        code: "ConflictException",
        message: `'${end.id}' is in use by the delivery '${d.name}'.`,
        source: `${api}/API_DeleteDelivery.html`,
      }));

const sourcePage = `${api}/API_PutDeliverySource.html`;

export const logDeliverySource: ResourceModel = {
  type: token.logDeliverySource,
  autoName: { property: "name", maxLength: 60 },
  required: ["logType", "resourceArn"],
  rules: [
    name(sourcePage),
    when(
      (inputs) =>
        isEdge(textAt(inputs, "resourceArn")) &&
        isKnown(inputs.logType) &&
        !["ACCESS_LOGS", "CONNECTION_LOGS"].includes(textAt(inputs, "logType") ?? ""),
      "logType",
      {
        code: "ValidationException",
        say: "CloudFront's logType is ACCESS_LOGS.",
        source: edgePage,
      },
    ),
  ],
  refuse: (candidate, account) => {
    const { inputs, region } = candidate;
    const resource = textAt(inputs, "resourceArn");
    const refusals = taken(candidate, account, sourcePage);
    if (isEdge(resource) && regionsDiffer(region, edgeLogsRegion)) {
      refusals.push({
        code: "ValidationException",
        message: `Logs of CloudFront are delivered from ${edgeLogsRegion}, and this delivery source is in ${region}: set region to ${edgeLogsRegion}.`,
        property: "region",
        source: edgePage,
      });
    }
    if (isEdge(resource) && !account.lookup(token.distribution, resource)) {
      const message = `There is no distribution ${resource ?? ""}.`;
      const code = "ResourceNotFoundException";
      refusals.push({ code, message, property: "resourceArn", source: sourcePage });
    }
    for (const twin of others(candidate, account)) {
      if (twin.outputs.resourceArn !== resource || twin.outputs.logType !== inputs.logType)
        continue;
      refusals.push({
        code: "ConflictException",
        message: `This ResourceId has already been used in another Delivery Source in this account: '${twin.name}'.`,
        property: "resourceArn",
        source: sourcePage,
      });
    }
    return refusals;
  },
  replaceOn: ["name", "logType", "resourceArn", "region"],
  outputs: ({ inputs, region }, account) => {
    const id = String(inputs.name);
    const service = textAt(inputs, "resourceArn")?.split(":")[2];
    return { id, arn: arn("logs", region, account.accountId, `delivery-source:${id}`), service };
  },
  inUse: heldBy("deliverySourceName"),
};

const destinationPage = `${api}/API_PutDeliveryDestination.html`;
const target = "deliveryDestinationConfiguration.destinationResourceArn";
const kinds: Readonly<Record<string, string>> = { s3: "S3", logs: "CWL", firehose: "FH" };
const kindOf = (resource: string | undefined): string | undefined =>
  kinds[resource?.split(":")[2] ?? ""];

export const logDeliveryDestination: ResourceModel = {
  type: token.logDeliveryDestination,
  autoName: { property: "name", maxLength: 60 },
  rules: [
    name(destinationPage),
    oneOf("outputFormat", ["json", "plain", "w3c", "raw", "parquet"], {
      code: "ValidationException",
      source: destinationPage,
    }),
    when(
      (inputs) =>
        inputs.outputFormat === "parquet" &&
        kindOf(textAt(inputs, target) ?? "arn:aws:s3") !== "S3",
      "outputFormat",
      { code: "ValidationException", say: "Parquet is for buckets only.", source: destinationPage },
    ),
  ],
  refuse: (candidate, account) => {
    const resource = textAt(candidate.inputs, target);
    const refusals = taken(candidate, account, destinationPage);
    if (kindOf(resource) === "S3" && !bucketNamed(account, resource)) {
      const message = `There is no bucket ${resource ?? ""}.`;
      const code = "ResourceNotFoundException";
      refusals.push({ code, message, property: target, source: destinationPage });
    }
    return refusals;
  },
  replaceOn: ["name", "outputFormat", "deliveryDestinationType", "region"],
  outputs: ({ inputs, region }, account) => {
    const id = String(inputs.name);
    return {
      id,
      arn: arn("logs", region, account.accountId, `delivery-destination:${id}`),
      deliveryDestinationType: kindOf(textAt(inputs, target)),
    };
  },
  inUse: heldBy("deliveryDestinationArn"),
};

/** Whether the delivery may write into its bucket, as far as the program's own policy says. */
function denied(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs, region } = candidate;
  const destination = account.lookup(
    token.logDeliveryDestination,
    textAt(inputs, "deliveryDestinationArn"),
  );
  const source = account.lookup(token.logDeliverySource, textAt(inputs, "deliverySourceName"));
  const bucket = bucketNamed(account, textAt(destination?.outputs ?? {}, target));
  if (destination?.outputs.deliveryDestinationType !== "S3" || !bucket || !source) return [];
  const policy = settingOf(account, token.bucketPolicy, bucket.id);
  if (!policy && bucket.urn === "") return [];
  const folder = `AWSLogs/${account.accountId}/${isEdge(textAt(source.outputs, "resourceArn")) ? "CloudFront/" : ""}`;
  const may = allowsRequest(policy && documentOf(policy.outputs), {
    service: "delivery.logs.amazonaws.com",
    action: "s3:PutObject",
    resource: `${arn("s3", "", "", bucket.id, partitionOf(region))}/${folder}log.gz`,
    context: {
      "aws:SourceArn": String(source.outputs.arn),
      "aws:SourceAccount": account.accountId,
      "aws:SecureTransport": "true",
      "s3:x-amz-acl": "bucket-owner-full-control",
    },
  });
  if (may) return [];
  return [
    {
      code: "AccessDeniedException",
      // If the caller has permission, AWS adds the statement, and the next update removes it.
      message: `The policy of the bucket ${bucket.id} does not let delivery.logs.amazonaws.com put objects under ${folder} for ${String(source.outputs.arn)}.`,
      property: "deliveryDestinationArn",
      source: bucketPage,
    },
  ];
}

const deliveryPage = `${api}/API_CreateDelivery.html`;

export const logDelivery: ResourceModel = {
  type: token.logDelivery,
  required: ["deliverySourceName", "deliveryDestinationArn"],
  references: [
    {
      property: "deliverySourceName",
      type: token.logDeliverySource,
      code: "ResourceNotFoundException",
      source: deliveryPage,
      message: (id) => `There is no delivery source ${id}.`,
    },
    {
      property: "deliveryDestinationArn",
      type: token.logDeliveryDestination,
      code: "ResourceNotFoundException",
      source: deliveryPage,
      message: (id) => `There is no delivery destination ${id}.`,
    },
  ],
  refuse: (candidate, account) => [
    ...others(candidate, account)
      .filter((d) =>
        ["deliverySourceName", "deliveryDestinationArn"].every(
          (key) => d.outputs[key] === candidate.inputs[key],
        ),
      )
      .map((d) => ({
        code: "ConflictException",
        message: `The delivery '${d.name}' has this source and this destination.`,
        property: "deliverySourceName",
        source: deliveryPage,
      })),
    ...denied(candidate, account),
  ],
  replaceOn: ["deliverySourceName", "deliveryDestinationArn", "region"],
  outputs: (candidate, account) => {
    const id = letters(
      candidate.hex(16),
      16,
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789",
    );
    return { id, arn: arn("logs", candidate.region, account.accountId, `delivery:${id}`) };
  },
};
