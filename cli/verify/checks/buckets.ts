/** Paths that a bucket answers, not the container. */
import { gotText } from "../answers";
import { result, type Context, type Result } from "../context";

export async function bucketChecks(context: Context): Promise<Result[]> {
  const results: Result[] = [];
  for (const path of context.promised?.buckets ?? []) {
    const { front } = context.targets;
    const got = await context.send({
      endpoint: front,
      protocol: front.tls ? "HTTP/2" : "HTTP/1.1",
      path,
    });
    // A path that stands for a pattern may name no object: S3 then says 403 or 404 by itself.
    const server = got.outcome === "answered" ? (got.headers.server ?? "") : "";
    const fine = got.outcome === "answered" && got.status < 500 && server === "AmazonS3";
    const actual = server === "" ? gotText(got) : `${gotText(got)}, server ${server}`;
    results.push(
      result(
        "bucket",
        `the site's files, ${path}`,
        fine ? "pass" : "fail",
        "an answer of S3",
        actual,
      ),
    );
  }
  return results;
}
