/** What a program changes of a component's children, and the path judged again with it. */
import * as pulumi from "@pulumi/pulumi";
import type { EdgeSpec, ListenerSpec, PathSpec, TargetSpec } from "../../path/types";
import { refuses } from "../../rules/finding";
import { formatFinding } from "../../rules/pathError";
import { resolvePath } from "../../rules/resolve";
import { token } from "../../topology/tokens";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of every type of AWS's resources
type Args = Readonly<Record<string, any>>;

/** A child before it is registered. */
export interface TransformedChild {
  /** Pulumi's type token, such as `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  /** Its name in the program, such as `web-tasks`. */
  readonly name: string;
  /** Its arguments, some of them outputs. */
  readonly args: Args;
}

/** Returns the arguments that a child gets instead; `undefined` leaves it as it is. */
export type Transform = (child: TransformedChild) => object | undefined;

/** Applies a transform to the children of one component, and judges the result. */
export class TransformedChildren {
  private readonly changed: TransformedChild[] = [];
  private admit: () => void = () => undefined;
  /** No child is registered before the path is judged. */
  private readonly judged = new Promise<pulumi.Resource[]>((resolve) => {
    this.admit = () => {
      resolve([]);
    };
  });

  constructor(private readonly transform: Transform | undefined) {}

  /** Options of the component whose children are transformed. */
  options(opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResourceOptions {
    const { transform } = this;
    if (transform === undefined) return opts;
    const apply: pulumi.ResourceTransformation = ({ type, name, props, opts: own }) => {
      if (type.startsWith("hopwise:")) return undefined;
      const child = { type, name, args: props as Args };
      const args = transform(child);
      if (args !== undefined) this.changed.push({ ...child, args: args as Args });
      return {
        props: args ?? props,
        opts: pulumi.mergeOptions(own, { dependsOn: this.judged }),
      };
    };
    return { ...opts, transformations: [...(opts.transformations ?? []), apply] };
  }

  /**
   * Lets the children be registered if the path still works.
   *
   * @param what the component, for the error
   * @param name the component's name
   * @param specs the planned path of each target group, by the name of its service's resources
   * @throws RunError with every error of the changed paths
   */
  judge(what: string, name: string, specs: Readonly<Record<string, PathSpec>>): void {
    const problems = Object.entries(specs).flatMap(([service, spec]) =>
      resolvePath(this.specOf(name, service, spec)).findings.filter(refuses),
    );
    if (problems.length > 0) {
      const intro = `${what} cannot work with what transform changes; nothing was created:`;
      throw new pulumi.RunError([intro, ...problems.map(formatFinding)].join("\n\n"));
    }
    this.admit();
  }

  /** The path with the changed values, as far as they are known before anything exists. */
  private specOf(name: string, service: string, spec: PathSpec): PathSpec {
    const of = (type: string, own = name): Known =>
      this.changed.find((child) => child.type === type && child.name === own)?.args ?? {};
    const group = of(token.targetGroup, `${service}-tasks`);
    const listener = of(token.listener, `${name}-listener`);
    const balancer = of(token.loadBalancer, `${name}-alb`);
    const distribution = of(token.distribution);
    const origins = (Array.isArray(distribution.origins) ? distribution.origins : []) as Known[];
    const config = (origins[0]?.customOriginConfig ?? origins[0]?.vpcOriginConfig ?? {}) as Known;
    const { port, protocolVersion, protocol } = group;
    return {
      ...spec,
      edge: spec.edge && {
        ...spec.edge,
        ...plain<EdgeSpec>({
          httpVersion: distribution.httpVersion,
          originHttpVersion: config.originHttpVersion,
          originProtocolPolicy: config.originProtocolPolicy,
          readSeconds: config.originReadTimeout,
          keepAliveSeconds: config.originKeepaliveTimeout,
        }),
      },
      listener: {
        ...spec.listener,
        ...plain<ListenerSpec>({
          port: listener.port,
          protocol: listener.protocol,
          http2: balancer.enableHttp2,
          idleSeconds: balancer.idleTimeout,
          scheme:
            typeof balancer.internal === "boolean"
              ? balancer.internal
                ? "internal"
                : "internet-facing"
              : undefined,
        }),
      },
      target: { ...spec.target, ...plain<TargetSpec>({ port, protocolVersion, protocol }) },
    };
  }
}

type Known = Readonly<Record<string, unknown>>;

/** The values that are known; outputs and absent ones are left out. */
function plain<Spec>(values: Partial<Record<keyof Spec, unknown>>): Partial<Spec> {
  const known = Object.entries(values).filter(([, value]) =>
    ["string", "number", "boolean"].includes(typeof value),
  );
  return Object.fromEntries(known) as Partial<Spec>;
}
