import type * as pulumi from "@pulumi/pulumi";
import { ViaCloudfront } from "./viaCloudfront";
import type { ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/**
 * viewer → CloudFront → ALB (HTTP/2) → target group HTTP2 → nginx over HTTP/2. CloudFront speaks
 * HTTP/2 to the load balancer because the distribution asks for it with `originHttpVersion`
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginHttpVersion).
 * Where that is lost, CloudFront falls back to HTTP/1.1 and every request gets 464: `H1ViaCloudfront`
 * with `origin.httpVersion: "http2"` works either way. The load balancer only admits CloudFront's
 * addresses and only forwards requests with a secret header; all others get 403.
 *
 * It needs the load balancer's certificate (`domain`), with a VPC origin too, and a release of
 * @pulumi/aws that knows `originHttpVersion`.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class H2ViaCloudfront extends ViaCloudfront {
  constructor(name: string, args: ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    super("h2-via-cloudfront", name, args, opts);
  }
}
