import { sendRequest } from "../http/client";
import { emptyCall, grpcStatusOf } from "../http/grpc";
import type { HttpRequest } from "../http/types";
import type { Probe } from "./probes";

/** What a probe got. */
export type ProbeOutcome =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly location?: string;
      /** Status of a gRPC call; absent where no gRPC server answered. */
      readonly grpcStatus?: string;
    }
  /** No HTTP answer: the connection was dropped or refused. */
  | {
      readonly outcome: "unanswered";
      /** False: nothing listens there that could have turned the probe away. */
      readonly listening: boolean;
      readonly reason: string;
    }
  /** The request could not be made: a certificate nobody signed, an address that is not there. */
  | { readonly outcome: "failed"; readonly reason: string };

/** PEM: the authority that the client trusts, and what it shows where it is asked. */
export interface ProbeCertificates {
  readonly ca: Buffer;
  readonly client?: HttpRequest["client"];
}

/**
 * Makes a probe's request as a client on the internet would, one that enforces certificates.
 *
 * @param milliseconds Time after which a request without an answer counts as dropped.
 */
export async function sendProbe(
  probe: Probe,
  { ca, client }: ProbeCertificates,
  milliseconds: number,
): Promise<ProbeOutcome> {
  const { target: place, from, protocol, grpc } = probe;
  const { path, ...endpoint } = place;
  const got = await sendRequest({
    endpoint: { ...endpoint, from },
    path,
    protocol,
    ...(grpc && emptyCall),
    ca,
    ...(probe.clientCertificate && { client }),
    milliseconds,
  });
  const distrust = got.secured?.distrust;
  if (distrust !== undefined) return { outcome: "failed", reason: distrust };
  if (got.outcome === "answered") {
    const answered = { outcome: got.outcome, status: got.status, location: got.headers.location };
    return grpc ? { ...answered, grpcStatus: grpcStatusOf(got) } : answered;
  }
  const { kind, reason } = got;
  return kind === "refused" || kind === "reset" || kind === "timeout"
    ? { outcome: "unanswered", listening: kind !== "refused", reason }
    : { outcome: "failed", reason };
}
