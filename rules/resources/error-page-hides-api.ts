import { isS3Domain } from "../../topology/buckets";
import { blocks, number, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const errorPageHidesApi = stackRule({
  code: "error-page-hides-api",
  severity: "note",
  holds: "A custom error response that answers 200 is not applied to an API.",
  fix: "Leave customErrorResponses out, and let an aws.cloudfront.Function of the site's behaviour turn paths without a file into /index.html.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html",
  subjects: (stack) => stack.of(token.distribution),
  check: ({ urn, name, props }, stack) => {
    const mapped = blocks(props, "customErrorResponses")
      .filter((page) => number(page, "responseCode") === 200)
      .flatMap((page) => number(page, "errorCode") ?? []);
    if (mapped.length === 0) return undefined;
    const origins = blocks(props, "origins");
    const isSite = (id: string | undefined): boolean => {
      const origin = origins.find((one) => text(one, "originId") === id);
      const domainName = (origin && text(origin, "domainName")) ?? "";
      const { type } = stack.behind(domainName) ?? {};
      return isS3Domain(domainName) || type === token.bucket;
    };
    const behaviours = [
      ...blocks(props, "defaultCacheBehavior"),
      ...blocks(props, "orderedCacheBehaviors"),
    ];
    const api = behaviours.find((behaviour) => !isSite(text(behaviour, "targetOriginId")));
    const site = behaviours.some((behaviour) => isSite(text(behaviour, "targetOriginId")));
    if (api === undefined || !site) return undefined;
    return {
      urn,
      message: `The custom error responses of the distribution ${name} are those of all its behaviours: where the origin behind ${text(api, "pathPattern") ?? "the default behaviour"} answers ${mapped.join(" or ")}, viewers get 200 and a page of the site.`,
      fix: `Leave customErrorResponses of the aws.cloudfront.Distribution ${name} out, and let an aws.cloudfront.Function of the site's behaviour turn paths without a file into /index.html.`,
    };
  },
});
