/** gRPC: which services, where the app takes them, and how their health is checked. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { grpcServiceName } from "../../path/grpc";
import { abouts } from "../about";
import { integerValue, patternValue } from "../values";

/** A behaviour each: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-web-distributions */
const maximumServices = 20;

/** A method that a health check calls. */
export const method = () =>
  patternValue(/^\/[A-Za-z][A-Za-z0-9_.]*\/[A-Za-z][A-Za-z0-9_]*$/, {
    values: "/service/method",
    allowed: "a method: / and the service's full name, / and the method",
    example: defaults.grpc.healthCheckPath,
  });

/** `hopwise:grpc` */
export const grpc = z.strictObject({
  services: z
    .array(
      patternValue(grpcServiceName, {
        values: "service",
        allowed: "a service's full name: letters, digits and _, with dots between",
        example: "shop.v1.Cart",
      }),
    )
    .min(1)
    .max(maximumServices)
    .optional()
    .register(abouts, {
      means:
        "Services that are called over gRPC, by their full names, next to ordinary requests. Default: none",
      because: "grpc-via-cloudfront is for gRPC only and takes every service",
    }),
  port: integerValue(1, 65535, 50051).optional().register(abouts, {
    means: "Port on which the app takes gRPC, without TLS. Default: `service.app.port`",
  }),
  healthCheckPath: method().default(defaults.grpc.healthCheckPath).register(abouts, {
    means:
      "Method that the load balancer calls to see whether a task is healthy; it must answer 0 (OK). Any gRPC status will do for `/AWS.ALB/healthcheck`, which no app has",
    because: "the load balancer checks a group for gRPC with it, and the others have none",
  }),
});
