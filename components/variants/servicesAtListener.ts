import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Variant, variantSpec } from "../../path/variants";
import { bySeverity, type Finding, refuses } from "../../rules/finding";
import { formatFinding } from "../../rules/pathError";
import { resolvePath } from "../../rules/resolve";
import { PathDashboard } from "../dashboard/pathDashboard";
import { graphedServices } from "../dashboard/watchPath";
import { loadBalancerSuffix } from "../shared/arn";
import { serviceCluster } from "../service/cluster";
import { requireImages } from "../service/images";
import {
  type ListenerService,
  type ListenerServiceArgs,
  type ServedListenerArgs,
} from "../service/listenerService";
import { clusterCapacity, usesSpot } from "../service/spot";
import { deploymentFindings } from "./deploymentProblems";
import { nameProblems } from "./names";
import type { PathServiceArgs } from "./pathArgs";
import { listenerServices } from "./pathServices";
import { loadBalancerName } from "./pathPlan";
import type { RoutedServicePlanArgs } from "./planArgs";
import { signInProblems } from "./signInPlan";
import { quotaFindings, useOfServices } from "./plannedQuotas";
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
  /** True for a CloudWatch dashboard of the load balancer and the services. @default false */
  dashboard?: boolean;
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
  /** With `dashboard` only. */
  public readonly dashboard: PathDashboard | undefined;

  constructor(name: string, args: ServicesAtListenerArgs, opts?: pulumi.ComponentResourceOptions) {
    requireImages(name, args);
    const { services, findings } = planServicesAtListener(args.variant, name, args);
    super("hopwise:index:ServicesAtListener", name, {}, opts);
    const { listener, placement, drainSeconds, runtimeMonitoring, tags } = args;
    this.findings = findings;
    reportFindings(findings, this);
    this.cluster = args.clusterArn === undefined ? serviceCluster(name, args, this) : undefined;
    const spot = usesSpot(args.services);
    const capacity = clusterCapacity(
      name,
      this.cluster,
      { clusterArn: args.clusterArn, spot },
      this,
    );
    const { clusterArn } = capacity;
    this.capacityProviders = capacity.capacityProviders;
    const shared = { listener, placement, clusterArn, drainSeconds, runtimeMonitoring, tags };
    const plan = { variant: args.variant, services };
    // What asks for sign-in was refused.
    const given = Object.entries(args.services).map(
      ([key, one]) => [key, { ...one, signIn: undefined }] as const,
    );
    this.services = listenerServices(name, plan, Object.fromEntries(given), shared, this);
    this.dashboard =
      args.dashboard === true
        ? new PathDashboard(
            name,
            {
              shared: true,
              loadBalancerArnSuffix: pulumi.output(listener.listenerArn).apply(loadBalancerSuffix),
              targets: graphedServices(this.services),
            },
            { parent: this },
          )
        : undefined;
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
  const findings = [
    ...serviceFindings(services, resolvePath(spec).findings),
    ...deploymentFindings(name, args),
    ...quotaFindings("of the listener", useOfServices(services, args.services)),
  ].sort(bySeverity);
  const problems = [
    ...nameProblems(name),
    ...servicesProblems(name, args, spec, services),
    ...signInProblems(args, spec, services),
    ...findings.filter(refuses).map(formatFinding),
  ];
  if (problems.length > 0) {
    const intro = `The services "${name}" cannot work; nothing was created:`;
    throw new pulumi.RunError([intro, ...problems].join("\n\n"));
  }
  return { services, findings };
}
