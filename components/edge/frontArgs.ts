import type * as pulumi from "@pulumi/pulumi";

/** A page that replaces every response, with status 503. */
export interface MaintenanceArgs {
  /** What it says. @default a sentence in English */
  text?: string;
  /**
   * A file with the page, from the program's own folder; .html for HTML. In place of `text`. At most
   * about 5 KB behind CloudFront, and 1 KB at a load balancer. @default none
   */
  page?: string;
  /**
   * Seconds after which clients may try again, for Retry-After; behind CloudFront only, because a
   * load balancer cannot send that header. @default 300
   */
  retryAfter?: number;
  /** Address ranges, IPv4 or IPv6, that get the real responses. @default none */
  allowedCidrs?: string[];
}

/** Countries by their codes of ISO 3166-1 alpha-2, e.g. `DE`: one of the two lists. */
export interface CountriesArgs {
  /** The only countries whose viewers are admitted. @default all */
  allow?: string[];
  /** Countries whose viewers get 403. @default none */
  deny?: string[];
}

/** A password that browsers ask for (HTTP basic authentication). */
export interface ViewerPasswordArgs {
  user: string;
  /** A long random text: what protects it in AWS is one SHA-256 with a salt. A secret. */
  value: pulumi.Input<string>;
}

/** Pages for errors of the origin and of CloudFront. */
export interface ErrorPagesArgs {
  /** The file of each status: `{ "404": "404.html" }`. gRPC requests never get one. */
  pages: Record<string, string>;
  /**
   * Folder with these files, which a bucket then serves under `/_errors/`.
   * @default the files are part of the `site`
   */
  folder?: string;
  /** Seconds for which CloudFront does not ask the origin again after an error. @default 10 */
  cacheSeconds?: number;
}
