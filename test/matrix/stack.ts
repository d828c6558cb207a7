/**
 * The resources of every lane, made in a model of one AWS account: what it refuses is no lane that
 * anybody could serve. Lanes share load balancers and listeners, as they would in one program.
 */
import { Account, AwsRefusal } from "../../local/model";
import { token } from "../../topology/tokens";
import type { LocalResource, Props, Refusal } from "../../local/model/types";
import { container, forbid, forward, group, headerRule, issue, trust } from "../unit/model/scene";
import { lanes, type Lane } from "./axes";

const domain = "example.com";
/** The container that a server of the tests replaces. */
export const containerName = "app";

const region = "eu-west-1";
const secretHeader = { name: "X-Origin-Secret", value: "abc123" } as const;
/** What a client sends that knows the secret. */
export const secret = { [secretHeader.name.toLowerCase()]: secretHeader.value };

/** A lane that AWS creates. */
export interface BuiltLane {
  readonly lane: Lane;
  /** The resources of this lane alone. */
  readonly resources: readonly LocalResource[];
  /** Name that viewers call. */
  readonly host: string;
  /** Name of the load balancer, and the listener's port. */
  readonly loadBalancer: string;
  readonly port: number;
}

/** A lane that AWS refuses to create, with its reasons. */
interface RefusedLane {
  readonly lane: Lane;
  readonly refusals: readonly Refusal[];
}

export interface Built {
  readonly built: readonly BuiltLane[];
  readonly refused: readonly RefusedLane[];
}

/** The resources of several lanes, as of one program. */
export function resourcesOf(built: readonly BuiltLane[]): LocalResource[] {
  return [...new Set(built.flatMap((lane) => lane.resources))];
}

let all: Built | undefined;

/** Every lane, made once. */
export function buildLanes(): Built {
  all ??= build();
  return all;
}

function build(): Built {
  const builder = new Builder();
  const [built, refused]: [BuiltLane[], RefusedLane[]] = [[], []];
  for (const lane of lanes) {
    try {
      built.push(builder.build(lane));
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      refused.push({ lane, refusals: error.refusals });
    }
  }
  return { built, refused };
}

/** A part that lanes share, with everything it rests on. */
interface Part {
  readonly id: string;
  readonly outputs: Props;
  readonly resources: readonly LocalResource[];
}

class Builder {
  private readonly account = new Account({ region });
  private readonly parts = new Map<string, Part | AwsRefusal>();
  private readonly base: Readonly<Record<BaseName, Part>>;
  private ports = 20_000;

  constructor() {
    this.base = this.makeBase();
  }

  build(lane: Lane): BuiltLane {
    const { edge, listener, http2, secret, version, target } = lane;
    const balancer = this.loadBalancer(edge?.origin === "vpc", http2);
    const ruled = secret !== "open";
    const key = [balancer.outputs.name, listener, ruled ? "secret" : "open", version, target];
    const way = this.shared(key.join("-"), () =>
      this.listener(key.join("-"), balancer, lane, ruled),
    );
    const port = Number(way.outputs.port);
    const common = { lane, loadBalancer: String(balancer.outputs.name), port };
    if (!edge) return { ...common, host: nameOf(balancer), resources: way.resources };
    const name = `${key.join("-")}-${edge.policy}-${edge.asks.replace(/\W+/g, "-")}-${edge.grpc ? "grpc" : "plain"}-${secret.replace(" ", "-")}`;
    const origin = edge.origin === "vpc" ? this.vpcOrigin(lane, balancer, port) : undefined;
    const host = `d${this.parts.size}.${domain}`;
    const front = this.shared(name, () =>
      this.make(
        token.distribution,
        name,
        this.distribution(lane, host, balancer, port, origin?.id),
        [...way.resources, ...(origin?.resources ?? []), ...this.base.edge.resources],
      ),
    );
    return { ...common, host, resources: front.resources };
  }

