import { sound, type Case, unknown } from "../caseParts";

const behaviours = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ pathPattern: `/tenant-${i}/*`, targetOriginId: "alb" },
    ...{ viewerProtocolPolicy: "https-only", allowedMethods: ["GET", "HEAD"] },
    ...{ cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
  }));
const cdn = (orderedCacheBehaviors: unknown) => sound({ cdn: { orderedCacheBehaviors } });

export const cases: Case = {
  broken: { "one too many": [cdn(behaviours(76)), "cdn", /cdn has 76 cache behaviours/] },
  fine: { "as many as there can be": cdn(behaviours(75)) },
  unknown: { "which there are": cdn(unknown) },
};
