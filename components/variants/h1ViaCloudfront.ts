import type * as pulumi from "@pulumi/pulumi";
import type { H1ViaCloudfrontArgs } from "./h1ViaCloudfrontArgs";
import { ViaCloudfront } from "./viaCloudfront";

/**
 * viewer → CloudFront → ALB → target group HTTP1 → nginx over HTTP/1.1. CloudFront speaks HTTP/1.1 to
 * the load balancer, or with `origin.httpVersion: "http2"` HTTP/2, which the load balancer turns into
 * HTTP/1.1: the path works with both, and so also where CloudFront falls back
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginHttpVersion).
 * The load balancer only admits CloudFront's addresses and only forwards requests with a secret
 * header; all others get 403.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H1ViaCloudfront extends ViaCloudfront {
  constructor(name: string, args: H1ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    super("h1-via-cloudfront", name, args, opts);
  }
}
