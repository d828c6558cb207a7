import { plus, sound, type Case, unknown } from "../caseParts";
import { origin, resource } from "../program";

const plain = (domainName: unknown) => ({
  cdn: { origins: [origin({}, { customOriginConfig: undefined, domainName })] },
});
const bucketName = "site-1a2b3c4.s3.eu-west-1.amazonaws.com";

export const cases: Case = {
  broken: {
    "a load balancer": [
      sound(plain("alb-1a2b3c4-123.eu-west-1.elb.amazonaws.com")),
      "cdn",
      /takes .* for an S3 bucket, which it is not: AWS refuses/,
    ],
    "a bucket's website": [
      sound(plain("site.s3-website-eu-west-1.amazonaws.com")),
      "cdn",
      /S3 bucket/,
    ],
    "a second origin": [
      sound({
        cdn: { origins: [origin(), origin({}, { originId: "b", customOriginConfig: undefined })] },
      }),
      "cdn",
      /The origin b /,
    ],
  },
  fine: {
    "a custom origin": sound({}),
    "a bucket": sound(plain("site.s3.amazonaws.com")),
    "a bucket of the program": plus(
      sound(plain(bucketName)),
      resource(
        "aws:s3/bucket:Bucket",
        "site",
        {},
        { id: "site-1a2b3c4", bucketRegionalDomainName: bucketName },
      ),
    ),
  },
  unknown: {
    "the name": sound(plain(unknown)),
    "the origins": sound({ cdn: { origins: unknown } }),
  },
};
