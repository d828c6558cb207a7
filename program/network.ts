/** The network that the stack creates, and where a path's parts are placed. */
import { Network } from "../components";
import type { PlacementArgs } from "../components/network/placement";
import type { AdoptedNetwork, CreatedNetwork, Settings } from "../config";
import { execEndpoints } from "../path/exec";
import { storesOf } from "../path/secrets";
import type { PathSpec } from "../path/types";
import type { Deployed } from "./services";

/** A VPC with the subnets and endpoints that the services need. */
export function makeNetwork(
  name: string,
  { availabilityZoneNames: zones, ...network }: CreatedNetwork,
  { detection, tags }: Settings,
  all: readonly Pick<Deployed, "app" | "sidecars" | "exec">[],
): Network {
  const { cidr, availabilityZones, egress, ipAddressType } = network;
  const guardDutyEndpoint = detection.guardDuty;
  const own = all.flatMap(({ app, sidecars }) => [
    ...(app === undefined ? [] : [app]),
    ...Object.values(sidecars),
  ]);
  const secretStores = storesOf(
    own.flatMap(({ secrets, secretEnvironment }) => [
      ...Object.values(secrets),
      ...(secretEnvironment === undefined ? [] : ["secretsmanager:own"]),
    ]),
  );
  return new Network(name, {
    cidr,
    availabilityZones,
    availabilityZoneNames: zones && [...zones],
    egress,
    ipAddressType,
    guardDutyEndpoint,
    secretStores,
    endpointServices: execEndpoints(all.map(({ exec }) => exec)),
    tags,
  });
}

/** The given VPC, or the one that was made. */
export function place(network: AdoptedNetwork | Network, spec: PathSpec): PlacementArgs {
  if (!(network instanceof Network)) {
    const { loadBalancerSubnetIds, taskSubnetIds } = network;
    return {
      ...network,
      loadBalancerSubnetIds: [...loadBalancerSubnetIds],
      taskSubnetIds: [...taskSubnetIds],
    };
  }
  const internal = spec.listener.scheme === "internal";
  return {
    ...network.placement,
    loadBalancerSubnetIds: internal ? network.internalSubnetIds : network.publicSubnetIds,
  };
}
