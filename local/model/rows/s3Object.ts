/** aws.s3.BucketObjectv2 */
import { createHash } from "node:crypto";
import { textAt } from "../props";
import { ResourceModel } from "../row";
import { maxLength, oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const page = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html";

export const bucketObject: ResourceModel = {
  type: token.bucketObject,
  required: ["bucket", "key"],
  rules: [
    maxLength("key", 1024, { code: "KeyTooLongError", source: page }),
    oneOf("serverSideEncryption", ["AES256", "aws:kms", "aws:kms:dsse"], {
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
    }),
  ],
  references: [
    {
      property: "bucket",
      type: token.bucket,
      code: "NoSuchBucket",
      message: (value) => `The specified bucket does not exist: ${value}`,
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    },
  ],
  replaceOn: ["bucket", "key"],
  outputs: (candidate) => {
    const { inputs } = candidate;
    const key = textAt(inputs, "key") ?? "";
    const content = JSON.stringify(inputs.source ?? inputs.content ?? "");
    return {
      id: `${textAt(inputs, "bucket") ?? ""}/${key}`,
      arn: `arn:aws:s3:::${textAt(inputs, "bucket") ?? ""}/${key}`,
      etag: createHash("md5").update(content).digest("hex"),
      versionId: candidate.hex(32, "version"),
    };
  },
  recomputed: ["etag"],
};
