import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withName } from "../shared/tags";

export interface DnsCertificateArgs {
  /** Names on the certificate; the first is its subject. At least one. */
  names: string[];
  /** Route 53 zone that all of the names belong to. */
  zoneId: pulumi.Input<string>;
  /**
   * Region of the certificate. CloudFront only takes certificates from us-east-1, a load balancer
   * only from its own region.
   * @default the provider's region
   */
  region?: string;
  /**
   * A certificate whose records validate these names as well. ACM uses one record per name in an
   * account, whatever the region: a second resource for the same record would delete it while the
   * first one still needs it.
   * @default new records
   */
  validatedBy?: DnsCertificate;
  /** Tags for the certificate. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** A certificate for at least one name, before it is validated through DNS. */
export function requestCertificate(
  name: string,
  { names, region, tags }: Pick<DnsCertificateArgs, "names" | "region" | "tags">,
  parent: pulumi.Resource,
): aws.acm.Certificate {
  const [domainName = "", ...others] = names;
  return new aws.acm.Certificate(
    name,
    {
      domainName,
      subjectAlternativeNames: others.length > 0 ? others : undefined,
      validationMethod: "DNS",
      region,
      tags: withName(name, tags),
    },
    { parent },
  );
}

/**
 * An ACM certificate, validated by DNS. `certificateArn` is known only once ACM has issued it, so
 * that resources that use it wait.
 */
export class DnsCertificate extends pulumi.ComponentResource {
  public readonly certificateArn: pulumi.Output<string>;
  public readonly certificate: aws.acm.Certificate;
  /** This certificate's records, or those of the certificate that it shares them with. */
  public readonly validationRecords: aws.route53.Record[];

  constructor(name: string, args: DnsCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:DnsCertificate", name, {}, opts);
    const parent = { parent: this };
    if (args.names.length === 0) {
      throw new pulumi.ResourceError(
        "A certificate needs at least one name: give `names`.",
        this,
        true,
      );
    }

    this.certificate = requestCertificate(name, args, this);
    this.validationRecords =
      args.validatedBy?.validationRecords ??
      args.names.map((domain) => this.createRecord(`${name}-${domain}`, domain, args.zoneId));
    this.certificateArn = new aws.acm.CertificateValidation(
      name,
      {
        certificateArn: this.certificate.arn,
        validationRecordFqdns: this.validationRecords.map((record) => record.fqdn),
        region: args.region,
      },
      parent,
    ).certificateArn;
    this.registerOutputs({ certificateArn: this.certificateArn });
  }

  /** The names are plain, so that every preview shows the records. */
  private createRecord(
    name: string,
    domain: string,
    zoneId: pulumi.Input<string>,
  ): aws.route53.Record {
    // ACM does not promise an order of its options, so each record looks up its own by name.
    const option = this.certificate.domainValidationOptions.apply((options) => {
      // The mocks of a program's own unit tests answer without options.
      if ((options as typeof options | undefined) === undefined)
        return {} as (typeof options)[number];
      const own = options.find((o) => o.domainName === domain);
      if (own === undefined) throw new Error(`ACM gave no validation record for ${domain}.`);
      return own;
    });
    return new aws.route53.Record(
      name,
      {
        zoneId,
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: 300,
        // The account may already have the record, from an earlier certificate for the name.
        allowOverwrite: true,
      },
      { parent: this },
    );
  }
}
