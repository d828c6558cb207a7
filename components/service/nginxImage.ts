import * as path from "node:path";
// awsx returns resources of this module (`repository.repository`). Pulumi can only construct them
// if the module is loaded.
import "@pulumi/aws/ecr";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";

/** CPU architecture of Fargate tasks. */
export type Architecture = "x86_64" | "arm64";

export interface NginxImageArgs {
  /** Architecture to build for, the same as the tasks'. @default "x86_64" */
  architecture?: Architecture;
  /** Folder with the Dockerfile. @default hopwise's own nginx folder */
  context?: string;
  /** True to delete the repository with the images in it. @default false */
  forceDelete?: boolean;
  /** Tags for the repository. */
  tags?: Record<string, pulumi.Input<string>>;
}

const platforms: Record<Architecture, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** The nginx image, built by Docker and pushed to its own ECR repository. */
export class NginxImage extends pulumi.ComponentResource {
  /** Image by digest, for a task definition. */
  public readonly imageUri: pulumi.Output<string>;
  public readonly repository: awsx.ecr.Repository;

  constructor(name: string, args: NginxImageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:NginxImage", name, {}, opts);
    const parent = { parent: this };
    this.repository = new awsx.ecr.Repository(
      name,
      {
        forceDelete: args.forceDelete,
        imageScanningConfiguration: { scanOnPush: true },
        lifecyclePolicy: {
          rules: [
            {
              description: "Keep the newest images, to roll back to",
              tagStatus: "any",
              maximumNumberOfImages: 10,
            },
          ],
        },
        tags: args.tags,
      },
      parent,
    );
    this.imageUri = new awsx.ecr.Image(
      name,
      {
        repositoryUrl: this.repository.url,
        context: args.context ?? ownContext(),
        platform: platforms[args.architecture ?? defaults.service.architecture],
      },
      parent,
    ).imageUri;
    this.registerOutputs({ imageUri: this.imageUri });
  }
}

/**
 * The folder relative to the program: an absolute path would be in the stack's state, so that a
 * checkout on another machine would show a change.
 */
function ownContext(): string {
  // The compiled package is one folder deeper than the source.
  const root = path.join(__dirname, "../..");
  const folder = path.join(root, path.basename(root) === "dist" ? "../nginx" : "nginx");
  return path.relative(process.cwd(), folder) || ".";
}
