import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { prefixListNames } from "../../path/cloudfront";
import { defaults } from "../../path/defaults";
import { ipVersionOf } from "../../path/networks";
import { securityGroupRules, type PathSecurityGroupRule, type RuledHops } from "../../path/rules";
import type { Source } from "../../path/types";
import { withName } from "../shared/tags";

/** One destination of the tasks' TCP connections; exactly one of the four is given. */
export interface TaskEgressArgs {
  /** Part of the rule's resource name, e.g. `https-to-internet`. */
  name: string;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: pulumi.Input<string>;
  /** This group gets the matching ingress rule as well. */
  securityGroupId?: pulumi.Input<string>;
  /** @default 443 */
  port?: number;
  /** What the rule is for, in characters that EC2 allows. @default a sentence about HTTPS */
  description?: string;
}

export interface PathSecurityGroupsArgs {
  vpcId: pulumi.Input<string>;
  /**
   * Who may call the load balancer: address ranges, or the addresses of CloudFront. Those are
   * every CloudFront customer's, so that a secret header has to tell yours from the others.
   */
  clients: "cloudfront" | string[];
  /** `dualstack` admits CloudFront's IPv6 addresses as well. @default "ipv4" */
  ipAddressType?: "ipv4" | "dualstack";
  /** Protocol of the listener. @default "HTTPS" */
  listenerProtocol?: "HTTP" | "HTTPS";
  /** @default 443, with HTTP 80 */
  listenerPort?: number;
  /** True to open port 80 as well, for a listener that redirects to HTTPS. @default false */
  redirectHttp?: boolean;
  /** Port on which the tasks take requests and health checks. @default 8080 */
  taskPort?: number;
  /** What tasks may call: the registry, the log service, the app's own destinations. */
  taskEgress: TaskEgressArgs[];
  /** Tags for every resource. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * The security groups of the load balancer and of the tasks. path/rules.ts decides which rules
 * there are; each is a separate resource, so that the two groups can refer to each other.
 */
export class PathSecurityGroups extends pulumi.ComponentResource {
  public readonly loadBalancer: aws.ec2.SecurityGroup;
  public readonly tasks: aws.ec2.SecurityGroup;
  /** With endpoints, includes their rule for the tasks. */
  public readonly ingressRules: aws.vpc.SecurityGroupIngressRule[] = [];
  public readonly egressRules: aws.vpc.SecurityGroupEgressRule[] = [];

  constructor(name: string, args: PathSecurityGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathSecurityGroups", name, {}, opts);
    const parent = { parent: this };
    const group = (suffix: string, description: string) =>
      new aws.ec2.SecurityGroup(
        `${name}-${suffix}`,
        { vpcId: args.vpcId, description, tags: withName(`${name}-${suffix}`, args.tags) },
        parent,
      );
    // AWS replaces a group whose description changes, so the text is the same for all variants.
    this.loadBalancer = group("alb", "Load balancer of the path");
    this.tasks = group("tasks", "Tasks behind the load balancer of the path");

    for (const rule of securityGroupRules(hopsOf(args))) this.addRule(name, rule, args.tags);
    for (const egress of args.taskEgress) this.addTaskEgress(name, egress, args.tags);
    this.registerOutputs({
      loadBalancerSecurityGroupId: this.loadBalancer.id,
      tasksSecurityGroupId: this.tasks.id,
    });
  }

  private addRule(name: string, rule: PathSecurityGroupRule, tags: PathSecurityGroupsArgs["tags"]) {
    const resourceName = `${name}-${rule.name}`;
    const args = {
      securityGroupId: this.groupId(rule.group),
      ipProtocol: "tcp",
      fromPort: rule.port,
      toPort: rule.port,
      description: rule.description,
      ...this.peer(rule),
      tags: withName(resourceName, tags),
    };
    const parent = { parent: this };
    if (rule.direction === "ingress") {
      this.ingressRules.push(new aws.vpc.SecurityGroupIngressRule(resourceName, args, parent));
    } else {
      this.egressRules.push(new aws.vpc.SecurityGroupEgressRule(resourceName, args, parent));
    }
  }

  private groupId(group: PathSecurityGroupRule["group"]): pulumi.Output<string> {
    return group === "tasks" ? this.tasks.id : this.loadBalancer.id;
  }

  /** The rule's other end, as arguments of the resource. */
  private peer({ peer }: PathSecurityGroupRule) {
    switch (peer.kind) {
      case "cidr":
        return ipVersionOf(peer.cidr) === 6 ? { cidrIpv6: peer.cidr } : { cidrIpv4: peer.cidr };
      case "security-group":
        return { referencedSecurityGroupId: this.groupId(peer.group) };
      case "cloudfront":
        return {
          prefixListId: aws.ec2.getManagedPrefixListOutput(
            { name: prefixListNames[peer.ipVersion] },
            { parent: this },
          ).id,
        };
    }
  }

  private addTaskEgress(
    name: string,
    egress: TaskEgressArgs,
    tags: PathSecurityGroupsArgs["tags"],
  ) {
    const parent = { parent: this };
    const port = egress.port ?? 443;
    const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
    const egressName = `${name}-tasks-${egress.name}`;
    this.egressRules.push(
      new aws.vpc.SecurityGroupEgressRule(
        egressName,
        {
          ...tcp,
          securityGroupId: this.tasks.id,
          description:
            egress.description ??
            "HTTPS from the tasks to the registry, the log service and what they call",
          cidrIpv4: egress.cidrIpv4,
          cidrIpv6: egress.cidrIpv6,
          prefixListId: egress.prefixListId,
          referencedSecurityGroupId: egress.securityGroupId,
          tags: withName(egressName, tags),
        },
        parent,
      ),
    );
    if (egress.securityGroupId === undefined) return;
    const ingressName = `${name}-endpoints-https-from-tasks`;
    this.ingressRules.push(
      new aws.vpc.SecurityGroupIngressRule(
        ingressName,
        {
          ...tcp,
          securityGroupId: egress.securityGroupId,
          description: "HTTPS from the tasks",
          referencedSecurityGroupId: this.tasks.id,
          tags: withName(ingressName, tags),
        },
        parent,
      ),
    );
  }
}

/** The hops that the rules open. */
function hopsOf(args: PathSecurityGroupsArgs): RuledHops {
  const { clients, redirectHttp = false, listenerProtocol: protocol = "HTTPS" } = args;
  const port = args.listenerPort ?? (protocol === "HTTPS" ? 443 : 80);
  return {
    listener: { protocol, port, redirectsHttp: redirectHttp, admits: sourcesOf(clients, args) },
    target: { port: args.taskPort ?? defaults.service.port, admits: [{ kind: "load-balancer" }] },
  };
}

function sourcesOf(
  clients: PathSecurityGroupsArgs["clients"],
  { ipAddressType }: PathSecurityGroupsArgs,
): Source[] {
  if (clients !== "cloudfront") return clients.map((cidr) => ({ kind: "cidr", cidr }));
  const versions = ipAddressType === "dualstack" ? ([4, 6] as const) : ([4] as const);
  return versions.map((ipVersion) => ({ kind: "cloudfront", ipVersion }));
}
