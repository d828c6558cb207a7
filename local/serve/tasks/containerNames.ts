/** The containers that options name: `NAME`, or `SERVICE/NAME` for those of one service. */
import { secondName } from "../deployments";
import type { Service, Topology } from "../../../topology/types";
import type { ServeOptions } from "../types";

/** What the options give for a service's container. */
export function givenFor<Given>(
  given: ReadonlyMap<string, Given> | undefined,
  service: Service,
  container: string,
): Given | undefined {
  const named = (name: string): Given | undefined => given?.get(`${name}/${container}`);
  return named(service.name) ?? named(service.of ?? "") ?? given?.get(container);
}

/** Problems of the container names in `upstreams` and `commands`, a line each. */
export function unknownContainers(
  topology: Topology,
  { upstreams, commands }: Pick<ServeOptions, "upstreams" | "commands">,
): string[] {
  const there = [...new Set(topology.services.flatMap((s) => s.containers.map((c) => c.name)))];
  const ofServices = topology.services.flatMap((s) =>
    [s.name, ...(s.shift ? [secondName(s)] : [])].flatMap((name) =>
      s.containers.map((c) => `${name}/${c.name}`),
    ),
  );
  // An upstream may be for one port: `app:50051`.
  const named = [...(upstreams?.keys() ?? [])].map((name) => name.replace(/:\d+$/, ""));
  const given = [...named, ...(commands?.keys() ?? [])];
  const listed = topology.services.length > 1 ? [...there, ...ofServices] : there;
  const list = there.length === 0 ? "there are none" : `there are ${listed.join(", ")}`;
  const twice = [...new Set(named)].filter((name) => commands?.has(name));
  return [
    ...[...new Set(given)]
      .filter((name) => !there.includes(name) && !ofServices.includes(name))
      .map((name) => `No task definition has a container '${name}'; ${list}.`),
    ...twice.map((name) => `The container '${name}' has a command and an upstream: give one.`),
  ];
}
