/** The load balancer's own address, bypassing CloudFront: it must not admit any request. */
import type { AdvisedChange } from "../../../logs/advice";
import { gotText } from "../answers";
import { compared, result, type Context, type Result } from "../context";
import { faultOf } from "../faults";

const direct = "the load balancer, called directly";
const other = "another CloudFront distribution";

export async function loadBalancerChecks(context: Context): Promise<Result[]> {
  const { targets, promised } = context;
  if (promised?.loadBalancer === undefined) return [];
  const { loadBalancer: endpoint, cloudfrontAddress } = targets;
  if (endpoint === undefined) {
    const why = "its address is unknown: add --load-balancer, or --stack for the stack's outputs";
    return [result("load-balancer", direct, "skip", "not admitted", "not checked", why)];
  }
  const request = { protocol: "HTTP/1.1", tls: endpoint.tls, entry: "load-balancer" } as const;
  const results = [
    await check(context, "load-balancer", direct, endpoint, context.expected(request)),
  ];
  if (cloudfrontAddress === undefined) {
    const why = "only CloudFront's own addresses can send this request, or the local AWS";
    return [...results, result("load-balancer-secret", other, "skip", "403", "not checked", why)];
  }
  const from = { ...endpoint, from: cloudfrontAddress };
  const expected = context.expected({ ...request, from: "cloudfront" });
  return [...results, await check(context, "load-balancer-secret", other, from, expected)];
}

async function check(
  context: Context,
  id: string,
  title: string,
  endpoint: NonNullable<Context["targets"]["loadBalancer"]>,
  expected: ReturnType<Context["expected"]>,
): Promise<Result> {
  const got = await context.send({ endpoint, protocol: "HTTP/1.1" });
  if (expected === undefined) return result(id, title, "skip", "", gotText(got));
  // A certificate for a different name says nothing about access, and is accepted here.
  return compared(id, title, expected, got, got.outcome === "answered" ? openTo(expected) : []);
}

/** What admits a caller that should not be admitted: the security group, or the missing header. */
function openTo(expected: NonNullable<ReturnType<Context["expected"]>>): readonly AdvisedChange[] {
  if (expected.reaches) return [];
  return faultOf(
    expected.outcome === "answered" ? "no-secret-header" : "load-balancer-open-behind-edge",
  );
}
