/** Containers of your own: the app's keys that any container has, and sidecars. */
import * as z from "zod";
import { dependencyConditions } from "../../path/containers";
import { defaults } from "../../path/defaults";
import { fargateSizes } from "../../path/fargate";
import { abouts } from "../about";
import { arnOf, imageReference, secretName } from "../names";
import {
  booleanValue,
  enumValue,
  integerValue,
  patternValue,
  shapes,
  textValue,
  withLeadingSlash,
} from "../values";

/** The name of an environment variable. */
const variableName = () =>
  patternValue(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    values: "name",
    allowed: "letters, digits and _, not a digit first",
  });

/** A word of a command. */
export const word = () =>
  textValue(
    { values: "word", allowed: "text; a number with a fraction must be quoted" },
    () => undefined,
  );

/** A container's name, as others refer to it. */
const containerName = () =>
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
  patternValue(/^(?!(?:nginx|app)$)[A-Za-z0-9_-]{1,64}$/, {
    values: "name",
    allowed: "up to 64 letters, digits, _ and -, not nginx or app",
  });

const dependsOn = z
  .record(
    patternValue(/^[A-Za-z0-9_-]{1,64}$/, {
      values: "container",
      allowed: "the name of a container of the task",
    }),
    enumValue(dependencyConditions, {
      synonyms: {
        START: ["started", "service_started"],
        COMPLETE: ["completed", "ended"],
        SUCCESS: ["succeeded", "service_completed_successfully"],
        HEALTHY: ["service_healthy"],
      },
    }),
  )
  .register(shapes, {
    type: "object",
    values: "container: condition",
    allowed: `names of containers of the task, each with ${dependencyConditions.join(", ")}`,
  });

/** The image of the app. */
export const image = imageReference().register(abouts, {
  means:
    "Image of a container that nginx passes requests to. In every image, `${NAME}` is an environment variable of the one who runs Pulumi, and `ssm:/NAME` a parameter of Systems Manager that holds the image",
});

/** The other keys of a container of your own. */
export const container = {
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
  command: z
    .array(word())
    .min(1)
    .optional()
    .register(abouts, {
      example: ["serve", "--verbose"],
      means: "Arguments of the image's entry point, or its command. Default: the image's",
    }),
  entryPoint: z
    .array(word())
    .min(1)
    .optional()
    .register(abouts, {
      example: ["/usr/bin/app"],
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
  dependsOn: dependsOn.default({}).register(abouts, {
    example: { agent: "START" },
    means:
      "Sidecars that the app waits for when a task starts, with START, HEALTHY (its own check passes), COMPLETE (it ended) or SUCCESS (it ended with 0)",
  }),
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
      example: { LOG_LEVEL: "info" },
      means:
        "Environment variables of the app. If one of them is encrypted in the stack file (`pulumi config set --path --secret`), all are stored in a secret of AWS Secrets Manager",
    }),
  secrets: z
    .record(variableName(), secretName())
    .default({})
    .register(abouts, {
      example: { DATABASE_PASSWORD: "secretsmanager:prod/database:password" },
      means:
        "Environment variables of the app whose values are in AWS Secrets Manager (`secretsmanager:NAME`, `secretsmanager:NAME:KEY`) or Systems Manager (`ssm:NAME`), or the ARN of either",
    }),
  secretKeyArns: z.array(arnOf("kms", "key")).min(1).optional().register(abouts, {
    means:
      "KMS keys of your own that encrypt what `service.app.secrets` names; AWS's own keys need no permission",
  }),
};

const usual = defaults.service.sidecarHealthCheck;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const check = z.strictObject({
  command: z.array(word()).min(1),
  interval: integerValue(5, 300).default(usual.interval),
  timeout: integerValue(2, 60).default(usual.timeout),
  retries: integerValue(1, 10).default(usual.retries),
  startPeriod: integerValue(0, 300).default(usual.startPeriod),
});

const largest = (kind: "cpu" | "memory"): number =>
  Math.max(...fargateSizes.flatMap((size) => size[kind]));

const sidecar = z.strictObject({
  image,
  ...container,
  essential: booleanValue().default(true),
  healthCheck: check.optional(),
  cpu: integerValue(1, largest("cpu")).optional(),
  memory: integerValue(6, largest("memory")).optional(),
  port: integerValue(1, 65535).optional(),
});

const keyList = Object.keys(sidecar.shape).join(", ");

/** `service.sidecars` */
export const sidecars = z
  .record(containerName(), sidecar)
  .register(shapes, {
    type: "object",
    values: "name: { image, … }",
    allowed: `names of containers, each with keys of ${keyList}`,
  })
  .default({})
  .register(abouts, {
    example: { agent: { image: "public.ecr.aws/docker/library/busybox:1.37" } },
    means: `Further containers of each task, by their names. Each has \`image\`, and may have ${Object.keys(
      sidecar.shape,
    )
      .filter((key) => key !== "image")
      .map((key) => `\`${key}\``)
      .join(", ")}; see docs/own-app.md`,
  });
