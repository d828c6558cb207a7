import { direct, plus, rule, sound, type Case, unknown } from "../caseParts";
import { ids } from "../program";

import { change, h1 } from "../../path/specs";

export const cases: Case = {
  broken: {
    "the list on two ports": [
      plus(sound({}), rule("http", { fromPort: 80, toPort: 80, prefixListId: ids.prefixList })),
      "alb-group",
      /110 ingress/,
    ],
    "the list on two ports, inline": [
      sound({
        "from-cloudfront": undefined,
        "alb-group": {
          ingress: [80, 443].map((port) => ({
            ...{ protocol: "tcp", fromPort: port, toPort: port },
            prefixListIds: [ids.prefixList],
          })),
        },
      }),
      "alb-group",
      /110 ingress/,
    ],
    "the list on one range of ports, inline, and six ranges": [
      sound({
        "from-cloudfront": undefined,
        "alb-group": {
          ingress: [
            {
              ...{ protocol: "tcp", fromPort: 80, toPort: 443 },
              prefixListIds: [ids.prefixList],
              cidrBlocks: [1, 2, 3, 4, 5, 6].map((i) => `198.51.${i}.0/24`),
            },
          ],
        },
      }),
      "alb-group",
      /61 ingress/,
    ],
    "the list and six ranges": [
      plus(
        sound({}),
        ...[1, 2, 3, 4, 5, 6].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
      ),
      "alb-group",
      /61 ingress/,
    ],
  },
  fine: {
    "the list on one range of ports, inline": sound({
      "from-cloudfront": undefined,
      "alb-group": {
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 443, prefixListIds: [ids.prefixList] }],
      },
    }),
    "the list and five ranges": plus(
      sound({}),
      ...[1, 2, 3, 4, 5].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
    ),
    "six ranges of IPv6, which count apart": plus(
      sound({}),
      ...[1, 2, 3, 4, 5, 6].map((i) => rule(`r${i}`, { cidrIpv6: `2001:db8:${i}::/48` })),
    ),
    "a range that is not known, where there is room": plus(
      sound({}),
      rule("somebody", { cidrIpv4: unknown }),
    ),
    "two lists, one for each IP version": plus(sound({}), rule("v6", { prefixListId: "pl-ipv6" })),
    "a rule that the provider repeats among the group's": sound({
      "alb-group": {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [ids.prefixList] }],
      },
    }),
    "some list of a load balancer without CloudFront, on two ports": plus(
      direct({ "from-cloudfront": { cidrIpv4: undefined, prefixListId: "pl-office" } }),
      rule("http", { fromPort: 80, toPort: 80, prefixListId: "pl-office" }),
    ),
  },
  fix: "sound",
  unknown: {
    "a sixth range": plus(
      sound({}),
      ...[1, 2, 3, 4, 5].map((i) => rule(`r${i}`, { cidrIpv4: `198.51.${i}.0/24` })),
      rule("somebody", { cidrIpv4: unknown }),
    ),
    "whose rule it is": plus(
      sound({}),
      rule("http", {
        securityGroupId: unknown,
        fromPort: 80,
        toPort: 80,
        prefixListId: ids.prefixList,
      }),
    ),
  },
  planned: {
    "the list on two ports": [change(h1, { listener: { redirectsHttp: true } }), /110/],
  },
};
