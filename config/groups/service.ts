/** The tasks: their images, size, number and ports. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { fargateSizes } from "../../path/fargate";
import { retentionDays } from "../../path/logs";
import { targetQuota } from "../../path/vpcs";
import { abouts } from "../about";
import { arnOf, imageReference, secretName } from "../names";
import {
  booleanValue,
  integerValue,
  patternValue,
  enumValue,
  integerEnumValue,
  withLeadingSlash,
  textValue,
} from "../values";
import { egress } from "./egress";

const taskMemory = fargateSizes.flatMap(({ memory }) => memory);

/** What nginx's rendered configuration and the buffers of large requests take. */
const minimumTmpMiB = 8;

/** The name of an environment variable. */
const variableName = () =>
  patternValue(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    values: "name",
    allowed: "letters, digits and _, not a digit first",
  });

/** A word of a command. */
const word = () =>
  textValue(
    { values: "word", allowed: "text; a number with a fraction must be quoted" },
    () => undefined,
  );

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
  command: z.array(word()).min(1).optional().register(abouts, {
    means:
      "Command in the app's container that ends with 0 if the app works, word by word; nginx starts when it first succeeds",
  }),
});

const app = z.strictObject({
  image: imageReference().register(abouts, {
    means: "Image of a container that nginx passes requests to",
  }),
  port: integerValue(1, 65535, 3000).register(abouts, {
    means: "Port the app listens on, within the task only",
  }),
  user: patternValue(
    /^(?!(?:0+|root)(?::|$))(?:\d+|[a-z_][a-z0-9_-]*)(?::(?:\d+|[a-z_][a-z0-9_-]*))?$/,
    {
      values: "user or user:group",
      allowed: "a user other than root, or user:group, as names or numbers",
      example: defaults.service.appUser,
    },
  )
    .default(defaults.service.appUser)
    .register(abouts, { means: "User (and group) the app runs as; never root" }),
  command: z.array(word()).min(1).optional().register(abouts, {
    means: "Arguments of the image's entry point, or its command. Default: the image's",
  }),
  entryPoint: z.array(word()).min(1).optional().register(abouts, {
    means: "What the app's container runs. Default: the image's",
  }),
  workingDirectory: patternValue(/^\/.{0,1023}$/, {
    values: "folder",
    allowed: "an absolute path in the image",
    example: "/app",
    near: (value) => withLeadingSlash(value, /^\/[A-Za-z0-9._/-]+$/),
  })
    .optional()
    .register(abouts, { means: "Folder in which the app's container runs. Default: the image's" }),
  readOnlyRoot: booleanValue().default(defaults.service.appReadOnlyRoot).register(abouts, {
    means: "False lets the app write to its root file system, not to `/tmp` only",
  }),
  healthCheck: healthCheck.prefault({}),
  environment: z
    .record(
      variableName(),
      textValue(
        { values: "text", allowed: "text; a number with a fraction must be quoted" },
        () => undefined,
      ),
    )
    .default({})
    .register(abouts, {
      means:
        "Environment variables of the app. If one of them is encrypted in the stack file (`pulumi config set --path --secret`), all are stored in a secret of AWS Secrets Manager",
    }),
  secrets: z.record(variableName(), secretName()).default({}).register(abouts, {
    means:
      "Environment variables of the app whose values are in AWS Secrets Manager (`secretsmanager:NAME`, `secretsmanager:NAME:KEY`) or Systems Manager (`ssm:NAME`), or the ARN of either",
  }),
  secretKeyArns: z.array(arnOf("kms", "key")).min(1).optional().register(abouts, {
    means:
      "KMS keys of your own that encrypt what `service.app.secrets` names; AWS's own keys need no permission",
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
  count: integerValue(1, targetQuota)
    .default(defaults.service.count)
    .register(abouts, { means: "Number of tasks" }),
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
});
