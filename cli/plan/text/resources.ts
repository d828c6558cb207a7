/** Resources by the component that creates them. */
import { shortType } from "../../show/findings";
import type { Screen } from "../../screen";
import { heading } from "../../show/heading";
import { wrap } from "../../text";
import type { PlanComponent } from "../types";

/** Prints the tree of components, with the types of the resources in each. */
export function printResources(components: PlanComponent, screen: Screen): void {
  heading("Resources: {count}", screen, { count: components.count });
  const print = (node: PlanComponent, depth: number): void => {
    const indent = "  ".repeat(depth + 1);
    const name = `${node.type.split(":").at(-1) ?? ""} ${node.name}`;
    if (depth > 0) screen.print(`${indent}${name}  ${screen.style("dim", String(node.count))}`);
    const types = Object.entries(node.types).map(([type, n]) =>
      n === 1 ? shortType(type) : `${n} ${shortType(type)}`,
    );
    for (const line of wrap(types.join(", "), screen.width - indent.length - 2))
      screen.print(`${indent}  ${screen.style("dim", line)}`);
    for (const child of node.children) print(child, depth + 1);
  };
  print(components, 0);
}
