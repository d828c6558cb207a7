import { sound, type Case, unknown } from "../caseParts";
import { behaviour, origin } from "../program";

const site = {
  ...{ originId: "site", domainName: "site.s3.eu-west-1.amazonaws.com" },
  originAccessControlId: "E2QWRUHAPOMQZL",
};
const page = { errorCode: 404, responseCode: 200, responsePagePath: "/index.html" };
const both = (customErrorResponses: unknown, origins: unknown = [site, origin()]) =>
  sound({
    cdn: {
      ...{ origins, customErrorResponses },
      defaultCacheBehavior: behaviour({ targetOriginId: "site" }),
      orderedCacheBehaviors: [behaviour({ pathPattern: "/api/*" })],
    },
  });

export const cases: Case = {
  broken: {
    "an API next to a site": [
      both([page]),
      "cdn",
      /behind \/api\/\* answers 404, viewers get 200 and a page of the site/,
    ],
  },
  fine: {
    "no error pages": both(undefined),
    "a page with the error's own status": both([{ ...page, responseCode: 404 }]),
    "an origin of one kind only": sound({ cdn: { customErrorResponses: [page] } }),
  },
  fix: "a page with the error's own status",
  unknown: { "the error pages": both(unknown), "the origins": both([page], unknown) },
};
