/** CloudFront Functions of a behaviour; for one that cannot run here there is a note. */
import { readFrontFunction } from "../path/frontFunction";
import { type TopologyIssues, type ResourceIndex, blocks, merged, text, texts } from "./props";
import { type Props } from "./resource";
import type { Behaviour, EdgeFunction } from "./types";
import { token } from "./tokens";

/** The functions that a behaviour runs for each request and each response. */
export function readFunctions(
  behaviour: Props,
  inventory: ResourceIndex,
  where: string,
  findings: TopologyIssues,
): Behaviour["functions"] {
  const associations = blocks(behaviour, "functionAssociations");
  const at = (event: string): EdgeFunction | undefined => {
    const association = associations.find((a) => text(a, "eventType") === event);
    return association && readFunction(text(association, "functionArn"), inventory, findings);
  };
  const lambdas = blocks(behaviour, "lambdaFunctionAssociations");
  for (const lambda of lambdas) {
    findings.note(
      `Lambda@Edge does not run here: ${text(lambda, "lambdaArn") ?? "a function"} at ${text(lambda, "eventType") ?? "an event"} of ${where} is passed over.`,
    );
  }
  const [viewerRequest, viewerResponse] = [at("viewer-request"), at("viewer-response")];
  const unread = associations.find((a) => text(a, "eventType") === "viewer-request");
  const before = lambdas.find((a) => text(a, "eventType")?.endsWith("-request"));
  const notRun =
    unread && !viewerRequest
      ? (text(unread, "functionArn") ?? "at viewer-request")
      : before && (text(before, "lambdaArn") ?? "of Lambda@Edge");
  return {
    ...(viewerRequest && { viewerRequest }),
    ...(viewerResponse && { viewerResponse }),
    ...(notRun !== undefined && { notRun }),
  };
}

function readFunction(
  arn: string | undefined,
  inventory: ResourceIndex,
  findings: TopologyIssues,
): EdgeFunction | undefined {
  const resource = inventory.find(token.cloudfrontFunction, arn);
  if (!resource) {
    findings.note(
      `The CloudFront Function ${arn ?? "(none)"} is not one of the program's: it is passed over.`,
    );
    return undefined;
  }
  const props = merged(resource);
  const code = text(props, "code") ?? "";
  const stores = texts(props, "keyValueStoreAssociations");
  if (stores.length > 0 || /\bfrom\s+["']cloudfront["']/.test(code)) {
    findings.note(
      `The CloudFront Function ${resource.name} uses a key value store or the cloudfront module, which are not served here: it is passed over.`,
    );
    return undefined;
  }
  const front = readFrontFunction(code);
  const name = text(props, "name") ?? resource.name;
  return { name, arn: arn ?? "", code, ...(front && { front }) };
}
