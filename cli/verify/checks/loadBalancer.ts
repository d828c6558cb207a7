/** The load balancer's own address: nobody gets past CloudFront there. */
import { agrees, expectedText, gotText, result, type Context, type Result } from "../context";

const direct = "the load balancer, called directly";
const other = "another CloudFront distribution";

export async function loadBalancerChecks(context: Context): Promise<Result[]> {
  const { targets, promised } = context;
  if (promised?.loadBalancer === undefined) return [];
  const { loadBalancer: endpoint, cloudfrontAddress } = targets;
  if (endpoint === undefined) {
    const why =
      "its address is not known: give --load-balancer, or the stack's outputs with --stack";
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
  const got = await context.ask({ endpoint, protocol: "HTTP/1.1" });
  if (expected === undefined) return result(id, title, "skip", "", gotText(got));
  // A certificate that is not for this name says nothing about who gets in; ask does not mind.
  const verdict = agrees(expected, got) ? "pass" : "fail";
  return result(id, title, verdict, expectedText(expected), gotText(got), expected.why);
}
