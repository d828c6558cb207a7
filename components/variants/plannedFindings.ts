/** What rules about resources say of arguments, before there are resources. */
import { environmentList, parameterOf } from "../../path/taskDefinitions";
import type { Finding } from "../../rules/finding";
import { findingOf } from "../../rules/found";
import { behaviorQuota } from "../../rules/resources/behavior-quota";
import { behaviorNeverReached } from "../../rules/resources/behavior-never-reached";
import { imageFollowsLatest } from "../../rules/resources/image-follows-latest";
import { tagKeysDifferInCase } from "../../rules/resources/tag-keys-differ-in-case";
import { taskDefinitionTooLarge } from "../../rules/resources/task-definition-too-large";
import { faultList, type Rule } from "../../rules/rule";
import type { Props } from "../../topology/resource";
import { token } from "../../topology/tokens";
import { grpcPatterns } from "../edge/behaviors";
import type { PathPlanArgs, ServicePlanArgs } from "./planArgs";
import type { ServiceBehavior } from "./servicesPlan";

type ResourceRule = Extract<Rule, { about: "resource" }>;

const rules: readonly ResourceRule[] = [
  tagKeysDifferInCase,
  taskDefinitionTooLarge,
  behaviorNeverReached,
  behaviorQuota,
  imageFollowsLatest,
];

/**
 * The resources that the arguments decide, as far as they are plain: the rules are asked again of
 * the resources themselves.
 */
function plannedResources(
  { site, service, services = {}, grpc, tags }: PathPlanArgs,
  ofServices: readonly ServiceBehavior[],
): [type: string, props: Props][] {
  const patterns = [
    ...ofServices.map(({ pathPattern }) => pathPattern),
    ...grpcPatterns(grpc?.services ?? []),
    ...(site?.paths ?? []),
  ];
  return [
    [token.role, { tags: tags ?? {} }],
    ...[service, ...Object.values(services)].map((one): [string, Props] => [
      token.taskDefinition,
      { containerDefinitions: JSON.stringify(containersOf(one)) },
    ]),
    [
      token.distribution,
      { orderedCacheBehaviors: patterns.map((pathPattern) => ({ pathPattern })) },
    ],
  ];
}

function containersOf({ image, app, sidecars = {} }: ServicePlanArgs = {}) {
  return [
    { image: plain(image), environment: [] },
    ...[app, ...Object.values(sidecars)].map((one) => ({
      image: plain(one?.image),
      environment: environmentList(one?.environment ?? {}),
    })),
  ].map((container) => ({
    image: container.image,
    environment: container.environment.filter(({ value }) => typeof value === "string"),
  }));
}

const plain = (value: unknown): string | undefined =>
  typeof value === "string" && parameterOf(value) === undefined ? value : undefined;

/** Findings of a component's arguments. */
export function plannedFindings(
  name: string,
  args: PathPlanArgs,
  behaviors: readonly ServiceBehavior[],
): Finding[] {
  return plannedResources(args, behaviors).flatMap(([type, props]) =>
    rules
      .filter(({ types }) => types.includes(type))
      .flatMap((rule) =>
        faultList(rule.check({ type, name, props })).map((fault) => findingOf(rule, fault, true)),
      ),
  );
}
