/** A stack's resources with one thing changed, to see who notices. */
import type { LocalResource, Props } from "../../local/model/types";

/** Changes the resources of a kind, e.g. `Listener`: in what was declared and in what AWS returns. */
export function change(
  resources: readonly LocalResource[],
  kind: string,
  changes: Props,
): readonly LocalResource[] {
  if (!resources.some((one) => isA(one, kind))) throw new Error(`there is no ${kind}`);
  return resources.map((resource) =>
    isA(resource, kind)
      ? {
          ...resource,
          inputs: { ...resource.inputs, ...changes },
          outputs: { ...resource.outputs, ...changes },
        }
      : resource,
  );
}

/** The resources without those of a kind. */
export const without = (
  resources: readonly LocalResource[],
  kind: string,
): readonly LocalResource[] => {
  const rest = resources.filter((one) => !isA(one, kind));
  if (rest.length === resources.length) throw new Error(`there is no ${kind}`);
  return rest;
};

const isA = ({ type }: LocalResource, kind: string): boolean =>
  type.startsWith("aws:") && type.endsWith(`:${kind}`);
