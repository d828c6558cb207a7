import { plus, sound, type Case, unknown, vpc } from "../caseParts";
import { arn, origin, resource } from "../program";

export const cases: Case = {
  broken: {
    "a public origin only": [
      plus(
        sound({}),
        resource("aws:cloudfront/vpcOrigin:VpcOrigin", "spare", {
          vpcOriginEndpointConfig: { name: "spare", arn: arn.alb },
        }),
      ),
      "spare",
      /No distribution of the program uses the VPC origin spare/,
    ],
  },
  fine: {
    "one that uses it": vpc({}),
    "a multi-tenant one": plus(
      vpc({ cdn: undefined }),
      resource("aws:cloudfront/multitenantDistribution:MultitenantDistribution", "tenants", {
        origins: [{ id: "alb", vpcOriginConfigs: [{ vpcOriginId: "vo_AbCdEf12345" }] }],
      }),
    ),
  },
  fix: "sound",
  unknown: {
    "the distribution's origins": vpc({ cdn: { origins: unknown } }),
    "which one it is": vpc({
      cdn: {
        origins: [
          origin({}, { customOriginConfig: undefined, vpcOriginConfig: { vpcOriginId: unknown } }),
        ],
      },
    }),
  },
};
