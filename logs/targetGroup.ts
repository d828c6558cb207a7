/**
 * Which protocol version a target group has is in no log, but what it answered and what it refused
 * rules versions out. A target group's version never changes (a change replaces the group), so what
 * was seen at any time counts.
 */
import { matrixRow, type ClientRequest } from "../path/protocols";
import type { TargetProtocolVersion } from "../path/types";
import type { SpokenProtocol } from "./causes/albFacts";
import { english, type ReportWords } from "./words";

/** What was seen at a target group; the key of a count. */
export interface SeenRequest {
  readonly spoke: SpokenProtocol;
  readonly post: boolean;
  /** True: a target answered. False: 464. */
  readonly taken: boolean;
}

/** Every kind of thing that can be seen, in the order in which counts of them are kept. */
export const seenKinds: readonly SeenRequest[] = (["HTTP/1", "HTTP/2", "gRPC"] as const).flatMap(
  (spoke) =>
    [false, true].flatMap((post) => [false, true].map((taken) => ({ spoke, post, taken }))),
);

/** Place of what was seen in {@link seenKinds}. */
export function seenIndex(spoke: SpokenProtocol, post: boolean, taken: boolean): number {
  const protocol = spoke === "HTTP/1" ? 0 : spoke === "HTTP/2" ? 1 : 2;
  return protocol * 4 + (post ? 2 : 0) + (taken ? 1 : 0);
}

export const targetVersions: readonly TargetProtocolVersion[] = ["HTTP1", "HTTP2", "GRPC"];

/**
 * What a request may have been. A log does not show the Content-Type: an HTTP/2 POST may be gRPC
 * under any type, and one over HTTP/1.1 may carry gRPC's (a behaviour of CloudFront without gRPC).
 */
function mayBe({ spoke, post, taken }: SeenRequest): readonly ClientRequest[] {
  if (spoke === "gRPC") return ["gRPC"];
  if (spoke === "HTTP/2") return post ? ["HTTP/2", "gRPC"] : ["HTTP/2"];
  return post && !taken ? ["HTTP/1.1", "gRPC over HTTP/1.1"] : ["HTTP/1.1"];
}

/** True when a target group of that version can have dealt so with the request. */
export function versionExplains(version: TargetProtocolVersion, seen: SeenRequest): boolean {
  return mayBe(seen).some((client) => {
    const row = matrixRow(client, version, seen.post ? "POST" : "GET");
    return (row.forwardedAs !== undefined) === seen.taken;
  });
}

/** Requests that a target answered, by counts in the order of {@link seenKinds}. */
export function answersOf(counts: ArrayLike<number>): {
  readonly all: number;
  readonly grpc: number;
} {
  const sum = (kinds: readonly SeenRequest[]): number =>
    kinds.reduce((n, kind) => n + (counts[seenKinds.indexOf(kind)] ?? 0), 0);
  const taken = seenKinds.filter((kind) => kind.taken);
  return { all: sum(taken), grpc: sum(taken.filter(({ spoke }) => spoke === "gRPC")) };
}

/** What is known about a target group's version. */
export interface KnownVersion {
  /** The versions that fit everything seen; none where the log contradicts itself. */
  readonly versions: readonly TargetProtocolVersion[];
  /** `sure`: one version is left. `open`: more than one is. `contradictory`: none is. */
  readonly certainty: "sure" | "open" | "contradictory";
  /** What was seen that rules versions out. */
  readonly because: string;
}

/** Narrows the versions down by what was seen, as counts in the order of {@link seenKinds}. */
export function knownVersion(
  counts: ArrayLike<number>,
  { seen: say }: Pick<ReportWords, "seen"> = english,
): KnownVersion {
  const seen = seenKinds.filter((_, index) => (counts[index] ?? 0) > 0);
  const versions = targetVersions.filter((version) =>
    seen.every((kind) => versionExplains(version, kind)),
  );
  // Without these more versions would be left.
  const telling = seen.filter((kind) =>
    targetVersions.some((version) => !versionExplains(version, kind)),
  );
  const because = say(
    telling.map((kind) => ({ ...kind, count: counts[seenKinds.indexOf(kind)] ?? 0 })),
  );
  const certainty = versions.length === 1 ? "sure" : versions.length > 1 ? "open" : "contradictory";
  return { versions, certainty, because };
}
