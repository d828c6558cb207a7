/** What AWS refuses of a distribution's geographic restriction, error pages and functions. */
import { errorPageCodes } from "../../../path/cloudfront";
import { countryCode } from "../../../path/front";
import type { Props } from "../types";
import { bagsAt, numberAt, textAt, textsAt } from "../props";
import { type InputRule, oneOf, when } from "../rules";

/** All behaviors of a distribution, the default one first. */
export const behaviours = (inputs: Props): Props[] => [
  ...bagsAt(inputs, "defaultCacheBehavior"),
  ...bagsAt(inputs, "orderedCacheBehaviors"),
];

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";
const geoPage = `${guide}/georestrictions.html`;
const errorPage = `${guide}/creating-custom-error-pages.html`;
const functionPage = `${guide}/edge-function-restrictions-all.html`;

const at = "restrictions.geoRestriction";
const invalidCountries = "InvalidGeoRestrictionParameter";

const restricts = (inputs: Props): boolean =>
  ["whitelist", "blacklist"].includes(textAt(inputs, `${at}.restrictionType`) ?? "");

const pages = (inputs: Props): Props[] => bagsAt(inputs, "customErrorResponses");

/** Events at which a behaviour has more than one function. */
function repeatedEvent(behaviour: Props): string | undefined {
  const events = ["functionAssociations", "lambdaFunctionAssociations"].flatMap((key) =>
    textsAt(behaviour, `${key}[].eventType`),
  );
  return events.find((event, i) => events.indexOf(event) !== i);
}

export const viewerRules: readonly InputRule[] = [
  oneOf(`${at}.restrictionType`, ["none", "whitelist", "blacklist"], { source: geoPage }),
  when((inputs) => restricts(inputs) && textsAt(inputs, `${at}.locations[]`).length === 0, at, {
    code: invalidCountries,
    say: "A whitelist or blacklist has at least one country.",
    source: geoPage,
  }),
  when(
    (inputs) => textsAt(inputs, `${at}.locations[]`).find((code) => !countryCode.test(code)),
    `${at}.locations`,
    {
      code: invalidCountries,
      message: (code) => `${code} is not a country's code: two capital letters of ISO 3166-1.`,
      source: geoPage,
    },
  ),
  oneOf("customErrorResponses[].errorCode", errorPageCodes, {
    code: "InvalidErrorCode",
    source: errorPage,
  }),
  when(
    (inputs) =>
      pages(inputs).some(
        (page) =>
          ((textAt(page, "responsePagePath") ?? "") !== "") !==
          (numberAt(page, "responseCode") ?? 0) > 0,
      ),
    "customErrorResponses",
    {
      code: "InvalidResponseCode",
      say: "responsePagePath and responseCode go together: give both, or neither.",
      source: errorPage,
    },
  ),
  when(
    (inputs) =>
      behaviours(inputs).reduce<string | undefined>(
        (found, one) => found ?? repeatedEvent(one),
        undefined,
      ),
    "defaultCacheBehavior.functionAssociations",
    {
      code: "InvalidFunctionAssociation",
      message: (event) =>
        `A behavior has one function at most for each event, and two at ${event}.`,
      source: functionPage,
    },
  ),
];
