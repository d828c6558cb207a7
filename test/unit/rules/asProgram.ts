/** A case's resources as what a Pulumi program can make of them: `programOf.js` runs it. */
import type { DeclaredResource, Props } from "../../../topology/resource";
import { makersOf } from "./preview";
import { FromUnknown } from "./support";

/** A text with outputs of other resources in it, by their place in the list. */
export interface Joined {
  readonly $join: readonly (string | { readonly of: number; readonly output: string })[];
}

/** A resource that a program registers, after those that it refers to. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** With {@link Joined} in place of texts that come from other resources. */
  readonly inputs: Props;
  /** Outputs that others refer to. */
  readonly outputs: string[];
  /** Places in the list of what it waits for although it does not refer to it. */
  readonly waitsFor: readonly number[];
}

const visibilityConfig = {
  ...{ cloudwatchMetricsEnabled: false, sampledRequestsEnabled: false, metricName: "acl" },
};

/** What AWS wants to be given, and no rule reads, by type. */
const needed: Readonly<Record<string, Props>> = {
  "aws:cloudfront/distribution:Distribution": {
    restrictions: { geoRestriction: { restrictionType: "none" } },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    ...{ namespace: "AWS/ApplicationELB", metricName: "HTTPCode_ELB_5XX_Count", statistic: "Sum" },
    ...{ comparisonOperator: "GreaterThanThreshold", threshold: 0, evaluationPeriods: 1 },
    period: 60,
  },
  "aws:ec2/subnet:Subnet": { vpcId: "vpc-0123456789abcdef0" },
  "aws:ecs/taskDefinition:TaskDefinition": { cpu: "256", memory: "512" },
  "aws:lb/loadBalancer:LoadBalancer": {
    subnets: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
  },
  "aws:lb/targetGroup:TargetGroup": { vpcId: "vpc-0123456789abcdef0" },
  "aws:route53/record:Record": { zoneId: "Z0123456789ABCDEFGHIJ" },
  "aws:wafv2/webAcl:WebAcl": { defaultAction: { allow: {} }, visibilityConfig },
};

/** The same for the origin in a VPC, whose settings are all in one block. */
const vpcOriginEndpointConfig = {
  ...{ httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" },
  originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
};

function complete({ type, inputs }: DeclaredResource): Props {
  const { vpcOriginEndpointConfig: own, ...others } = inputs;
  return {
    ...needed[type],
    ...others,
    ...(own !== undefined && {
      vpcOriginEndpointConfig: { ...vpcOriginEndpointConfig, ...(own as Props) },
    }),
  };
}

/**
 * The resources in the order in which a program can make them. Where two refer to each other, the
 * first one's reference stays a text.
 */
export function asProgram(resources: readonly DeclaredResource[]): Registered[] {
  const makers = makersOf(resources);
  const made: Registered[] = [];
  const places = new Map<string, number>();
  const begun = new Set<string>();

  const place = (resource: DeclaredResource): number | undefined => {
    if (begun.has(resource.urn)) return places.get(resource.urn);
    begun.add(resource.urn);
    const inputs = joined(complete(resource), resource) as Props;
    const { type, name } = resource;
    const waitsFor = (resource.dependsOn ?? []).flatMap((urn) => {
      const awaited = resources.find((other) => other.urn === urn);
      return (awaited && place(awaited)) ?? [];
    });
    places.set(resource.urn, made.push({ type, name, inputs, outputs: [], waitsFor }) - 1);
    return places.get(resource.urn);
  };
  const refer = (resource: DeclaredResource | undefined, output: string) => {
    const of = resource && place(resource);
    if (of === undefined) return undefined;
    const outputs = made[of]?.outputs;
    if (output !== "id" && !outputs?.includes(output)) outputs?.push(output);
    return { of, output };
  };
  const joined = (value: unknown, by: DeclaredResource): unknown => {
    if (value instanceof FromUnknown) {
      const maker = resources.find(({ urn }) => value.urns.includes(urn));
      return { $join: [refer(maker, outputMeant(maker))] };
    }
    if (typeof value === "string") {
      for (const [text, [maker]] of makers) {
        if (maker === undefined || maker.resource.urn === by.urn || !value.includes(text)) continue;
        const at = refer(maker.resource, maker.output);
        if (at === undefined) continue;
        const [before = "", ...after] = value.split(text);
        const parts = after.flatMap((rest) => [at, rest]);
        return { $join: [before, ...parts].filter((part) => part !== "") };
      }
      return value;
    }
    if (Array.isArray(value)) return value.map((inner) => joined(inner, by));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, joined(inner, by)]),
    );
  };
  for (const resource of resources) place(resource);
  return made;
}

/** What a value that is not known and comes from this resource stands for. */
function outputMeant(maker: DeclaredResource | undefined): string {
  if (maker?.type === "aws:lb/loadBalancer:LoadBalancer") return "dnsName";
  return maker?.type.startsWith("random:") ? "result" : "arn";
}
