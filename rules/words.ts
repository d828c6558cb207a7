/** Pieces of messages that several rules share. */
import type { PathSpec, RequestKind, Source } from "../path/types";

const most = 5;

/** Who is admitted; of many the first few. */
export function sourcesText(sources: readonly Source[]): string {
  const names = [...new Set(sources.map(sourceText))];
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case "cidr":
      return source.cidr;
    case "cloudfront":
      // Its family only AWS can say where the program does not look the list up.
      return "CloudFront's prefix list";
    case "load-balancer":
      return "the load balancer's security group";
  }
}

/** The port of a path's targets. */
export const targetPortText = ({ port, chosenPort }: PathSpec["target"]): string =>
  chosenPort ? "ports 32768 to 65535, of which Docker gives one to each task" : `port ${port}`;

/** `a`, `a and b`, `a, b and c`. */
export function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** A kind of request, at the start of a sentence. */
export const requestNames: Readonly<Record<RequestKind, string>> = {
  http: "An HTTP request",
  grpc: "A gRPC request",
  websocket: "A WebSocket upgrade",
};
