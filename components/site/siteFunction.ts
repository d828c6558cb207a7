/** The CloudFront Function in front of a site: plain values to JavaScript text. */

/** Header that carries the site's digest into the cache key. */
export const releaseHeader = "x-hopwise-release";

/**
 * What runs for each viewer's request for the site
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html):
 * a folder's name is its index.html; with a fallback, a path whose last part has no dot is the
 * fallback page, whose router shows what belongs there; and the digest of the site's content
 * becomes part of the cache key, so that nothing of an earlier content is served after a change.
 */
export function siteFunctionCode(options: { digest: string; fallback?: string }): string {
  const fallback =
    options.fallback === undefined
      ? ""
      : `  else if (!last.includes(".")) request.uri = ${JSON.stringify(`/${options.fallback}`)};\n`;
  return `function handler(event) {
  var request = event.request;
  var last = request.uri.split("/").pop();
  if (last === "") request.uri += "index.html";
${fallback}  request.headers[${JSON.stringify(releaseHeader)}] = { value: ${JSON.stringify(options.digest)} };
  return request;
}
`;
}
