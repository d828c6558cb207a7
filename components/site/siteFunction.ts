/** The CloudFront Function in front of a site: plain values to JavaScript text. */

/** Header that carries the site's digest into the cache key. */
export const releaseHeader = "x-hopwise-release";

/**
 * The function that runs for each viewer's request for the site
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html):
 * A folder's path returns its index.html. With a fallback, a path whose last part has no dot
 * returns the fallback page, whose router shows the right view. The digest of the site's content
 * becomes part of the cache key, so that no older content is served after a change.
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
