import type * as pulumi from "@pulumi/pulumi";
import { ViaCloudfront } from "./viaCloudfront";
import type { ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/**
 * viewer → CloudFront → ALB → target group GRPC → nginx → app, gRPC over HTTP/2 all the way, under
 * CloudFront's conditions
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html).
 * Every other request gets 464. The load balancer only admits CloudFront's addresses and only
 * forwards requests with a secret header; all others get 403.
 *
 * @throws RunError with every problem of the arguments, before any resource exists.
 */
export class GrpcViaCloudfront extends ViaCloudfront {
  constructor(name: string, args: ViaCloudfrontArgs, opts?: pulumi.ComponentResourceOptions) {
    super("grpc-via-cloudfront", name, args, opts);
  }
}
