/** The load balancer's own address, past CloudFront: no request gets in there. */
import type { Change } from "../../../logs/advice";
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
    const why = "its address is not known: add --load-balancer, or --stack for the stack's outputs";
    return [result("load-balancer", direct, "skip", "no way in", "not asked", why)];
  }
  const request = { protocol: "HTTP/1.1", tls: endpoint.tls, entry: "load-balancer" } as const;
  const results = [
    await check(context, "load-balancer", direct, endpoint, context.expected(request)),
  ];
  if (cloudfrontAddress === undefined) {
    const why = "only from CloudFront's own addresses, or on the local AWS";
    return [...results, result("load-balancer-secret", other, "skip", "403", "not asked", why)];
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
  // A certificate that is not for this name says nothing about who gets in; ask does not mind.
  return compared(id, title, expected, got, got.outcome === "answered" ? openTo(expected) : []);
}

/** What lets a caller in who should not get in: the security group, or the missing header. */
function openTo(expected: NonNullable<ReturnType<Context["expected"]>>): readonly Change[] {
  if (expected.reaches) return [];
  return faultOf(
    expected.outcome === "answered" ? "no-secret-header" : "load-balancer-open-behind-edge",
  );
}
