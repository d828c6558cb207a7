/** Behaviours whose requests reach no load balancer of the program. */
import { effectivePolicy } from "../../path/edgeToOrigin";
import { originLoadBalancer } from "../../topology";
import { websiteBucketOf } from "../../topology/buckets";
import { text } from "../../topology/props";
import type { Stack } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import type { Origin, Topology } from "../../topology/types";
import type { ResourceNames } from "./names";
import type { OtherOrigin } from "./types";

/** @param stack that the topology was read from */
export function otherOrigins(
  topology: Topology,
  stack: Stack,
  names: ResourceNames,
): OtherOrigin[] {
  return topology.distributions.flatMap((distribution) =>
    distribution.behaviours.flatMap((behaviour): OtherOrigin[] => {
      const origin = distribution.origins.get(behaviour.originId);
      if (!origin || originLoadBalancer(topology, origin)) return [];
      const { viewerProtocolPolicy } = behaviour;
      const policy = effectivePolicy({
        viewerProtocolPolicy,
        originProtocolPolicy: origin.protocolPolicy,
      });
      const tls = policy !== "http-only";
      return [
        {
          distribution: names.nameOf(distribution.id) ?? distribution.id,
          viewerNames: distribution.aliases,
          pathPattern: behaviour.pathPattern,
          ...kindOf(origin, topology, stack, names),
          ...{ tls, port: tls ? origin.httpsPort : origin.httpPort },
        },
      ];
    }),
  );
}

function kindOf(
  { bucket, domainName, loadBalancerArn: arn }: Origin,
  topology: Topology,
  stack: Stack,
  names: ResourceNames,
): Pick<OtherOrigin, "origin" | "kind"> {
  const inBucket = bucket?.name ?? websiteBucketOf(domainName);
  if (inBucket) return { kind: "bucket", origin: names.nameOf(inBucket) ?? inBucket };
  const url = stack
    .of(token.lambdaFunctionUrl)
    .find(({ known }) => text(known, "functionUrl") === `https://${domainName}/`);
  if (url)
    return { kind: "function", origin: names.nameOf(text(url.known, "functionName")) ?? url.name };
  const other = topology.notFollowed.find((one) =>
    arn === undefined ? one.dnsName === domainName : one.arn === arn,
  );
  if (other) return { kind: "not-followed", origin: other.name };
  return { kind: domainName === "" ? "unknown" : "elsewhere", origin: domainName };
}
