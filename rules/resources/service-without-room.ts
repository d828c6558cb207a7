import { addressesIn, subnetSizing, vpcSize } from "../../path/vpcs";
import { block, number, text, texts } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

/** Every subnet has as many addresses: AWS takes none that is smaller than /28. */
const leastRoom = addressesIn(`0.0.0.0/${vpcSize.smallest}`) ?? 0;

export const serviceWithoutRoom = stackRule({
  code: "service-without-room",
  severity: "error",
  holds: "The subnets of a service have an address for each of its tasks.",
  fix: "Set desiredCount of the aws.ecs.Service to fewer tasks, or give it more or larger subnets.",
  source: subnetSizing,
  subjects: (stack) => stack.of(token.service),
  check: ({ urn, name, props }, stack) => {
    if (text(props, "schedulingStrategy") === "DAEMON") return undefined;
    const tasks = number(props, "desiredCount");
    if (tasks === undefined || tasks <= leastRoom) return undefined;
    const network = block(props, "networkConfiguration");
    if (network === undefined) return undefined;
    const sizes = texts(network, "subnets").map((id) => {
      const subnet = stack.find(token.subnet, id);
      return subnet && addressesIn(text(subnet.props, "cidrBlock") ?? "");
    });
    // One subnet that is not the program's may have any size.
    if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
    const room = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    if (tasks <= room) return undefined;
    return {
      urn,
      message: `The service ${name} wants ${tasks} tasks, and each takes an address of its subnets, which have ${room} at most: the others never start.`,
      fix: `Set desiredCount of the aws.ecs.Service ${name} to ${room} or less, or give it more or larger subnets.`,
      settings: `Set service.count to ${room} or less, or network.cidr to a larger range.`,
    };
  },
});
