/** What the program works with: the typed settings, brought into the shape that is easiest to use. */
import { variants } from "../path/variants";
import type { SettingsFinding } from "./findings";
import type { Keys } from "./schema";

/** An existing VPC. */
export interface AdoptedNetwork {
  readonly kind: "adopt";
  readonly vpcId: string;
  /** Absent: looked up. */
  readonly vpcCidr?: string;
  /** Two or more. */
  readonly loadBalancerSubnetIds: readonly string[];
  /** One or more. */
  readonly taskSubnetIds: readonly string[];
  readonly ipAddressType: "ipv4" | "dualstack";
  /** True: the tasks get public IPv4 addresses. */
  readonly assignPublicIp: boolean;
}

/** A VPC that the stack creates. */
export interface CreatedNetwork {
  readonly kind: "create";
  readonly cidr: string;
  readonly availabilityZones: number;
  /** In place of that number. */
  readonly availabilityZoneNames?: readonly string[];
  readonly egress: "endpoints" | "nat-single" | "nat-per-az" | "public-ip";
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** A hosted zone by id, or by the name to look it up by. */
type HostedZone = { readonly id: string } | { readonly name: string };

/** The name that viewers call. */
export interface DomainSettings {
  readonly name: string;
  /** More names that viewers may call. */
  readonly aliases?: string[];
  /** True: viewers of the aliases are redirected to `name`. */
  readonly canonical: boolean;
  /** `elsewhere`: there is no zone, and the stack lists the records that somebody creates. */
  readonly dns: "route53" | "elsewhere";
  /** True once the certificates' validation records exist elsewhere. */
  readonly validated: boolean;
  /** Absent: the stack makes no DNS record; every certificate it needs is given, or `dns` is elsewhere. */
  readonly zone?: HostedZone;
  /** Absent: CloudFront's certificate is made. */
  readonly edgeCertificateArn?: string;
  /** Absent: the load balancer's certificate is made. */
  readonly loadBalancerCertificateArn?: string;
  /** Names on the given certificate; absent: not known. */
  readonly edgeCertificateNames?: string[];
  readonly loadBalancerCertificateNames?: string[];
}

/** A stack's settings, every default filled in. */
export type Settings = Readonly<Omit<Keys, "domain" | "network" | "logs" | "site">> & {
  /** Groups with a value that the stack keeps secret; wrap what is drawn from them in a secret. */
  readonly secrets: readonly string[];
  /** Warnings and notes about the settings themselves. */
  readonly findings: readonly SettingsFinding[];
  readonly domain?: DomainSettings;
  readonly network: AdoptedNetwork | CreatedNetwork;
  readonly logs: WithForceDestroy<Keys["logs"]>;
  readonly site?: WithForceDestroy<NonNullable<Keys["site"]>>;
};

/** True: a bucket is deleted with what is in it. */
type WithForceDestroy<Group> = Group & { readonly forceDestroy: boolean };

/** Brings parsed and checked keys into shape. */
export function toSettings(
  { domain, network, logs, site, ...rest }: Keys,
  about: Pick<Settings, "secrets" | "findings">,
): Settings {
  const withForceDestroy = <Group extends { forceDestroy?: boolean }>(group: Group) => ({
    ...group,
    forceDestroy: group.forceDestroy ?? !rest.deletionProtection,
  });
  return {
    ...rest,
    ...about,
    logs: withForceDestroy(logs),
    ...(site && { site: withForceDestroy(site) }),
    domain: domain && toDomain(domain, rest.variant),
    network: toNetwork(network),
  };
}

/** The zone whose records a name belongs to when none is given: the name without its first label. */
export function defaultZoneName(name: string): string {
  const labels = name.split(".");
  return labels.length > 2 ? labels.slice(1).join(".") : name;
}

/** True when every certificate that the variant needs is given by its ARN. */
export function hasEveryCertificate(
  domain: Pick<DomainSettings, "edgeCertificateArn" | "loadBalancerCertificateArn">,
  variant: Keys["variant"],
): boolean {
  const edge = variants[variant].edge === undefined || domain.edgeCertificateArn !== undefined;
  return edge && domain.loadBalancerCertificateArn !== undefined;
}

function toDomain(
  { zoneId, zoneName, ...domain }: NonNullable<Keys["domain"]>,
  variant: Keys["variant"],
): DomainSettings {
  if (domain.dns === "elsewhere") return domain;
  if (zoneId !== undefined) return { ...domain, zone: { id: zoneId } };
  if (zoneName !== undefined) return { ...domain, zone: { name: zoneName } };
  if (hasEveryCertificate(domain, variant)) return domain;
  return { ...domain, zone: { name: defaultZoneName(domain.name) } };
}

function toNetwork(network: Keys["network"]): AdoptedNetwork | CreatedNetwork {
  const { vpcId, vpcCidr, loadBalancerSubnetIds = [], taskSubnetIds = [] } = network;
  if (vpcId === undefined) {
    const { ipAddressType, cidr, availabilityZones, availabilityZoneNames, egress } = network;
    const names = availabilityZoneNames && { availabilityZoneNames };
    return { kind: "create", cidr, availabilityZones, ...names, egress, ipAddressType };
  }
  const { ipAddressType, assignPublicIp } = network;
  return {
    kind: "adopt",
    vpcId,
    vpcCidr,
    loadBalancerSubnetIds,
    taskSubnetIds,
    ipAddressType,
    assignPublicIp,
  };
}
