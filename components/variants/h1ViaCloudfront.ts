import type * as pulumi from "@pulumi/pulumi";
import { ViaCloudfront } from "./viaCloudfront";
import type { ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/**
 * viewer → CloudFront → ALB → target group HTTP1 → nginx over HTTP/1.1, because CloudFront speaks
 * HTTP/1.1 to its origins
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html).
 * The load balancer admits CloudFront's addresses only and forwards only what carries a secret
 * header; everything else gets 403.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H1ViaCloudfront extends ViaCloudfront {
  constructor(name: string, args: ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    super("h1-via-cloudfront", name, args, opts);
  }
}
