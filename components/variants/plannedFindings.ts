/** What rules about resources say of arguments, before there are resources. */
import { environmentList } from "../../path/taskDefinitions";
import type { Finding } from "../../rules/finding";
import { findingOf } from "../../rules/found";
import { behaviorNeverReached } from "../../rules/resources/behavior-never-reached";
import { imageFollowsLatest } from "../../rules/resources/image-follows-latest";
import { tagKeysDifferInCase } from "../../rules/resources/tag-keys-differ-in-case";
import { taskDefinitionTooLarge } from "../../rules/resources/task-definition-too-large";
import { faultList, type Rule } from "../../rules/rule";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";
import { grpcPatterns } from "../edge/behaviors";
import type { PathPlanArgs } from "./pathPlan";

type ResourceRule = Extract<Rule, { about: "resource" }>;

const rules: readonly ResourceRule[] = [
  tagKeysDifferInCase,
  taskDefinitionTooLarge,
  behaviorNeverReached,
  imageFollowsLatest,
];

/**
 * The resources that the arguments decide, as far as they are plain: the rules are asked again of
 * the resources themselves.
 */
function plannedResources({
  site,
  service,
  grpc,
  tags,
}: PathPlanArgs): [type: string, props: Props][] {
  const app = service?.app;
  const patterns = [...grpcPatterns(grpc?.services ?? []), ...(site?.paths ?? [])];
  const own = [app, ...Object.values(service?.sidecars ?? {})];
  const containers = [
    { image: plain(service?.image), environment: [] },
    ...own.map((one) => ({
      image: plain(one?.image),
      environment: environmentList(one?.environment ?? {}),
    })),
  ].map(({ image, environment }) => ({
    image,
    environment: environment.filter(({ value }) => typeof value === "string"),
  }));
  return [
    [token.role, { tags: tags ?? {} }],
    [token.taskDefinition, { containerDefinitions: JSON.stringify(containers) }],
    [
      token.distribution,
      { orderedCacheBehaviors: patterns.map((pathPattern) => ({ pathPattern })) },
    ],
  ];
}

const plain = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Findings of a component's arguments. */
export function plannedFindings(name: string, args: PathPlanArgs): Finding[] {
  return plannedResources(args).flatMap(([type, props]) =>
    rules
      .filter(({ types }) => types.includes(type))
      .flatMap((rule) =>
        faultList(rule.check({ type, name, props })).map((fault) => findingOf(rule, fault, true)),
      ),
  );
}
