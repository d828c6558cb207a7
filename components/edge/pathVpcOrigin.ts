import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { originTlsProtocols } from "../../path/tlsPolicies";
import type { ListenerSpec } from "../../path/types";

export interface PathVpcOriginArgs {
  /** The load balancer's listener. */
  listener: ListenerSpec;
  /** ARN of the internal load balancer. */
  loadBalancerArn: pulumi.Input<string>;
}

/**
 * CloudFront's way to an internal load balancer.
 *
 * AWS neither updates nor deletes a VPC origin that a distribution uses, not even its tags
 * (https://github.com/hashicorp/terraform-provider-aws/issues/40905). So it carries no tags, any
 * change makes a new one to which the distribution moves before the old one goes, and its name
 * holds a digest of what it points at, so that the two never share one.
 */
export class PathVpcOrigin extends pulumi.ComponentResource {
  public readonly vpcOrigin: aws.cloudfront.VpcOrigin;

  constructor(name: string, args: PathVpcOriginArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:PathVpcOrigin", name, {}, opts);
    const { protocol, port } = args.listener;
    const originProtocolPolicy = protocol === "HTTPS" ? "https-only" : "http-only";
    const physicalName = pulumi
      .output(args.loadBalancerArn)
      .apply((arn) => `${name}-${digest([arn, originProtocolPolicy, String(port)])}`);
    this.vpcOrigin = new aws.cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          name: physicalName,
          arn: args.loadBalancerArn,
          httpPort: protocol === "HTTP" ? port : 80,
          httpsPort: protocol === "HTTPS" ? port : 443,
          originProtocolPolicy,
          originSslProtocols: {
            items: [...originTlsProtocols],
            quantity: originTlsProtocols.length,
          },
        },
      },
      { parent: this, replaceOnChanges: ["vpcOriginEndpointConfig"] },
    );
    this.registerOutputs({ vpcOriginId: this.vpcOrigin.id });
  }
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 8);
}
