/** The resources under the components that created them. */
import type { LocalResource } from "../../local/model/types";
import type { PlanComponent, PlanResource } from "./types";

/** Components have no physical id. */
const isComponent = ({ id }: LocalResource): boolean => id === "";

/** Resources that are not components, each with the components that contain it. */
export function resourceList(resources: readonly LocalResource[]): PlanResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources
    .filter((resource) => !isComponent(resource))
    .map((resource) => ({
      type: resource.type,
      name: resource.name,
      in: ancestors(resource, byUrn).map(({ type, name }) => `${typeName(type)} ${name}`),
      ...(resource.refused === true && { refused: true as const }),
      ...(resource.protect === true && { protected: true as const }),
    }));
}

/** The tree of components; its root is the stack. */
export function componentTree(stack: string, resources: readonly LocalResource[]): PlanComponent {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const inside = new Map<LocalResource | undefined, LocalResource[]>();
  for (const resource of resources) {
    const owner = ancestors(resource, byUrn).at(-1);
    inside.set(owner, [...(inside.get(owner) ?? []), resource]);
  }
  const node = (component: LocalResource | undefined): PlanComponent => {
    const direct = inside.get(component) ?? [];
    const own = direct.filter((resource) => !isComponent(resource));
    const types: Record<string, number> = {};
    for (const { type } of own) types[type] = (types[type] ?? 0) + 1;
    const children = direct.filter(isComponent).map(node);
    const count = own.length + children.reduce((sum, child) => sum + child.count, 0);
    const { type, name } = component ?? { type: "pulumi:pulumi:Stack", name: stack };
    return { type, name, count, types, children };
  };
  return node(undefined);
}

/** `H1ViaCloudfront` of `hopwise:index:H1ViaCloudfront`. */
function typeName(token: string): string {
  return token.split(":").at(-1) ?? token;
}

/** The components that contain a resource, outermost first. */
function ancestors(
  resource: LocalResource,
  byUrn: ReadonlyMap<string, LocalResource>,
): LocalResource[] {
  const found: LocalResource[] = [];
  const seen = new Set<string>();
  let parent = byUrn.get(resource.parent ?? "");
  while (parent !== undefined && !seen.has(parent.urn)) {
    seen.add(parent.urn);
    if (isComponent(parent)) found.unshift(parent);
    parent = byUrn.get(parent.parent ?? "");
  }
  return found;
}
