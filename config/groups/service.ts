/** The tasks: their images, size, number and ports. */
import * as z from "zod";
import { appProtocols } from "../../path/appSocket";
import { defaults } from "../../path/defaults";
import { fargateSizes } from "../../path/fargate";
import { retentionDays } from "../../path/logs";
import { targetQuota } from "../../path/vpcs";
import { abouts } from "../about";
import { arnOf, imageReference } from "../names";
import {
  booleanValue,
  integerValue,
  patternValue,
  enumValue,
  integerEnumValue,
  withLeadingSlash,
} from "../values";
import { deployment } from "./deployment";
import { container, image, sidecars, word } from "./containers";
import { egress } from "./egress";
import { taskRoleStatements, volumes } from "./permissions";
import { scaling, spot } from "./scaling";

const taskMemory = fargateSizes.flatMap(({ memory }) => memory);

/** What nginx's rendered configuration and the buffers of large requests take. */
const minimumTmpMiB = 8;

const usual = defaults.service.appHealthCheck;
const checkPath = /^\/[A-Za-z0-9._~/?=&%-]{0,1023}$/;

const healthCheck = z.strictObject({
  path: patternValue(checkPath, {
    values: "path",
    allowed: "a path: / and then letters, digits and . _ ~ / ? = & % -",
    example: "/health",
    near: (value) => withLeadingSlash(value, checkPath),
  })
    .default(usual.path)
    .register(abouts, {
      means:
        "Path of the app that the load balancer calls; the app is healthy if it answers below 500. Not on `grpc-via-cloudfront`, see `grpc.healthCheckPath`",
    }),
  interval: integerValue(5, 300)
    .default(usual.interval)
    .register(abouts, { means: "Seconds from one check to the next" }),
  timeout: integerValue(2, 60).default(usual.timeout).register(abouts, {
    means: "Seconds that an answer may take; less than `service.app.healthCheck.interval`",
  }),
  healthyThreshold: integerValue(2, 10)
    .default(usual.healthyThreshold)
    .register(abouts, { means: "Good checks in a row until a task gets requests" }),
  unhealthyThreshold: integerValue(2, 10)
    .default(usual.unhealthyThreshold)
    .register(abouts, { means: "Failed checks in a row until a task is replaced" }),
  startPeriod: integerValue(0, 300)
    .default(usual.startPeriod)
    .register(abouts, { means: "Seconds after a start in which failed checks do not count" }),
  command: z
    .array(word())
    .min(1)
    .optional()
    .register(abouts, {
      example: ["wget", "-q", "-O", "-", "http://localhost:3000/health"],
      means:
        "Command in the app's container that ends with 0 if the app works, word by word; nginx starts when it first succeeds",
    }),
});

const app = z.strictObject({
  image,
  port: integerValue(1, 65535, 3000).register(abouts, {
    means: "Port the app listens on, within the task only",
  }),
  behindNginx: booleanValue().default(defaults.service.appBehindNginx).register(abouts, {
    means: "False leaves nginx out: the load balancer calls the app itself; see docs/own-app.md",
  }),
  protocols: z
    .array(
      enumValue(appProtocols, {
        synonyms: { http1: ["http", "http/1.1", "h1"], http2: ["h2", "h2c", "grpc"] },
      }),
    )
    .min(1)
    .default([...defaults.service.appProtocols])
    .register(abouts, {
      means:
        "Without nginx: what the app speaks on its port, `http2` with prior knowledge (h2c), as of gRPC",
    }),
  keepAliveSeconds: integerValue(1, 86400, 75).optional().register(abouts, {
    means:
      "Without nginx: seconds that the app keeps an idle connection, more than `origin.timeouts.idle`. Default: assumed to be enough",
  }),
  ...container,
  healthCheck: healthCheck.prefault({}),
});

const exec = z.strictObject({
  enabled: booleanValue().default(defaults.service.exec.enabled).register(abouts, {
    means:
      "ECS Exec: commands as root in running containers whose root file system is not read-only (`service.app.readOnlyRoot`), and a log of them",
  }),
  kmsKeyArn: arnOf("kms", "key").optional().register(abouts, {
    means:
      "KMS key that encrypts the sessions in addition to TLS; with `service.clusterArn` the one of that cluster's configuration",
  }),
  logGroupArn: arnOf("logs", "log-group").optional().register(abouts, {
    means: "With `service.clusterArn`: the log group that the cluster's own configuration names",
  }),
});

const healthCheckPath = /^\/(?!$|\.well-known\/hopwise$)[A-Za-z0-9._~/-]{0,1023}$/;

/** `hopwise:service` */
export const service = z.strictObject({
  image: imageReference().optional().register(abouts, {
    means:
      "Existing image to run instead of the one built from `nginx/`; it must obey the same environment variables",
  }),
  port: integerValue(1, 65535)
    .default(defaults.service.port)
    .register(abouts, { means: "Port nginx listens on; 1024 or higher for the built image" }),
  cpu: integerEnumValue(fargateSizes.map(({ cpu }) => cpu))
    .default(defaults.service.cpu)
    .register(abouts, { means: "CPU units of a task; 1024 is one vCPU" }),
  memory: integerValue(Math.min(...taskMemory), Math.max(...taskMemory))
    .default(defaults.service.memory)
    .register(abouts, {
      means: "Memory of a task in MiB; Fargate fixes which go with `service.cpu`",
    }),
  tmpMiB: integerValue(minimumTmpMiB, Math.max(...taskMemory) / 2)
    .default(defaults.service.tmpMiB)
    .register(abouts, {
      means:
        "MiB that each container may write to `/tmp`; it is kept in memory, and all of them are at most half of `service.memory`",
    }),
  architecture: enumValue(["x86_64", "arm64"], {
    synonyms: { x86_64: ["amd64", "x64", "intel"], arm64: ["arm", "aarch64", "graviton"] },
  })
    .default(defaults.service.architecture)
    .register(abouts, { means: "Processor of the tasks, and of the built image" }),
  // One target group holds all of them, and its quota is the smallest of what limits them.
  count: integerValue(1, targetQuota).default(defaults.service.count).register(abouts, {
    means: "Number of tasks; with `service.scaling` that group says how many there are",
  }),
  scaling: scaling.optional(),
  spot: spot.optional(),
  clusterArn: arnOf("ecs", "cluster")
    .optional()
    .register(abouts, { means: "Existing ECS cluster. Default: one is created" }),
  // nginx answers this one path by itself: the app's home page and the inspector are not for it.
  healthCheckPath: patternValue(healthCheckPath, {
    values: "path",
    allowed:
      "a path other than / and /.well-known/hopwise: / and then letters, digits and . _ ~ / -",
    example: defaults.service.healthCheckPath,
    near: (value) => withLeadingSlash(value, healthCheckPath),
  })
    .default(defaults.service.healthCheckPath)
    .register(abouts, {
      means:
        "Path of the load balancer's health check, which nginx answers; not with `service.app`, and not on `grpc-via-cloudfront`",
    }),
  logRetentionDays: integerEnumValue(retentionDays)
    .default(defaults.service.logRetentionDays)
    .register(abouts, { means: "Days that the containers' logs are kept" }),
  egress,
  app: app.optional(),
  sidecars,
  taskRoleStatements,
  volumes,
  ignoreTaskDefinitionChanges: booleanValue()
    .default(defaults.service.ignoreTaskDefinitionChanges)
    .register(abouts, {
      means:
        "True if something else deploys (CI): the service keeps the task definition that it has, and `pulumi up` changes nothing in running containers",
    }),
  deployment: deployment.prefault({}),
  exec: exec.prefault({}),
});
