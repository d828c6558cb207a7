/** The web ACL that a distribution names. */
import type { InputReference } from "../row";
import { matchesPattern } from "../rules";
import { token } from "../../../topology/tokens";

const source =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValuesWAFWebACL";

/** By its ARN, and only of scope CLOUDFRONT. WAF Classic, which took ids, has ended. */
export const webAclRule = matchesPattern(
  "webAclId",
  /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
  "the ARN of a web ACL of scope CLOUDFRONT",
  {
    code: "InvalidWebACLId",
    source,
    message: (value) =>
      `Web ACL is not accessible by the requester: ${value}. A distribution takes the ARN of a web ACL of scope CLOUDFRONT, which is in us-east-1.`,
  },
);

export const webAclReference: InputReference = {
  property: "webAclId",
  type: token.webAcl,
  code: "InvalidWebACLId",
  sameRegion: false,
  source,
  message: (value) => `Web ACL is not accessible by the requester: there is no ${value}.`,
};
