/** The requests that are worth seeing on a path, and what the path's rules say they get. */
import { answer } from "../../path/answer";
import type { PathAnswer, PathRequest, PathSpec } from "../../path/types";

/** Where to send requests: a name to call and the loopback socket that stands for it. */
export interface Place {
  /** Name in the URL: what DNS, the certificate and the Host header say. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The places of a path that was served. */
export interface Places {
  /** What a viewer calls. */
  readonly front: Place;
  /** The listener on port 80 that redirects, or the edge's plain port; where there is one. */
  readonly plain?: Place;
  /** The load balancer, where it is not the front itself. */
  readonly loadBalancer?: Place;
  /** Loopback address of a caller that stands for CloudFront's servers. */
  readonly cloudfrontAddress: string;
}

/** One request worth seeing. */
export interface Probe {
  /** What it shows, in a few words. */
  readonly title: string;
  readonly place: Place;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** Loopback address it comes from; absent: any, which stands for the internet. */
  readonly from?: string;
  /** What the rules of the path say it gets. */
  readonly expected: PathAnswer;
}

function probe(
  path: PathSpec,
  title: string,
  place: Place,
  request: Pick<PathRequest, "protocol" | "entry" | "from"> & { protocol: Probe["protocol"] },
  from?: string,
): Probe {
  const asked: PathRequest = { kind: "http", method: "GET", tls: place.tls, ...request };
  return { title, place, protocol: request.protocol, from, expected: answer(path, asked) };
}

/**
 * The requests worth seeing, a viewer's first. What they get is not written here: `answer` says
 * it, so that the rules of the path and what is served are held against each other.
 */
export function worthSeeing(path: PathSpec, places: Places): Probe[] {
  const { front, plain, loadBalancer, cloudfrontAddress } = places;
  const viewer = (protocol: Probe["protocol"]): Probe =>
    probe(path, `a viewer, ${protocol}`, front, { protocol, entry: "front" });
  const probes = front.tls ? [viewer("HTTP/2"), viewer("HTTP/1.1")] : [viewer("HTTP/1.1")];
  if (plain)
    probes.push(
      probe(path, "a viewer, without TLS", plain, { protocol: "HTTP/1.1", entry: "front" }),
    );
  if (loadBalancer) {
    const entry = "load-balancer";
    const protocol = "HTTP/1.1";
    probes.push(
      probe(path, "the load balancer, called directly", loadBalancer, { protocol, entry }),
      probe(
        path,
        "the same from CloudFront, without the header",
        loadBalancer,
        { protocol, entry, from: "cloudfront" },
        cloudfrontAddress,
      ),
    );
  }
  return probes;
}
