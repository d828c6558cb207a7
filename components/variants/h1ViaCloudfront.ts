import type * as pulumi from "@pulumi/pulumi";
import { ViaCloudfront } from "./viaCloudfront";
import type { ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/**
 * viewer → CloudFront → ALB → target group HTTP1 → nginx over HTTP/1.1, which works
 * whatever CloudFront speaks to its origin: HTTP/1.1, as by default, or HTTP/2
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginHttpVersion).
 * The load balancer only admits CloudFront's addresses and only forwards requests with a secret
 * header; all others get 403.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H1ViaCloudfront extends ViaCloudfront {
  constructor(name: string, args: ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    super("h1-via-cloudfront", name, args, opts);
  }
}
