import type { OriginHttpVersion } from "../../path/types";
import type { CloudfrontOriginArgs, ViaCloudfrontArgs } from "./viaCloudfrontArgs";

/** The hops from CloudFront to the tasks, where the tasks speak HTTP/1.1. */
export interface H1OriginArgs extends CloudfrontOriginArgs {
  /**
   * What CloudFront asks the load balancer for; the load balancer speaks HTTP/1.1 to the tasks
   * either way. `http2` needs the load balancer's certificate (`domain`) and a release of
   * @pulumi/aws that knows `originHttpVersion`.
   * @default "http1.1"
   */
  httpVersion?: OriginHttpVersion;
}

export interface H1ViaCloudfrontArgs extends ViaCloudfrontArgs {
  origin?: H1OriginArgs;
}
