import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { certificateRegion } from "../../path/cloudfront";
import { requestCertificate } from "./certificate";
import type { DomainArgs } from "./domain";

/** A record to create in a zone that is not in Route 53, or in another account. */
export interface DnsRecordToCreate {
  /** Full name, without a dot at its end. */
  readonly name: string;
  readonly type: "CNAME";
  /** What it points at, without a dot at its end. */
  readonly value: string;
  /** What it is for. */
  readonly purpose: string;
}

export interface ExternalDnsCertificatesArgs {
  /** Names on the certificates; the first is their subject. At least one. */
  names: string[];
  /** True for a certificate in us-east-1, for CloudFront. @default false */
  edge?: boolean;
  /**
   * True once the validation records exist: what uses the certificates then waits until they are
   * issued, five minutes at most. False to create the certificates only, and print the records.
   * @default false
   */
  validated?: boolean;
  /** Tags for the certificates. */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * ACM certificates for names whose DNS is elsewhere. Two steps: the certificates first, whose
 * {@link ExternalDnsCertificates.validationRecords} somebody creates at the other provider; then,
 * with `validated`, whatever uses the certificates.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class ExternalDnsCertificates extends pulumi.ComponentResource {
  /** For a load balancer, in its region. With `validated`, known only once it is issued. */
  public readonly loadBalancerCertificateArn: pulumi.Output<string>;
  /** For CloudFront; with `edge` only. */
  public readonly edgeCertificateArn: pulumi.Output<string> | undefined;
  /** One for each name. ACM needs them for every renewal, so they stay. */
  public readonly validationRecords: pulumi.Output<DnsRecordToCreate[]>;

  constructor(
    name: string,
    args: ExternalDnsCertificatesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("hopwise:index:ExternalDnsCertificates", name, {}, opts);
    const { names, tags } = args;
    const loadBalancer = requestCertificate(`${name}-external`, { names, tags }, this);
    this.loadBalancerCertificateArn = this.issued(`${name}-external`, loadBalancer, args);
    const edge =
      args.edge === true
        ? requestCertificate(
            `${name}-external-edge`,
            { names, tags, region: certificateRegion },
            this,
          )
        : undefined;
    this.edgeCertificateArn =
      edge && this.issued(`${name}-external-edge`, edge, args, certificateRegion);
    // ACM asks for the same record in every region.
    this.validationRecords = loadBalancer.domainValidationOptions.apply(validationRecordsOf);
    this.registerOutputs({ validationRecords: this.validationRecords });
  }

  /** As a path's `domain` takes them. */
  get certificateArns(): Pick<DomainArgs, "edgeCertificateArn" | "loadBalancerCertificateArn"> {
    const { edgeCertificateArn, loadBalancerCertificateArn } = this;
    return { edgeCertificateArn, loadBalancerCertificateArn };
  }

  /**
   * Every record to create: those that lead viewers to a distribution or load balancer, and those
   * that validate. At a zone's apex, where DNS allows no CNAME, the provider's own kind (ALIAS, ANAME,
   * flattening) takes its place.
   */
  recordsFor(
    names: readonly string[],
    target: pulumi.Input<string>,
  ): pulumi.Output<DnsRecordToCreate[]> {
    return pulumi.all([target, this.validationRecords]).apply(([value, validation]) => [
      ...names.map((name) => ({
        name,
        type: "CNAME" as const,
        value,
        purpose: "leads viewers here; at the zone's apex an ALIAS or ANAME record",
      })),
      ...validation,
    ]);
  }

  private issued(
    name: string,
    { arn }: aws.acm.Certificate,
    { validated = false }: ExternalDnsCertificatesArgs,
    region?: string,
  ): pulumi.Output<string> {
    if (!validated) return arn;
    return new aws.acm.CertificateValidation(
      name,
      { certificateArn: arn, region },
      // The provider would wait for over an hour for a record that is missing.
      { parent: this, customTimeouts: { create: "5m" } },
    ).certificateArn;
  }
}

type ValidationOptions = pulumi.Unwrap<aws.acm.Certificate["domainValidationOptions"]>;

/** The mocks of a program's own unit tests answer without options. */
function validationRecordsOf(options: ValidationOptions | undefined): DnsRecordToCreate[] {
  return (options ?? []).map(({ domainName, resourceRecordName, resourceRecordValue }) => ({
    name: withoutDot(resourceRecordName),
    type: "CNAME",
    value: withoutDot(resourceRecordValue),
    purpose: `validates the certificate of ${domainName}; keep it`,
  }));
}

/** A path's certificates before they exist, so that it can be judged with their names. */
export function certificatesToCreate(names: string[]): Partial<DomainArgs> {
  const arn = pulumi.output("");
  return {
    ...{ edgeCertificateArn: arn, loadBalancerCertificateArn: arn },
    ...{ edgeCertificateNames: names, loadBalancerCertificateNames: names },
  };
}

/** Records as lines of a zone file, which most DNS providers import. */
export function zoneFile(records: readonly DnsRecordToCreate[]): string {
  const lines = records.map(
    ({ name, type, value, purpose }) => `${name}. 300 IN ${type} ${value}. ; ${purpose}\n`,
  );
  return lines.join("");
}

const withoutDot = (name: string): string => name.replace(/\.$/, "");