  /** Makes a part once; what AWS refused stays refused. */
  private shared(key: string, make: () => Part): Part {
    let part = this.parts.get(key);
    if (!part) {
      try {
        part = make();
      } catch (error) {
        if (!(error instanceof AwsRefusal)) throw error;
        part = error;
      }
      this.parts.set(key, part);
    }
    if (part instanceof AwsRefusal) throw part;
    return part;
  }

  private make(type: string, name: string, inputs: Props, on: readonly LocalResource[] = []): Part {
    const urn = `urn:pulumi:test::matrix::${type}::${name}`;
    const { id, outputs } = this.account.create({ type, name, urn, inputs });
    return { id, outputs, resources: [...on, { urn, type, name, id, inputs, outputs }] };
  }

  private makeBase(): Readonly<Record<BaseName, Part>> {
    const vpc = this.make(token.vpc, "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    this.make(token.internetGateway, "gateway", { vpcId: vpc.id });
    const subnet = (zone: string, cidrBlock: string) =>
      this.make(token.subnet, zone, { vpcId: vpc.id, cidrBlock, availabilityZone: zone });
    const [a, b] = [subnet("eu-west-1a", "10.0.0.0/24"), subnet("eu-west-1b", "10.0.1.0/24")];
    const network = joined(a, b);
    const admitting = (name: string) => {
      const made = this.make(token.securityGroup, name, { vpcId: vpc.id });
      const all = { securityGroupId: made.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" };
      const ingress = this.make(token.securityGroupIngress, `${name}-in`, all);
      return joined(made, ingress, this.make(token.securityGroupEgress, `${name}-out`, all));
    };
    const zone = this.make(token.zone, "zone", { name: domain });
    const certificate = (name: string, inputs: Props) => {
      const made = this.make(token.certificate, name, { domainName: `*.${domain}`, ...inputs });
      issue(this.account, name, made.id, zone.id);
      return made;
    };
    const role = this.make(token.role, "role", { assumeRolePolicy: trust });
    return {
      vpc,
      network,
      zone,
      role,
      balancers: admitting("balancers"),
      tasks: admitting("tasks"),

      listeners: certificate("listeners", {}),
      cluster: this.make(token.cluster, "cluster", {}),
      edge: certificate("edge", { region: "us-east-1" }),
    };
  }

  private loadBalancer(internal: boolean, http2: boolean): Part {
    const name = `${internal ? "inner" : "public"}-${http2 ? "h2" : "h1"}`;
    const { network, balancers, zone } = this.base;
    return this.shared(name, () => {
      const balancer = this.make(
        token.loadBalancer,
        name,
        {
          name,
          internal,
          enableHttp2: http2,
          subnets: network.resources.map((s) => s.id),
          securityGroups: [balancers.id],
        },
        [...network.resources, ...balancers.resources],
      );
      const { dnsName, zoneId } = balancer.outputs;
      const record = this.make(token.record, name, {
        zoneId: zone.id,
        name: `${name}.${domain}`,
        type: "A",
        aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: false }],
      });
      return joined(balancer, record);
    });
  }

  /** A listener of its own, with a target group and a service behind it. */
  private listener(name: string, balancer: Part, lane: Lane, ruled: boolean): Part {
    const port = this.ports++;
    const targets = this.targets(port, lane);
    const secure = lane.listener === "HTTPS";
    const listener = this.make(
      token.listener,
      name,
      {
        loadBalancerArn: balancer.id,
        port,
        protocol: lane.listener,
        ...(secure && {
          certificateArn: this.base.listeners.id,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        }),
        defaultActions: [ruled ? forbid : forward(targets.id)],
      },
      [...balancer.resources, ...(secure ? this.base.listeners.resources : [])],
    );
    const rule = (): Part =>
      this.make(token.listenerRule, name, headerRule(listener.id, 1, [forward(targets.id)]));
    // A service asks for a target group that a listener leads to.
    const way = ruled ? joined(listener, rule()) : listener;
    return joined(way, targets, this.service(name, port, targets.id));
  }

