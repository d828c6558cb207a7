/** Names that AWS and image registries give to things. */
import * as z from "zod";
import { secretReference } from "../path/secrets";
import { parameterOf } from "../path/taskDefinitions";
import { patternValue, shapes, textValue } from "./values";

/** What follows the kind of resource in an ARN, where that is not a slash and a name. */
const endOfArn: Readonly<Record<string, string>> = {
  "log-group": ":[.\\w/#-]+",
  // Perhaps with a version or an alias.
  function: ":[\\w-]+(?::[\\w$-]+)?",
};

const namedInArn: Readonly<Record<string, string>> = {
  "log-group": "a CloudWatch log group",
  function: "a Lambda function",
};

/** An Amazon Resource Name of one kind. */
export function arnOf(
  service: "acm" | "ecs" | "kms" | "lambda" | "logs",
  resource: "certificate" | "cluster" | "function" | "key" | "log-group",
) {
  const example = {
    certificate:
      "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    function: "arn:aws:lambda:us-east-1:111122223333:function:check",
    cluster: "arn:aws:ecs:us-east-1:111122223333:cluster/shared",
    "log-group": "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/commands",
    key: "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012",
  }[resource];
  return patternValue(
    new RegExp(
      `^arn:aws[a-z-]*:${service}:[a-z]{2}(?:-[a-z]+)+-\\d:\\d{12}:${resource}${endOfArn[resource] ?? "/[\\w-]+"}$`,
    ),
    {
      values: "ARN",
      allowed: `the ARN of ${namedInArn[resource] ?? `an ${service.toUpperCase()} ${resource}`}`,
      example,
    },
  );
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function sentenceList(names: readonly string[]): string {
  const [last = ""] = names.slice(-1);
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** A secret of Secrets Manager or a parameter of Systems Manager. */
export function secretName() {
  const allowed =
    "secretsmanager: or ssm: and a name, or the ARN of a secret or parameter; a secret's may end with : and a key of its JSON";
  const example = "secretsmanager:prod/database:password";
  return textValue({ values: "secret", allowed, example }, (value) =>
    secretReference(value) === undefined ? { why: allowed } : undefined,
  );
}

/** Region of a well-formed ARN. */
export function arnRegion(arn: string): string {
  return arn.split(":")[3] ?? "";
}

// Grammar: https://github.com/distribution/reference/blob/main/reference.go
const host = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?/)?";
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const repository = `${host}${component}(?:/${component})*`;
const tag = ":\\w[\\w.-]{0,127}";
const digest = "@sha256:[0-9a-f]{64}";
const reference = new RegExp(`^${repository}(?:${tag})?(?:${digest})?$`);

/** A container image, with or without a tag or digest. */
export function imageReference() {
  const allowed = "an image, best with its tag or digest";
  const example = "public.ecr.aws/docker/library/httpd:2.4";
  const shape = { type: "string", values: "image", allowed, example } as const;
  const text = textValue(shape, (value) => {
    const [, missing] = variable.exec(value) ?? [];
    if (missing !== undefined)
      return { why: `${allowed}; the environment variable ${missing} is not set` };
    if (parameterOf(value) !== undefined) return undefined;
    return value.length <= 512 && reference.test(value) ? undefined : { why: allowed };
  });
  return z
    .preprocess((value) => (typeof value === "string" ? withVariables(value) : value), text)
    .register(shapes, shape);
}

/** An environment variable in a setting. */
const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/;

/** The text with the values of the environment variables that are set, as CI hands over an image. */
const withVariables = (text: string): string =>
  text.replace(
    new RegExp(variable, "g"),
    (whole, name: string) => process.env[name]?.trim() ?? whole,
  );

/** Region of the private ECR registry an image is in; undefined for every other registry. */
export function ecrRegion(image: string): string | undefined {
  return /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//.exec(image)?.[1];
}
