/** How messages and advice name the parts of a path. */
import type { StackPath } from "../topology/stack/paths";
import type { Role } from "../topology/stack/provenance";

/** A part of a path that messages name. */
type Part = Role | "container";

/** What a load balancer sends requests to. */
type Targets = "tasks" | "instances";

/** The parts of a path, as a message and as advice name them. */
export interface Naming {
  /** In a sentence: `the target group web`, or `the target group` where it has no name yet. */
  readonly the: Readonly<Record<Part, string>>;
  /** In code: `the aws.lb.TargetGroup web`, or `the aws.lb.TargetGroup`. */
  readonly code: Readonly<Record<Part, string>>;
  readonly targets: Targets;
  /** True where load balancer and tasks have the same security group. */
  readonly sharedGroup: boolean;
}

const parts: Readonly<Record<Part, readonly [words: string, code: string]>> = {
  distribution: ["distribution", "aws.cloudfront.Distribution"],
  vpcOrigin: ["VPC origin", "aws.cloudfront.VpcOrigin"],
  requestPolicy: ["origin request policy", "aws.cloudfront.OriginRequestPolicy"],
  loadBalancer: ["load balancer", "aws.lb.LoadBalancer"],
  loadBalancerGroup: ["load balancer's security group", "aws.ec2.SecurityGroup"],
  loadBalancerEgress: ["load balancer's security group", "aws.ec2.SecurityGroup"],
  listener: ["listener", "aws.lb.Listener"],
  siblingListener: ["other listener", "aws.lb.Listener"],
  rule: ["listener rule", "aws.lb.ListenerRule"],
  certificate: ["load balancer's certificate", "aws.acm.Certificate"],
  webAclAssociation: ["web ACL association", "aws.wafv2.WebAclAssociation"],
  targetGroup: ["target group", "aws.lb.TargetGroup"],
  service: ["service", "aws.ecs.Service"],
  taskDefinition: ["task definition", "aws.ecs.TaskDefinition"],
  instances: ["instance", "aws.ec2.Instance"],
  hosts: ["instances", "aws.autoscaling.Group"],
  taskGroup: ["tasks' security group", "aws.ec2.SecurityGroup"],
  container: ["container", "container"],
};

function naming(
  nameOf: (part: Part) => string | undefined,
  targets: Targets = "tasks",
  sharedGroup = false,
): Naming {
  const words = (which: 0 | 1): Record<Part, string> => {
    const entries = Object.entries(parts).map(([part, names]) => {
      const name = nameOf(part as Part);
      const kind = names[which].replace(/^tasks/, targets);
      return [part, `the ${kind}${name === undefined ? "" : ` ${name}`}`];
    });
    return Object.fromEntries(entries) as Record<Part, string>;
  };
  return { the: words(0), code: words(1), targets, sharedGroup };
}

/** Of a path without resources: our components' own, before they create any. */
export const unnamed: Naming = naming(() => undefined);

/** Every rule asks for the names of the same paths. */
const named = new WeakMap<StackPath, Naming>();

/** Of a path of the stack: each part by the logical name of its first resource. */
export function namingOf(path: StackPath): Naming {
  const { resources, found } = path;
  const names =
    named.get(path) ??
    naming(
      (part) => (part === "container" ? found.container : resources[part][0]?.name),
      found.via.instancesId === undefined ? "tasks" : "instances",
      resources.taskGroup.some((group) => resources.loadBalancerGroup.includes(group)),
    );
  named.set(path, names);
  return names;
}
