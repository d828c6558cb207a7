/** Prefix lists: AWS's own are there from the start. */
import { managedPrefixLists } from "../prefixLists";
import { ResourceModel } from "../row";
import { token } from "../../../topology/tokens";
import { arn, idsOf } from "../ids";
import { oneOf, range } from "../rules";
import { zonesRegions } from "../zones";

const page =
  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html";

export const prefixList: ResourceModel = {
  type: token.prefixList,
  required: ["addressFamily", "maxEntries"],
  autoName: { property: "name", maxLength: 255 },
  rules: [
    oneOf("addressFamily", ["IPv4", "IPv6"], { source: page }),
    range("maxEntries", 1, 1000, { source: page }),
  ],
  replaceOn: ["addressFamily", "region"],
  outputs: (candidate, account) => {
    const id = `pl-0${candidate.hex(16)}`;
    return {
      id,
      arn: arn("ec2", candidate.region, account.accountId, `prefix-list/${id}`),
      ownerId: account.accountId,
    };
  },
  outside: {
    id: idsOf("pl"),
    outputs: (id, account) => {
      const lists = [account.region, ...zonesRegions].flatMap((region) =>
        managedPrefixLists(region),
      );
      return (
        lists.find((list) => list.id === id)?.outputs ?? { addressFamily: "IPv4", maxEntries: 1 }
      );
    },
  },
};
