/** Images that a program itself builds: @pulumi/docker did so until version 4, in previews too. */
import Module from "node:module";
import type * as Pulumi from "@pulumi/pulumi";

type Load = (
  this: unknown,
  request: string,
  parent?: { filename?: string },
  ...rest: unknown[]
) => unknown;

type Build = (name: unknown, build: unknown, repositoryUrl: unknown) => unknown;

/** The functions that build, with the parameters that decide the image's name. */
interface Docker {
  buildAndPushImage?: Build;
  buildAndPushImageAsync?: Build;
}

/**
 * Runs an action in which no image is built: that takes minutes and a Docker daemon, and no path
 * depends on it. The image then has the name of its repository, and a tag that says so.
 */
export async function withoutImageBuilds<T>(
  { output }: typeof Pulumi,
  action: () => Promise<T>,
): Promise<T> {
  const loader = Module as unknown as { _load: Load };
  const load = loader._load;
  const nameOf = (name: unknown, repositoryUrl: unknown): Pulumi.Output<string> =>
    output([repositoryUrl ?? name]).apply(([image]) => `${String(image)}:not-built-here`);
  loader._load = function (request, parent, ...rest) {
    const loaded = load.call(this, request, parent, ...rest);
    const from = parent?.filename ?? "";
    if (request !== "./docker" || !/@pulumi[\\/]docker[\\/][^\\/]+$/.test(from)) return loaded;
    const docker = loaded as Docker;
    if (docker.buildAndPushImage) docker.buildAndPushImage = (name, _, url) => nameOf(name, url);
    if (docker.buildAndPushImageAsync)
      docker.buildAndPushImageAsync = (name, _, url) =>
        (nameOf(name, url) as unknown as { promise(): Promise<string> }).promise();
    return docker;
  };
  try {
    return await action();
  } finally {
    loader._load = load;
  }
}
