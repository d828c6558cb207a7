/** Checks that the containers named in the options exist. */
import type { Topology } from "../../../topology/types";
import type { ServeOptions } from "../types";

/** Problems of the container names in `upstreams` and `commands`, a line each. */
export function unknownContainers(
  topology: Topology,
  { upstreams, commands }: Pick<ServeOptions, "upstreams" | "commands">,
): string[] {
  const there = [...new Set(topology.services.flatMap((s) => s.containers.map((c) => c.name)))];
  // An upstream may be for one port: `app:50051`.
  const named = [...(upstreams?.keys() ?? [])].map((name) => name.replace(/:\d+$/, ""));
  const given = [...named, ...(commands?.keys() ?? [])];
  const list = there.length === 0 ? "there are none" : `there are ${there.join(", ")}`;
  const twice = [...new Set(named)].filter((name) => commands?.has(name));
  return [
    ...[...new Set(given)]
      .filter((name) => !there.includes(name))
      .map((name) => `No task definition has a container '${name}'; ${list}.`),
    ...twice.map((name) => `The container '${name}' has a command and an upstream: give one.`),
  ];
}
