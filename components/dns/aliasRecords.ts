import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface AliasRecordsArgs {
  /** Hosted zone of the records. */
  zoneId: pulumi.Input<string>;
  /** Name of the records. */
  domainName: string;
  /** DNS name of the distribution or load balancer. */
  targetName: pulumi.Input<string>;
  /** Hosted zone of the target, not of the records. */
  targetZoneId: pulumi.Input<string>;
  /** True to add the AAAA record: only if the target answers over IPv6. */
  ipv6: boolean;
}

/** A name for a distribution or load balancer: alias records, which cost nothing per query. */
export class AliasRecords extends pulumi.ComponentResource {
  public readonly records: aws.route53.Record[];

  constructor(name: string, args: AliasRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:AliasRecords", name, {}, opts);
    this.records = (args.ipv6 ? ["A", "AAAA"] : ["A"]).map(
      (type) =>
        new aws.route53.Record(
          `${name}-${type.toLowerCase()}`,
          {
            zoneId: args.zoneId,
            name: args.domainName,
            type,
            aliases: [
              { name: args.targetName, zoneId: args.targetZoneId, evaluateTargetHealth: false },
            ],
          },
          { parent: this },
        ),
    );
    this.registerOutputs({ domainName: args.domainName });
  }
}
