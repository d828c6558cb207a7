import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { certificateRegion } from "../../path/cloudfront";
import { AliasRecords } from "./aliasRecords";
import { DnsCertificate } from "./certificate";
import { hasZone, zoneIdOf, type DomainArgs } from "./domain";

/** The certificates and records of a path, as far as the domain's arguments require them. */
export interface PathDns {
  /** Certificate in the load balancer's region: the existing one, or the one created here. */
  readonly loadBalancerCertificateArn: pulumi.Input<string> | undefined;
  /** Certificate in us-east-1, for CloudFront: the existing one, or the one created here. */
  readonly edgeCertificateArn: pulumi.Input<string> | undefined;
  /** The one created here; undefined if an existing one is used or none is needed. */
  readonly loadBalancerCertificate?: DnsCertificate;
  /** The records for viewers and for the origin. */
  readonly records: readonly AliasRecords[];
  /** Points a name at a distribution or load balancer. Without a zone it creates nothing. */
  alias(suffix: "viewers" | "origin", domainName: string, target: AliasTarget): void;
}

/** The target of an alias record. */
export interface AliasTarget {
  readonly targetName: pulumi.Input<string>;
  readonly targetZoneId: pulumi.Input<string>;
  /** True if the target answers over IPv6. */
  readonly ipv6: boolean;
}

/**
 * @param names names of the certificates to create: `edge` only with CloudFront
 * @param variant the component that the certificates and records become children of
 */
export function pathDns(
  name: string,
  names: { loadBalancer: string[]; edge?: string[] },
  args: { domain?: DomainArgs; tags?: Record<string, pulumi.Input<string>> },
  variant: pulumi.ComponentResource,
): PathDns {
  const { domain, tags } = args;
  const parent = { parent: variant };
  if (domain === undefined || !hasZone(domain)) {
    return {
      loadBalancerCertificateArn: domain?.loadBalancerCertificateArn,
      edgeCertificateArn: domain?.edgeCertificateArn,
      records: [],
      alias: () => undefined,
    };
  }
  const zoneId = zoneIdOf(domain, variant);
  const loadBalancer =
    domain.loadBalancerCertificateArn === undefined
      ? new DnsCertificate(`${name}-alb`, { names: names.loadBalancer, zoneId, tags }, parent)
      : undefined;
  const edge =
    domain.edgeCertificateArn === undefined && names.edge !== undefined
      ? new DnsCertificate(
          `${name}-edge`,
          { names: names.edge, zoneId, region: certificateRegion, validatedBy: loadBalancer, tags },
          parent,
        )
      : undefined;
  const records: AliasRecords[] = [];
  return {
    loadBalancerCertificateArn: domain.loadBalancerCertificateArn ?? loadBalancer?.certificateArn,
    edgeCertificateArn: domain.edgeCertificateArn ?? edge?.certificateArn,
    loadBalancerCertificate: loadBalancer,
    records,
    alias: (suffix, domainName, target) => {
      const args = { zoneId, domainName, ...target };
      const another = suffix === "viewers" && domainName !== domain.name;
      const further = another ? `-${domainName.replace("*", "any")}` : "";
      records.push(new AliasRecords(`${name}-${suffix}${further}`, args, parent));
    },
  };
}

/** A distribution as the target of a record. */
export function distributionTarget(distribution: aws.cloudfront.Distribution): AliasTarget {
  return {
    targetName: distribution.domainName,
    targetZoneId: distribution.hostedZoneId,
    ipv6: true,
  };
}

/** A load balancer as the target of a record. */
export function loadBalancerTarget(
  loadBalancer: aws.lb.LoadBalancer,
  ipAddressType: "ipv4" | "dualstack" | undefined,
): AliasTarget {
  return {
    targetName: loadBalancer.dnsName,
    targetZoneId: loadBalancer.zoneId,
    ipv6: ipAddressType === "dualstack",
  };
}
