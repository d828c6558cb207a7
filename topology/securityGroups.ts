/** Security groups with their rules: inline ones and those of the three kinds of rule resource. */
import { type Props } from "./resource";
import { Inventory, blocks, flag, merged, number, text, texts } from "./props";
import type { SecurityGroup, SecurityGroupRule } from "./types";
import { token } from "./tokens";

const group = token.securityGroup;

/** Collects every security group of the program. */
export function readSecurityGroups(inventory: Inventory): Map<string, SecurityGroup> {
  const groups = new Map<string, { ingress: SecurityGroupRule[]; egress: SecurityGroupRule[] }>();
  const result = new Map<string, SecurityGroup>();
  for (const resource of inventory.of(group)) {
    // Only what the program wrote inline: the provider echoes standalone rules back as outputs.
    const ingress = inlineRules(resource.inputs, "ingress", resource.id, resource.name);
    const egress = inlineRules(resource.inputs, "egress", resource.id, resource.name);
    groups.set(resource.id, { ingress, egress });
    result.set(resource.id, { id: resource.id, name: resource.name, ingress, egress });
  }
  const add = (
    direction: "ingress" | "egress",
    groupId: string | undefined,
    r: SecurityGroupRule,
  ) => groups.get(groupId ?? "")?.[direction].push(r);

  for (const direction of ["ingress", "egress"] as const) {
    const kind = direction === "ingress" ? "Ingress" : "Egress";
    for (const resource of inventory.of(
      `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`,
    )) {
      const props = merged(resource);
      const cidrs = [text(props, "cidrIpv4"), text(props, "cidrIpv6")];
      add(direction, text(props, "securityGroupId"), {
        ...ports(props, text(props, "ipProtocol")),
        name: resource.name,
        cidrs: cidrs.filter((c) => c !== undefined && c !== "") as string[],
        prefixListIds: present(text(props, "prefixListId")),
        groupIds: present(text(props, "referencedSecurityGroupId")),
      });
    }
  }
  for (const resource of inventory.of(token.securityGroupRule)) {
    const props = merged(resource);
    const owner = text(props, "securityGroupId");
    add(text(props, "type") === "egress" ? "egress" : "ingress", owner, {
      ...ports(props, text(props, "protocol")),
      name: resource.name,
      cidrs: [...texts(props, "cidrBlocks"), ...texts(props, "ipv6CidrBlocks")],
      prefixListIds: texts(props, "prefixListIds"),
      groupIds: [
        ...present(text(props, "sourceSecurityGroupId")),
        ...(flag(props, "self") === true ? present(owner) : []),
      ],
    });
  }
  return result;
}

function inlineRules(
  inputs: Props,
  direction: "ingress" | "egress",
  groupId: string,
  name: string,
): SecurityGroupRule[] {
  return blocks(inputs, direction).map((rule, i) => ({
    ...ports(rule, text(rule, "protocol")),
    name: `${name}: ${direction}[${i}]`,
    cidrs: [...texts(rule, "cidrBlocks"), ...texts(rule, "ipv6CidrBlocks")],
    prefixListIds: texts(rule, "prefixListIds"),
    groupIds: [...texts(rule, "securityGroups"), ...(flag(rule, "self") === true ? [groupId] : [])],
  }));
}

function ports(
  props: Props,
  protocol = "-1",
): Pick<SecurityGroupRule, "protocol" | "fromPort" | "toPort"> {
  const named: Record<string, string> = { "6": "tcp", "17": "udp", all: "-1" };
  const lower = protocol.toLowerCase();
  return {
    protocol: named[lower] ?? lower,
    fromPort: number(props, "fromPort") ?? 0,
    toPort: number(props, "toPort") ?? 65535,
  };
}

function present(value: string | undefined): string[] {
  return value === undefined || value === "" ? [] : [value];
}
