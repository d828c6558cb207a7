/** Paths that are in order, and ways to break one thing of them. */
import { h1ViaCloudfrontSpec, h2DirectSpec } from "../../../path/variants";
import type {
  ContainerSpec,
  EdgeSpec,
  ListenerSpec,
  PathRequest,
  PathSpec,
  TargetSpec,
} from "../../../path/types";

/** h1-via-cloudfront, public load balancer with a certificate: no finding at all. */
export const h1 = h1ViaCloudfrontSpec({
  loadBalancerCertificate: true,
  loadBalancerCertificateNames: ["www.example.com"],
  viewerNames: ["www.example.com"],
  originName: "www.example.com",
});

/** h1-via-cloudfront over a VPC origin with a certificate: no finding at all. */
export const vpc = h1ViaCloudfrontSpec({
  access: "vpc-origin",
  loadBalancerCertificate: true,
  loadBalancerCertificateNames: ["*.example.com"],
  viewerNames: ["www.example.com"],
  originName: "origin.example.com",
});

/** h1-via-cloudfront over a VPC origin without a certificate: one note. */
export const vpcPlain = h1ViaCloudfrontSpec({
  access: "vpc-origin",
  loadBalancerCertificate: false,
  viewerNames: [],
  originName: "origin.example.com",
});

/** h2-direct: no error. */
export const h2: PathSpec = h2DirectSpec({ loadBalancerCertificate: true });

/** Parts of a path to change. */
export interface Change extends Partial<
  Omit<PathSpec, "edge" | "listener" | "target" | "container">
> {
  edge?: Partial<EdgeSpec>;
  listener?: Partial<ListenerSpec>;
  target?: Partial<TargetSpec>;
  container?: Partial<ContainerSpec>;
}

/** The spec with some parts changed. */
export function change(
  spec: PathSpec,
  { edge, listener, target, container, ...rest }: Change,
): PathSpec {
  return {
    ...spec,
    ...rest,
    ...(spec.edge ? { edge: { ...spec.edge, ...edge } } : {}),
    listener: { ...spec.listener, ...listener },
    target: { ...spec.target, ...target },
    container: { ...spec.container, ...container },
  };
}

/** A viewer's GET over TLS in HTTP/2, or what is said otherwise. */
export function request(change: Partial<PathRequest> = {}): PathRequest {
  return { protocol: "HTTP/2", tls: true, kind: "http", method: "GET", entry: "front", ...change };
}
