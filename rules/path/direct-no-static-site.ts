import { sources } from "../../path/sources";
import { pathRule } from "../rule";

export const directNoStaticSite = pathRule({
  code: "direct-no-static-site",
  severity: "note",
  ofVariants: true,
  holds: "Static files are delivered from S3 through CloudFront.",
  fix: "Serve static files from the container, or put an aws.cloudfront.Distribution in front.",
  source: sources.edgeBehaviour,
  on: ["loadBalancer"],
  check: ({ edge }, { code }) => {
    if (edge !== undefined) return undefined;
    return {
      message:
        "Without CloudFront no static site from S3 can be delivered under this name, and nothing is cached near viewers.",
      fix: `Serve static files from the container, or put an aws.cloudfront.Distribution in front of ${code.loadBalancer}.`,
      settings: "Serve static files from the container, or use the variant h1-via-cloudfront.",
    };
  },
});
