import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { prefixListNames } from "../../path/cloudfront";
import { ipVersionOf } from "../../path/networks";
import type { PathSecurityGroupRule } from "../../path/rules";
import { withName } from "../shared/tags";

/** One destination of the tasks' TCP connections; exactly one of the four is given. */
export interface TaskEgressArgs {
  /** Part of the rule's resource name, e.g. `https-to-internet`. */
  name: string;
  /** IPv4 range. */
  cidrIpv4?: pulumi.Input<string>;
  /** IPv6 range. */
  cidrIpv6?: string;
  /** Id of a prefix list, e.g. of S3's gateway endpoint. */
  prefixListId?: pulumi.Input<string>;
  /** This group gets the matching ingress rule as well. */
  securityGroupId?: pulumi.Input<string>;
  /** @default 443 */
  port?: number;
  /** What the rule is for, in characters that EC2 allows. @default a sentence about HTTPS */
  description?: string;
}

/** The rules of the load balancer's and the tasks' groups, each a resource of its own. */
export class GroupRules {
  /** With endpoints, includes their rule for the tasks. */
  public readonly ingress: aws.vpc.SecurityGroupIngressRule[] = [];
  public readonly egress: aws.vpc.SecurityGroupEgressRule[] = [];

  constructor(
    private readonly name: string,
    private readonly ids: Readonly<Record<"loadBalancer" | "tasks", pulumi.Input<string>>>,
    private readonly parent: pulumi.ComponentResource,
    private readonly tags: Record<string, pulumi.Input<string>> | undefined,
  ) {}

  /** One rule of a path. */
  public add(rule: PathSecurityGroupRule): void {
    const { parent, tags } = this;
    const resourceName = `${this.name}-${rule.name}`;
    const args = {
      securityGroupId: this.groupId(rule.group),
      ipProtocol: "tcp",
      fromPort: rule.port,
      toPort: rule.port,
      description: rule.description,
      ...this.peer(rule),
      tags: withName(resourceName, tags),
    };
    if (rule.direction === "ingress") {
      this.ingress.push(new aws.vpc.SecurityGroupIngressRule(resourceName, args, { parent }));
    } else {
      this.egress.push(new aws.vpc.SecurityGroupEgressRule(resourceName, args, { parent }));
    }
  }

  private groupId(group: PathSecurityGroupRule["group"]): pulumi.Input<string> {
    return group === "tasks" ? this.ids.tasks : this.ids.loadBalancer;
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
            { parent: this.parent },
          ).id,
        };
    }
  }

  /** One destination of the tasks, with the rule that admits them there. */
  public addTaskEgress(egress: TaskEgressArgs): void {
    const { name, parent, tags } = this;
    const port = egress.port ?? 443;
    const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
    const egressName = `${name}-tasks-${egress.name}`;
    this.egress.push(
      new aws.vpc.SecurityGroupEgressRule(
        egressName,
        {
          ...tcp,
          securityGroupId: this.ids.tasks,
          description:
            egress.description ??
            "HTTPS from the tasks to the registry, the log service and what they call",
          cidrIpv4: egress.cidrIpv4,
          cidrIpv6: egress.cidrIpv6,
          prefixListId: egress.prefixListId,
          referencedSecurityGroupId: egress.securityGroupId,
          tags: withName(egressName, tags),
        },
        { parent },
      ),
    );
    if (egress.securityGroupId === undefined) return;
    const ingressName = `${name}-endpoints-https-from-tasks`;
    this.ingress.push(
      new aws.vpc.SecurityGroupIngressRule(
        ingressName,
        {
          ...tcp,
          securityGroupId: egress.securityGroupId,
          description: "HTTPS from the tasks",
          referencedSecurityGroupId: this.ids.tasks,
          tags: withName(ingressName, tags),
        },
        { parent },
      ),
    );
  }
}
