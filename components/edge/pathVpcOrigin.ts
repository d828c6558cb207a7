import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { originTlsProtocols } from "../../path/tlsPolicies";

export interface PathVpcOriginArgs {
  /** Protocol and port of the load balancer's listener. */
  listener: { readonly protocol: "HTTP" | "HTTPS"; readonly port: number };
  /** ARN of the internal load balancer. */
  loadBalancerArn: pulumi.Input<string>;
}

/**
 * A VPC origin, through which CloudFront reaches an internal load balancer.
 *
 * AWS neither updates nor deletes a VPC origin that a distribution uses, not even its tags
 * (https://github.com/hashicorp/terraform-provider-aws/issues/40905). So it has no tags, and any
 * change creates a new one, to which the distribution moves before the old one is deleted. Its name
 * contains a digest of its target, so that the two never have the same name.
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
      {
        parent: this,
        replaceOnChanges: ["vpcOriginEndpointConfig"],
        // AWS takes up to 15 minutes, which is where the provider gives up by default:
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
        customTimeouts: { create: "45m", update: "45m", delete: "45m" },
      },
    );
    this.registerOutputs({ vpcOriginId: this.vpcOrigin.id });
  }
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 8);
}
