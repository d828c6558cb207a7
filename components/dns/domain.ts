import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The name that viewers call, and its certificates. */
export interface DomainArgs {
  /** Full name, e.g. `app.example.com`. */
  name: string;
  /** More names that viewers may call, in the same zone; on the certificates too. @default none */
  aliases?: string[];
  /**
   * True to redirect viewers of `aliases`, and of CloudFront's own name, to `name` with 301.
   * @default false
   */
  canonical?: boolean;
  /** Route 53 zone for the records and for the validation of certificates. */
  zoneId?: pulumi.Input<string>;
  /** Name of that zone, to look its id up by. */
  zoneName?: string;
  /** Existing certificate for CloudFront, in us-east-1. @default a new one, validated by DNS */
  edgeCertificateArn?: pulumi.Input<string>;
  /**
   * Existing certificate for the load balancer, in its region, valid for `name`.
   * @default a new one, validated by DNS
   */
  loadBalancerCertificateArn?: pulumi.Input<string>;
  /**
   * Names on the existing certificate for CloudFront, with wildcards as ACM writes them. A
   * certificate that does not fit is then refused before anything exists. @default not checked
   */
  edgeCertificateNames?: string[];
  /** The same for the load balancer's. @default not checked */
  loadBalancerCertificateNames?: string[];
}

/** True if records can be created: a zone is named. Plain, so that previews know the shape. */
export function hasZone(domain: DomainArgs): boolean {
  return domain.zoneId !== undefined || domain.zoneName !== undefined;
}

/** Id of the zone, given or looked up by its name. */
export function zoneIdOf(domain: DomainArgs, parent: pulumi.Resource): pulumi.Input<string> {
  return domain.zoneId ?? aws.route53.getZoneOutput({ name: domain.zoneName }, { parent }).zoneId;
}
