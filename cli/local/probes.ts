/** The requests that are worth seeing on a path, and what the path's rules say they get. */
import { answer } from "../../path/answer";
import { defaults } from "../../path/defaults";
import type { GrpcSpec, PathAnswer, PathRequest, PathSpec } from "../../path/types";
import { asksForCertificates, takesKind } from "../../path/typical";
import { withoutCertificate } from "../plan/requests";

/** Where to send requests: a name to call and the loopback socket that represents it. */
export interface ProbeAddress {
  /** Name in the URL: what DNS, the certificate and the Host header say. */
  readonly name: string;
  /** Path in the URL. @default "/" */
  readonly path?: string;
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The places of a path that was served. */
export interface ProbeAddresses {
  /** What a viewer calls. */
  readonly front: ProbeAddress;
  /** The listener on port 80 that redirects, or the edge's plain port; where there is one. */
  readonly plain?: ProbeAddress;
  /** The load balancer, where it is not the front itself. */
  readonly loadBalancer?: ProbeAddress;
  /** Loopback address of a caller that represents CloudFront's servers. */
  readonly cloudfrontAddress: string;
  /** Public address that any other caller represents; absent: one of the internet. */
  readonly callerAddress?: string;
}

/** One request worth seeing. */
export interface Probe {
  /** What it shows, in a few words. */
  readonly title: string;
  readonly target: ProbeAddress;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** True for a gRPC call. */
  readonly grpc?: true;
  /** True for one that shows a client certificate. */
  readonly clientCertificate?: true;
  /** Loopback address it comes from; absent: any, which represents the internet. */
  readonly from?: string;
  /** What the rules of the path say it gets. */
  readonly expected: PathAnswer;
  /** How many times it is sent. @default 1 */
  readonly times?: number;
  /** Whose tasks may answer: a deployment's old (blue) or new ones. @default either */
  readonly revisions?: readonly ("blue" | "green")[];
}

/** True where the container answers at a path of its own: with what, only its program decides. */
export const answeredByContainer = ({ expected, target }: Pick<Probe, "expected" | "target">) =>
  expected.reaches && (target.path ?? "/") !== "/";

/**
 * The requests worth seeing, a viewer's first. What they get is not written here: `answer` says
 * it, so that the rules of the path and what is served are held against each other.
 *
 * @param example true: only what shows that the path is taken
 */
export function probesFor(path: PathSpec, places: ProbeAddresses, example = false): Probe[] {
  const { front, plain, loadBalancer, cloudfrontAddress, callerAddress } = places;
  const caller = callerAddress === undefined ? undefined : { address: callerAddress };
  const asked = front.tls && asksForCertificates(path);
  const probe = (
    title: string,
    place: ProbeAddress,
    request: Partial<PathRequest> & { protocol: Probe["protocol"] },
    from?: string,
  ): Probe => {
    const shown = request.clientCertificate ?? (asked && from === undefined && place.tls);
    const expected = answer(path, {
      kind: "http",
      method: "GET",
      tls: place.tls,
      entry: "front",
      from: caller,
      // Nobody is asked to sign in here.
      signedIn: true,
      clientCertificate: shown,
      ...request,
    });
    const grpc = request.kind === "grpc" ? { grpc: true as const } : {};
    const client = shown ? { clientCertificate: true as const } : {};
    const { protocol } = request;
    return { title, target: place, protocol, ...grpc, ...client, from, expected };
  };

  const without = (request: Parameters<typeof probe>[2]): Probe[] =>
    asked
      ? [
          probe(withoutCertificate, front, {
            ...request,
            clientCertificate: false,
          }),
        ]
      : [];
  const calls = path.grpc !== undefined && path.mustWork.includes("grpc");
  const call = { protocol: "HTTP/2", kind: "grpc", method: "POST" } as const;
  const grpc = calls
    ? [probe("a viewer, gRPC", { ...front, path: methodCalled(path.grpc, front.path) }, call)]
    : [];
  // Other requests do not come this way, but by the path of theirs.
  if (calls && !takesKind(path, "http")) return [...grpc, ...without(call)];
  const probes = [probe("a viewer, HTTP/1.1", front, { protocol: "HTTP/1.1" })];
  // Without TLS there is no ALPN, and clients stay with HTTP/1.1.
  if (front.tls) probes.unshift(probe("a viewer, HTTP/2", front, { protocol: "HTTP/2" }));
  const best = probes[0]?.protocol ?? "HTTP/1.1";
  const through = probes.filter(({ expected }) => expected.reaches);
  if (example) return (through.length > 0 ? through : probes).slice(0, 1);
  probes.push(...without({ protocol: best }));
  if (plain) probes.push(probe("a viewer, without TLS", plain, { protocol: "HTTP/1.1" }));
  if (loadBalancer) {
    const request = { protocol: "HTTP/1.1", entry: "load-balancer" } as const;
    probes.push(
      probe("the load balancer, called directly", loadBalancer, request),
      probe(
        "from CloudFront, without the header",
        loadBalancer,
        { ...request, from: "cloudfront" },
        cloudfrontAddress,
      ),
    );
  }
  return [...grpc, ...probes].filter(({ expected }) => expected.outcome !== "unknown");
}

/** The URL path of a gRPC call: that of the health check, unless only others are passed on. */
function methodCalled({ services }: GrpcSpec, path = "/"): string {
  const check = defaults.grpc.healthCheckPath;
  const [first] = services ?? [];
  if (path !== "/" || first === undefined) return path === "/" ? check : path;
  return services?.some((service) => check.startsWith(`/${service}/`)) ? check : `/${first}/Check`;
}
