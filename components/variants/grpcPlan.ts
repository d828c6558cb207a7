/** What is planned of a path's gRPC calls. Plain values to plain values. */
import { grpcServiceName } from "../../path/grpc";
import { type Variant, variants } from "../../path/variants";
import type { Finding } from "../../rules/finding";
import type { GrpcArgs } from "./pathArgs";

/** The problems of the arguments; empty if there are none. */
export function grpcProblems(variant: Variant, grpc: GrpcArgs | undefined): string[] {
  const services = grpc?.services ?? [];
  if (services.length > 0 && variants[variant].mustWork.includes("grpc"))
    return [`grpc.services: ${variant} is for gRPC only and takes every service; leave it out.`];
  return services
    .filter((service) => !grpcServiceName.test(service))
    .map(
      (service) =>
        `grpc.services lists "${service}": expected a service's full name, its package and its ` +
        `name with dots between, such as shop.v1.Cart.`,
    );
}

/** Findings of two paths of one component: what both have in common is said once. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const key = ({ code, message }: Finding): string => `${code} ${message}`;
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}
