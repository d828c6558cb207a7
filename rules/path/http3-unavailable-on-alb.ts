import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const http3UnavailableOnAlb = pathRule({
  code: "http3-unavailable-on-alb",
  severity: "note",
  ofVariants: true,
  holds: "Viewers that are to have HTTP/3 call CloudFront.",
  fix: 'Where HTTP/3 matters, put an aws.cloudfront.Distribution with httpVersion: "http2and3" in front.',
  source: sources.albListeners,
  on: ["loadBalancer"],
  check: ({ edge }, { the, code }) => {
    if (edge !== undefined) return undefined;
    return {
      message: `Viewers get HTTP/2 at best from ${the.loadBalancer}: load balancers do not speak HTTP/3.`,
      fix: `Where HTTP/3 matters, put an aws.cloudfront.Distribution with httpVersion: "http2and3" in front of ${code.loadBalancer}.`,
      settings: "Use the variant h1-via-cloudfront where HTTP/3 matters.",
    };
  },
});