  private targets(port: number, { version, target }: Lane): Part {
    const grpc = version === "GRPC";
    return this.make(token.targetGroup, `tasks-${port}`, {
      ...group(this.base.vpc.id, version),
      port,
      protocol: target,
      healthCheck: {
        path: grpc ? "/health" : "/healthz",
        matcher: grpc ? "0" : "200",
        protocol: target,
        interval: 300,
        timeout: 120,
      },
    });
  }

  /** One task; its port is its own, so that the tasks of all services can share an address. */
  private service(name: string, port: number, targetGroupArn: string): Part {
    const { tasks, cluster, role, network } = this.base;
    const definition = this.make(token.taskDefinition, name, {
      family: name,
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      executionRoleArn: role.outputs.arn,
      containerDefinitions: JSON.stringify([
        container({ name: containerName, portMappings: [{ containerPort: port }] }),
      ]),
    });
    const service = this.make(token.service, name, {
      cluster: cluster.id,
      taskDefinition: definition.id,
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: {
        subnets: network.resources.map((s) => s.id),
        securityGroups: [tasks.id],
      },
      loadBalancers: [{ containerName, containerPort: port, targetGroupArn }],
    });
    return joined(definition, service, tasks);
  }

  private vpcOrigin({ edge }: Lane, balancer: Part, port: number): Part {
    const policy = edge?.policy ?? "http-only";
    const tls = tlsTo(edge);
    const name = `${String(balancer.outputs.name)}-${port}-${policy}-${tls.replace(".", "")}`;
    return this.shared(`origin-${name}`, () =>
      this.make(token.vpcOrigin, name, {
        vpcOriginEndpointConfig: {
          name,
          arn: balancer.id,
          httpPort: port,
          httpsPort: port,

          originProtocolPolicy: policy,
          originSslProtocols: { items: [tls], quantity: 1 },
        },
      }),
    );
  }

  private distribution(
    { edge, secret }: Lane,
    alias: string,
    balancer: Part,
    port: number,
    vpcOriginId?: string,
  ): Props {
    const custom = {
      httpPort: port,
      httpsPort: port,
      originSslProtocols: [tlsTo(edge)],
      originProtocolPolicy: edge?.policy,
    };
    // Absent, it is http1.1.
    const asks = edge?.asks === "http1.1" ? {} : { originHttpVersion: "http2" };
    const methods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];
    return {
      enabled: true,
      httpVersion: "http2and3",
      aliases: [alias],
      origins: [
        {
          originId: "balancer",
          domainName: nameOf(balancer),
          customHeaders: secret === "sent" ? [secretHeader] : [],
          ...(vpcOriginId === undefined
            ? { customOriginConfig: { ...custom, ...asks } }
            : { vpcOriginConfig: { vpcOriginId, ...asks } }),
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "balancer",
        viewerProtocolPolicy: "allow-all",
        allowedMethods: methods,
        cachedMethods: ["GET", "HEAD"],
        // CachingDisabled and AllViewer.
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        ...(edge?.grpc === true && { grpcConfig: { enabled: true } }),
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: this.base.edge.id,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
    };
  }
}

type BaseName =
  "vpc" | "network" | "zone" | "role" | "balancers" | "tasks" | "listeners" | "cluster" | "edge";

/** The TLS that CloudFront may use to an origin. */
function tlsTo(edge: Lane["edge"]): string {
  return edge?.asks === "http2, no TLS 1.2" ? "TLSv1.1" : "TLSv1.2";
}

/** The first part, with the resources of all. */
function joined(first: Part, ...more: readonly Part[]): Part {
  return { ...first, resources: [first, ...more].flatMap((part) => part.resources) };
}

/** The name that a record gives a load balancer. */
function nameOf(balancer: Part): string {
  return `${String(balancer.outputs.name)}.${domain}`;
}
