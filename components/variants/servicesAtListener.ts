import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Variant, variantSpec } from "../../path/variants";
import { bySeverity, type Finding, refuses } from "../../rules/finding";
import { formatFinding } from "../../rules/pathError";
import { resolvePath } from "../../rules/resolve";
import { serviceCluster } from "../service/cluster";
import {
  type ListenerService,
  type ListenerServiceArgs,
  type ServedListenerArgs,
} from "../service/listenerService";
import { fargateCapacity, usesSpot } from "../service/spot";
import { nameProblems } from "./names";
import type { PathServiceArgs } from "./pathArgs";
import { listenerServices } from "./pathServices";
import { loadBalancerName } from "./pathPlan";
import type { RoutedServicePlanArgs } from "./planArgs";
import { reportFindings } from "./reportFindings";
import {
  planServices,
  type PlannedService,
  serviceFindings,
  servicesProblems,
} from "./servicesPlan";

export interface ServicesAtListenerArgs extends Pick<
  ListenerServiceArgs,
  "clusterArn" | "drainSeconds" | "runtimeMonitoring" | "tags"
> {
  /** What calls the listener, and in which protocol: the variant of the path that it belongs to. */
  variant: Variant;
  /** An HTTPS listener that exists, of this or another stack. */
  listener: ServedListenerArgs;
  /** Where the tasks are placed: in the load balancer's VPC. */
  placement: ListenerServiceArgs["placement"];
  /** The services, by name; each gets the requests of its paths and hosts. */
  services: Record<string, PathServiceArgs>;
}

/**
 * Services at a load balancer that exists. Several stacks can share one this way.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class ServicesAtListener extends pulumi.ComponentResource {
  /** Warnings and notes; also printed at preview. */
  public readonly findings: readonly Finding[];
  /** Undefined if an existing cluster is used. */
  public readonly cluster: aws.ecs.Cluster | undefined;
  /** With `spot` of a service, in a cluster of the component only. */
  public readonly capacityProviders: aws.ecs.ClusterCapacityProviders | undefined;
  /** By name. */
  public readonly services: Readonly<Record<string, ListenerService>>;

  constructor(name: string, args: ServicesAtListenerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { services, findings } = planServicesAtListener(args.variant, name, args);
    super("hopwise:index:ServicesAtListener", name, {}, opts);
    const { listener, placement, drainSeconds, runtimeMonitoring, tags } = args;
    this.findings = findings;
    reportFindings(findings, this);
    this.cluster = args.clusterArn === undefined ? serviceCluster(name, args, this) : undefined;
    this.capacityProviders =
      this.cluster && usesSpot(args.services)
        ? fargateCapacity(name, this.cluster, this)
        : undefined;
    const made = pulumi.all([this.cluster?.arn ?? "", this.capacityProviders?.clusterName]);
    const clusterArn = args.clusterArn ?? made.apply(([arn]) => arn);
    const shared = { listener, placement, clusterArn, drainSeconds, runtimeMonitoring, tags };
    const plan = { variant: args.variant, services };
    this.services = listenerServices(name, plan, args.services, shared, this);
    this.registerOutputs({});
  }
}

/** Services at a listener that exists, each with its path. @throws RunError with every problem */
export function planServicesAtListener(
  variant: Variant,
  name: string,
  args: {
    readonly services: Readonly<Record<string, RoutedServicePlanArgs>>;
    readonly listener: Pick<ServedListenerArgs, "priorities">;
  },
): { services: readonly PlannedService[]; findings: readonly Finding[] } {
  // Of the listener it is only known that it is one of the variant's.
  const spec = variantSpec(variant, {
    loadBalancerCertificate: true,
    originName: loadBalancerName,
    viewerNames: [],
  });
  const services = planServices(spec, args);
  const findings = serviceFindings(services, resolvePath(spec).findings).sort(bySeverity);
  const problems = [
    ...nameProblems(name),
    ...servicesProblems(name, args, spec, services),
    ...findings.filter(refuses).map(formatFinding),
  ];
  if (problems.length > 0) {
    const intro = `The services "${name}" cannot work; nothing was created:`;
    throw new pulumi.RunError([intro, ...problems].join("\n\n"));
  }
  return { services, findings };
}
