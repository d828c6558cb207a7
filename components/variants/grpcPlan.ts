/** What is planned of a path's gRPC calls. Plain values to plain values. */
import { defaults } from "../../path/defaults";
import { grpcServiceName } from "../../path/grpc";
import { type Variant, variants, variantsTaking } from "../../path/variants";
import type { Finding } from "../../rules/finding";
import type { GrpcArgs } from "./pathArgs";

/** The problems of the arguments; empty if there are none. */
export function grpcProblems(variant: Variant, grpc: GrpcArgs | undefined): string[] {
  const services = grpc?.services ?? [];
  const only = variants[variant].mustWork.includes("grpc");
  if (services.length > 0 && only)
    return [`grpc.services: ${variant} is for gRPC only and takes every service; leave it out.`];
  return [
    ...(only ? [] : checkProblems(variant, services, grpc?.healthCheckPath)),
    ...services
      .filter((service) => !grpcServiceName.test(service))
      .map(
        (service) =>
          `grpc.services lists "${service}": expected a service's full name, its package and its ` +
          `name with dots between, such as shop.v1.Cart.`,
      ),
  ];
}

/** The stack's settings always have a path. */
function checkProblems(
  variant: Variant,
  services: readonly string[],
  path: string = defaults.grpc.healthCheckPath,
): string[] {
  if (path === defaults.grpc.healthCheckPath) return [];
  const given = "grpc.healthCheckPath has no effect";
  if (!variantsTaking("grpc.healthCheckPath").includes(variant))
    return [
      `${given} on ${variant}, whose one target group is checked over HTTP: set ` +
        `service.healthCheckPath, or service.app.healthCheck.path with an app, or leave it out.`,
    ];
  return services.length > 0
    ? []
    : [`${given} without grpc.services: name what is called over gRPC, or leave it out.`];
}

/** Findings of two paths of one component: what both have in common is said once. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const key = ({ code, message }: Finding): string => `${code} ${message}`;
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}
