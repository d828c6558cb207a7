/** The remote components of awsx: what each would create, and what it returns. */
import { createHash } from "node:crypto";
import * as path from "node:path";
import { hashFolder } from "../folderDigest";
import { Props, UNKNOWN } from "../types";
import { Planned, Ref } from "../planned";
import type { AccountView } from "../row";
import { bagAt, bagsAt, textAt } from "../props";
import { token } from "../../../topology/tokens";
import { each, expandVpc, vpcOutputs } from "./awsxVpc";

/** A remote component: its resources, and its outputs as references to theirs. */
export interface ComponentRow {
  readonly type: string;
  /** @throws Error when the arguments contradict each other, as awsx does */
  readonly expand: (name: string, args: Props, region: string, account: AccountView) => Planned[];
  readonly outputs: (planned: readonly Planned[], args: Props, account: AccountView) => Props;
}

const without = (args: Props, dropped: string): Props =>
  Object.fromEntries(Object.entries(args).filter(([key]) => key !== dropped));

/** What `awsx.ecr.Repository` creates. */
function expandRepository(name: string, args: Props): Planned[] {
  const own = name.toLowerCase();
  const inputs = without(args, "lifecyclePolicy");
  const key = `${token.repository}#${own}`;
  const repository: Planned = { key, type: token.repository, name: own, inputs };
  if (bagAt(args, "lifecyclePolicy").skip === true) return [repository];
  const policy = JSON.stringify({ rules: lifecycleRules(bagsAt(args, "lifecyclePolicy.rules")) });
  const repositoryName = new Ref(key, "name");
  return [
    repository,
    {
      key: `${token.lifecyclePolicy}#${own}`,
      type: token.lifecyclePolicy,
      name: own,
      parent: key,
      inputs: { repository: repositoryName, policy },
    },
  ];
}

/** awsx keeps one untagged image when no rule is given. */
function lifecycleRules(rules: readonly Props[]): Props[] {
  const given =
    rules.length > 0
      ? rules
      : [
          {
            description: "remove untagged images",
            tagStatus: "untagged",
            maximumNumberOfImages: 1,
          },
        ];
  return given.map((rule, i) => ({
    rulePriority: i + 1,
    description: rule.description,
    selection: {
      tagStatus: rule.tagStatus,
      tagPrefixList: rule.tagPrefixList,
      ...(rule.maximumNumberOfImages === undefined
        ? { countType: "sinceImagePushed", countUnit: "days", countNumber: rule.maximumAgeLimit }
        : { countType: "imageCountMoreThan", countNumber: rule.maximumNumberOfImages }),
    },
    action: { type: "expire" },
  }));
}

/**
 * Digest that represents an image: a hash over what it is built from, so that it changes when, and
 * only when, the build context or the arguments do. The model builds no image.
 */
export function imageDigest(args: Props): string {
  const hash = createHash("sha256");
  const rest = without(args, "repositoryUrl");
  hash.update(
    JSON.stringify(
      rest,
      Object.keys(rest).sort((a, b) => a.localeCompare(b)),
    ),
  );
  hashFolder(hash, path.resolve(textAt(args, "context") ?? "."));
  return hash.digest("hex");
}

export const awsxComponents: readonly ComponentRow[] = [
  { type: token.awsxVpc, expand: expandVpc, outputs: vpcOutputs },
  {
    type: token.awsxRepository,
    expand: expandRepository,
    outputs: (planned) => ({
      url: each(planned, token.repository, "repositoryUrl")[0],
      repository: each(planned, token.repository)[0],
      lifecyclePolicy: each(planned, token.lifecyclePolicy)[0],
    }),
  },
  {
    type: token.awsxImage,
    expand: () => [],
    outputs: (_planned, args) => ({
      imageUri:
        args.repositoryUrl === UNKNOWN
          ? UNKNOWN
          : `${textAt(args, "repositoryUrl") ?? ""}@sha256:${imageDigest(args)}`,
    }),
  },
];
