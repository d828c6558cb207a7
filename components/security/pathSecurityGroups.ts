import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { identityProviderRules, securityGroupRules, type RuledHops } from "../../path/rules";
import type { Source } from "../../path/types";
import { withName } from "../shared/tags";
import { GroupRules, type TaskEgressArgs } from "./groupRules";

/** A port of the load balancer for tests only. */
interface TestListenerPortArgs {
  /** 1 to 65535. */
  port: number;
  /** Ranges that may call it; nobody else can. */
  cidrs: string[];
}

export interface PathSecurityGroupsArgs {
  /** Id of the VPC of the load balancer and the tasks. */
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
  /** A listener for tests of a deployment, and the ranges that may call it. @default none */
  test?: TestListenerPortArgs;
  /** Port on which the tasks take requests and health checks. @default 8080 */
  taskPort?: number;
  /**
   * Ports of an identity provider that the load balancer calls, at any IPv4 address: a provider's
   * addresses change. @default none
   */
  identityProviderPorts?: readonly number[];
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
  public readonly ingressRules: aws.vpc.SecurityGroupIngressRule[];
  public readonly egressRules: aws.vpc.SecurityGroupEgressRule[];

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

    const ids = { loadBalancer: this.loadBalancer.id, tasks: this.tasks.id };
    const rules = new GroupRules(name, ids, this, args.tags);
    for (const rule of securityGroupRules(hopsOf(args))) rules.add(rule);
    for (const rule of identityProviderRules(args.identityProviderPorts)) rules.add(rule);
    for (const egress of args.taskEgress) rules.addTaskEgress(egress);
    this.ingressRules = rules.ingress;
    this.egressRules = rules.egress;
    this.registerOutputs({
      loadBalancerSecurityGroupId: this.loadBalancer.id,
      tasksSecurityGroupId: this.tasks.id,
    });
  }
}

/** The hops that the rules open. */
function hopsOf(args: PathSecurityGroupsArgs): RuledHops {
  const { clients, redirectHttp = false, listenerProtocol: protocol = "HTTPS" } = args;
  const port = args.listenerPort ?? (protocol === "HTTPS" ? 443 : 80);
  const test = args.test && { port: args.test.port, admits: sourcesOf(args.test.cidrs, args) };
  return {
    listener: {
      protocol,
      port,
      redirectsHttp: redirectHttp,
      admits: sourcesOf(clients, args),
      test,
    },
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
