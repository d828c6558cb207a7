import type { DomainArgs } from "../dns/domain";
import type { PathArgs, PathViewersArgs } from "./pathArgs";

/** Who may call the load balancer, and how. */
export interface H2ViewersArgs extends PathViewersArgs {
  /** True for a second listener on port 80 that redirects to HTTPS. @default false */
  redirectHttp?: boolean;
}

export interface H2DirectArgs extends PathArgs {
  /**
   * The name that viewers call. Without it there is no certificate, therefore no HTTPS listener and
   * no HTTP/2, so leaving it out is an error.
   */
  domain?: DomainArgs;
  viewers?: H2ViewersArgs;
}
