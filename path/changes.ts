/**
 * What AWS has changed lately and other tools may not know yet: since when, where it says so, and
 * what it leaves open. Messages, documents and the inspector's page take the dates from here.
 */
import { sources } from "./sources";

/** HTTP/2 from CloudFront to its origins. */
export const originHttp2 = {
  /** Day on which AWS's API got it. Before, CloudFront spoke HTTP/2 to origins for gRPC only. */
  since: "2026-11-20",
  /** Day on which AWS's documents were last read for it. */
  checked: "2026-11-28",
  /** The property of an origin's `customOriginConfig` or `vpcOriginConfig`. */
  property: "originHttpVersion",
  /** The first published form of AWS's API model that has it. */
  apiModel: "botocore 1.44.8",
  /** The newest release of the Pulumi provider that was looked at; it does not have it. */
  missingIn: "@pulumi/aws 7.48.0",
  source: sources.edgeOriginHttpVersion,
} as const;
