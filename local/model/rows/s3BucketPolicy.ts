/** aws.s3.BucketPolicy */
import { allowsEveryone, documentOf, listOf, statementsOf } from "../../../topology/policyDocument";
import { token } from "../../../topology/tokens";
import { textAt } from "../props";
import type { ResourceModel } from "../row";
import { type InputRule, json, maxLength, when } from "../rules";
import type { Props, Refusal } from "../types";
import { bucketSetting, settingOf } from "./s3Settings";

const guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const policyPage = `${guide}/bucket-policies.html`;

const malformed = (say: string, wrong: (statement: Props) => boolean): InputRule =>
  when((inputs) => statementsOf(documentOf(inputs)).some(wrong), "policy", {
    code: "MalformedPolicy",
    say,
    source: policyPage,
  });

/** Each statement is about this bucket. */
function foreignResources(inputs: Props): Refusal[] {
  const bucket = textAt(inputs, "bucket");
  if (bucket === undefined) return [];
  return statementsOf(documentOf(inputs))
    .flatMap((statement) => listOf(statement.Resource))
    .filter((resource) => !new RegExp(`^(\\*|arn:[\\w-]+:s3:::${bucket}(/.*)?)$`).test(resource))
    .map((resource) => ({
      code: "MalformedPolicy",
      message: `Policy has invalid resource: ${resource} is not in the bucket ${bucket}`,
      property: "policy",
      source: policyPage,
    }));
}

export const bucketPolicy: ResourceModel = bucketSetting(token.bucketPolicy, {
  required: ["policy"],
  rules: [
    json("policy", { code: "MalformedPolicy", source: policyPage }),
    when(
      (inputs) => {
        const document = documentOf(inputs);
        return document !== undefined && statementsOf(document).length === 0;
      },
      "policy",
      { code: "MalformedPolicy", say: "Missing required field Statement", source: policyPage },
    ),
    malformed("Missing required field Effect", (s) => s.Effect !== "Allow" && s.Effect !== "Deny"),
    malformed(
      "Missing required field Principal",
      (s) => !("Principal" in s) && !("NotPrincipal" in s),
    ),
    malformed("Missing required field Action", (s) => !("Action" in s) && !("NotAction" in s)),
    malformed(
      "Missing required field Resource",
      (s) => !("Resource" in s) && !("NotResource" in s),
    ),
    foreignResources,
    maxLength("policy", 20_480, {
      code: "PolicyTooLarge",
      message: () => "A bucket policy has at most 20 KB.",
      source: policyPage,
    }),
  ],
  refuse: (candidate, account) => {
    const block = settingOf(
      account,
      token.publicAccessBlock,
      textAt(candidate.inputs, "bucket") ?? "",
    );
    if (
      block?.outputs.blockPublicPolicy !== true ||
      !statementsOf(documentOf(candidate.inputs)).some(allowsEveryone)
    )
      return [];
    const message =
      "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.";
    const source = `${guide}/access-control-block-public-access.html`;
    return [{ code: "AccessDenied", message, property: "policy", source }];
  },
});
