/** Paths that a bucket answers instead of the container. */
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
    // A sample path of a pattern may not be an object; S3 itself then answers 403 or 404.
    const server = got.outcome === "answered" ? (got.headers.server ?? "") : "";
    const fine = got.outcome === "answered" && got.status < 500 && server === "AmazonS3";
    const actual = server === "" ? gotText(got) : `${gotText(got)}, server ${server}`;
    results.push(
      result(
        "bucket",
        `the site's files, ${path}`,
        fine ? "pass" : "fail",
        "a response from S3",
        actual,
      ),
    );
  }
  return results;
}
