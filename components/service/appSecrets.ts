/** The containers' secrets: where ECS reads them, and what its execution role must be allowed for that. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { secretReference } from "../../path/secrets";
import { passableTags } from "../shared/tags";
import type { OwnContainerArgs } from "./appArgs";

/** An environment variable whose value ECS reads from a store. */
export interface AppSecret {
  readonly name: string;
  readonly valueFrom: string;
}

/** What one container reads from stores. */
interface ContainerSecrets {
  readonly secrets: pulumi.Output<AppSecret[]>;
  /** The secret with the values of `secretEnvironment`; undefined if there are none. */
  readonly secret: aws.secretsmanager.Secret | undefined;
}

/** The secrets of all containers of a task. */
export interface TaskSecrets {
  /** By the container's name. */
  readonly of: Readonly<Record<string, pulumi.Output<AppSecret[]>>>;
  /** What all of them are read from, in the form of `valueFrom`. */
  readonly sources: pulumi.Output<string[]>;
  /** ARNs of the keys that encrypt them. */
  readonly keyArns: pulumi.Input<string>[];
  /** The secret with the values of the app's `secretEnvironment`. */
  readonly appSecret: aws.secretsmanager.Secret | undefined;
}

/** The secrets of the containers with these names. */
export function taskSecrets(
  name: string,
  containers: Readonly<Record<string, OwnContainerArgs>>,
  tags: Record<string, pulumi.Input<string>> | undefined,
  parent: pulumi.Resource,
): TaskSecrets {
  const found = Object.entries(containers).map(
    ([key, args]) => [key, containerSecrets(name, key, args, tags, parent)] as const,
  );
  return {
    of: Object.fromEntries(found.map(([key, { secrets }]) => [key, secrets])),
    sources: pulumi
      .all(found.map(([, { secrets }]) => secrets))
      .apply((lists) => lists.flat().map(({ valueFrom: from }) => from)),
    keyArns: Object.values(containers).flatMap(({ secretKeyArns = [] }) => secretKeyArns),
    appSecret: Object.fromEntries(found).app?.secret,
  };
}

/** Finds the given secrets, and stores the values of `secretEnvironment` in a secret of the stack. */
function containerSecrets(
  name: string,
  container: string,
  args: OwnContainerArgs,
  tags: Record<string, pulumi.Input<string>> | undefined,
  parent: pulumi.Resource,
): ContainerSecrets {
  const given = Object.entries(args.secrets ?? {}).map(([variable, from]) => ({
    name: variable,
    valueFrom: pulumi.output(valueFrom(from, parent)),
  }));
  const stored = Object.entries(args.secretEnvironment ?? {});
  if (stored.length === 0) return { secrets: pulumi.output(given), secret: undefined };
  const secret = new aws.secretsmanager.Secret(
    `${name}-${container}`,
    {
      description: `Secret environment variables of ${container === "app" ? "the app" : container}`,
      // The stack has the values, so nothing is lost with the secret.
      recoveryWindowInDays: 0,
      tags: passableTags(tags),
    },
    { parent },
  );
  const version = new aws.secretsmanager.SecretVersion(
    `${name}-${container}`,
    {
      secretId: secret.id,
      secretString: pulumi.secret(pulumi.jsonStringify(Object.fromEntries(stored))),
    },
    { parent },
  );
  const own = stored.map(([variable]) => ({
    name: variable,
    // The version makes a new value a new revision, which starts new tasks.
    valueFrom: pulumi.interpolate`${secret.arn}:${variable}::${version.versionId}`,
  }));
  return { secrets: pulumi.output([...given, ...own]), secret };
}

/** What a container definition says of a secret: its ARN, and the key in it. */
function valueFrom(from: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Input<string> {
  const reference = typeof from === "string" ? secretReference(from) : undefined;
  if (reference === undefined) return from;
  const { store, arn, name = "", suffix } = reference;
  if (arn !== undefined) return arn + suffix;
  if (store === "secretsmanager") {
    const found = aws.secretsmanager.getSecretOutput({ name }, { parent });
    return pulumi.interpolate`${found.arn}${suffix}`;
  }
  const partition = aws.getPartitionOutput({}, { parent }).partition;
  const region = aws.getRegionOutput({}, { parent }).region;
  const account = aws.getCallerIdentityOutput({}, { parent }).accountId;
  return pulumi.interpolate`arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`;
}
