import * as pulumi from "@pulumi/pulumi";
import type { Hop } from "../../path/types";
import type { Finding } from "../../rules/finding";
import { type Variant, variantNames, variants } from "../../path/variants";
import type { Alarms } from "../alarms/alarms";
import type { PathDashboard } from "../dashboard/pathDashboard";
import { createOriginParts } from "../edge/originParts";
import { ClientTrust, type TrustedCertificatesArgs } from "../security/clientCertificates";
import { OriginSecret, secretHeaderName } from "../security/originSecret";
import type { PathArgs } from "./pathArgs";
import { pathDns, type PathDns } from "../dns/pathDns";
import type { PathLoadBalancer } from "../service/pathLoadBalancer";
import type { PathPlan } from "./pathPlan";
import type { PathSecurityGroups } from "../security/pathSecurityGroups";
import { pathWaf } from "../security/pathWaf";
import { pathServices } from "./pathServices";
import type { ListenerService } from "../service/listenerService";
import { reportFindings } from "./reportFindings";
import type { CloudfrontOriginArgs } from "./viaCloudfrontArgs";
import { TransformedChildren } from "./transform";
import type { WebAcl } from "../security/webAcl";
import type { WebService } from "../service/webService";

/** Arguments of any variant that the shared parts need. */
interface AnyPathArgs extends PathArgs {
  origin?: CloudfrontOriginArgs;
}

/** The base of all variants' components, from the load balancer to the tasks. */
export abstract class PathComponent extends pulumi.ComponentResource {
  /** The URL that viewers call. */
  public abstract readonly url: pulumi.Output<string>;
  public readonly hops: readonly Hop[];
  /** Warnings and notes; also printed at preview. */
  public readonly findings: readonly Finding[];
  public readonly securityGroups: PathSecurityGroups;
  public readonly loadBalancer: PathLoadBalancer;
  public readonly service: WebService;
  /** The services that get some of the requests, by name. */
  public readonly services: Readonly<Record<string, ListenerService>>;
  /** Certificates and records, as far as they were created. */
  public readonly dns: PathDns;
  /** Values of the secret header; only behind CloudFront. */
  public readonly originSecret: OriginSecret | undefined;
  /** With `alarms` only. */
  public abstract readonly alarms: Alarms | undefined;
  /** With `dashboard` only. */
  public abstract readonly dashboard: PathDashboard | undefined;
  /** With `viewers.clientCertificates.caFile` only. */
  public readonly clientTrust: ClientTrust | undefined;
  /** With `waf` only. */
  public readonly waf: WebAcl | undefined;

  /** What viewers are asked for, with the trust store that was given or made. */
  protected readonly askedCertificates: TrustedCertificatesArgs | undefined;

  /** Ends the constructor: what `transform` made of the path is judged, and registered. */
  protected readonly judgeChildren: () => void;

  protected constructor(
    plan: PathPlan,
    name: string,
    args: AnyPathArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    const { variant, spec, hops, findings, certificateNames } = plan;
    const children = new TransformedChildren(args.transform);
    super(typeToken(variant), name, {}, children.options(keepingChildren(variant, opts)));
    this.judgeChildren = () => {
      const ofServices = plan.services.map((one) => [`${name}-${one.name}`, one.spec] as const);
      const specs = Object.fromEntries([[name, spec] as const, ...ofServices]);
      children.judge(`${variant} "${name}"`, name, specs);
    };
    this.hops = hops;
    this.findings = findings;
    reportFindings(findings, this);

    const secret = spec.listener.requiresSecretHeader
      ? new OriginSecret(name, args.origin?.secret, { parent: this })
      : undefined;
    this.originSecret = secret;
    this.dns = pathDns(name, certificateNames, args, this);
    const { clientCertificates } = args.viewers ?? {};
    this.clientTrust =
      clientCertificates?.caFile === undefined
        ? undefined
        : new ClientTrust(
            name,
            {
              caFile: clientCertificates.caFile,
              crlFiles: clientCertificates.crlFiles,
              usedBy: spec.edge ? "cloudfront" : "load-balancer",
              tags: args.tags,
            },
            { parent: this },
          );
    this.askedCertificates = clientCertificates && {
      ...clientCertificates,
      trustStore: this.clientTrust?.trustStore ?? clientCertificates.trustStore,
    };
    const secretHeader = secret && { name: secretHeaderName, values: secret.accepted };
    const parts = createOriginParts(this, name, plan, args, {
      certificateArn: this.dns.loadBalancerCertificateArn,
      secretHeader,
      // Behind CloudFront the load balancer's only client is CloudFront.
      minimumTls: spec.edge ? undefined : args.viewers?.minimumTls,
      clientCertificates: spec.edge ? undefined : this.askedCertificates,
    });
    this.securityGroups = parts.securityGroups;
    this.loadBalancer = parts.loadBalancer;
    this.service = parts.service;
    this.services = pathServices(name, plan, args, parts, secretHeader, this);
    this.waf = pathWaf(name, plan, args, parts, this);
  }
}

function typeToken(variant: Variant): string {
  return `hopwise:index:${variants[variant].component}`;
}

/**
 * Options of a variant's component. Aliases make the other variants' children of the same name its
 * own. A stack that changes its variant therefore keeps its cluster, groups and load balancer. What
 * AWS has to replace is replaced in order, and old resources are deleted when nothing uses them.
 */
function keepingChildren(
  variant: Variant,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ComponentResourceOptions {
  const others = variantNames.filter((other) => other !== variant);
  const aliases = others.map((other) => ({ type: typeToken(other) }));
  return { ...opts, aliases: [...(opts?.aliases ?? []), ...aliases] };
}
