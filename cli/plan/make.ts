/** Makes the plan of an evaluated stack. Pure. */
import { prefixLists } from "../../local/model/cloudfrontPrefixLists";
import { rules } from "../../rules";
import { judge } from "../../rules/judge";
import { assumptionsOf } from "../../topology/stack/assumptions";
import { pathsIn } from "../../topology/stack/paths";
import type { Stack } from "../../topology/stack/stack";
import type { Topology } from "../../topology/types";
import type { Evaluation } from "../../local/program";
import { assumedOf } from "../evaluation/assumed";
import { asStopped } from "../evaluation/stopped";
import { placeOf, programFindings, stackOfEvaluation, type ProgramFinding } from "../findings";
import { shortType } from "../show/findings";
import type { Accepts } from "./accepted";
import { componentTree, resourceList } from "./components";
import { planCost } from "./cost";
import { deploymentsOf, rollbacksOf } from "./deployments";
import type { EvaluatedStack } from "./evaluateStack";
import { ResourceNames } from "./names";
import { notModelled } from "./notModelled";
import { directOf } from "./direct";
import { openingsOf } from "./openings";
import { otherOrigins } from "./otherOrigins";
import { outsideLine } from "./outside";
import { leadsElsewhere, partialPaths, withUnknown } from "./partial";
import { planPathOf, planRefusedPath } from "./paths";
import { withoutSecrets } from "./secrets";
import { planTasks } from "./tasks";
import {
  planSchemaVersion,
  type Plan,
  type PlanFinding,
  type PlanNotChecked,
  type PlanRefusal,
} from "./types";

/**
 * The plan of a stack, without its secrets.
 *
 * @param accepts which findings are accepted. @default none
 */
export function makePlan(evaluated: EvaluatedStack, accepts: Accepts = () => undefined): Plan {
  const { project, stack, region, evaluation, problems, refusedPath } = evaluated;
  const all = [
    ...evaluation.refusals.map(({ code, message, source, urn, type, name, position }) => ({
      code,
      message,
      ...(source !== undefined && { source }),
      resource: placeOf({ urn, type, name, position }),
    })),
    ...problems.map(({ message, position }) => ({ message, ...(position && { position }) })),
  ];
  const { resources, outputs, account, secrets } = evaluation;
  const read = stackOfEvaluation(evaluation);
  const { topology, paths, lost } = pathsIn(read);
  // In a preview only the stack knows which resource a reference means.
  const linked = evaluation.recorded?.kind === "preview" ? read.declared : resources;
  const names = new ResourceNames(linked);
  const own = refusedPath?.findings ?? outputs.findings;
  const { found, accepted } = withoutAccepted(
    programFindings(read, evaluation.cwd, own),
    // A component that refuses its path accepts nothing.
    refusedPath === undefined ? accepts : () => undefined,
  );
  const says = sayingIn(resources);
  const refusals = all.filter((refusal) => !accepted.some((one) => says(one, refusal)));
  const findings = withRefusals(found, refusals, says);
  const unsaid = refusals.filter((refusal) => !found.some((one) => says(one, refusal)));
  const refusedAny = refusals.length > 0 || refusedPath !== undefined;
  const failed = refusedAny || findings.some(({ severity }) => severity === "error");
  const missing = notModelled(evaluation);
  const outside = outsideLine(account.assumed);
  const known =
    lost.length === 0 &&
    paths.every((path) => path.missing.size === 0 && path.uncertain === undefined) &&
    !missing.some(({ decides }) => decides) &&
    topology.notFollowed.length === 0 &&
    !judge(read).notChecked.some(({ codes }) => codes.includes("tasks-open")) &&
    !leadsElsewhere(read);
  const complete = !refusedAny && known;
  const refused = refusedPath?.spec ? [planRefusedPath(refusedPath.spec)] : [];
  const plan: Plan = {
    schemaVersion: planSchemaVersion,
    project,
    stack,
    ...(region !== undefined && { region }),
    ...(typeof outputs.variant === "string" && { variant: outputs.variant }),
    complete,
    verdict: failed ? "error" : complete ? "ok" : "unknown",
    refusals: unsaid,
    paths: [
      ...paths.map((path, i) =>
        withUnknown(planPathOf(asStopped(path, i, read), topology, names), path, read),
      ),
      ...refused,
    ],
    partialPaths: known ? [] : partialPaths(topology, read, names),
    otherOrigins: otherOrigins(topology, read, names),
    deployments: deploymentsOf(topology, prefixLists(account), names),
    rollbacks: rollbacksOf(topology, names),
    direct: directOf(read, prefixLists(account), names),
    tasks: planTasks(read),
    findings,
    accepted: accepted.map(({ code, resource, reason }) => ({
      code,
      ...(resource && { resource }),
      reason,
    })),
    notChecked: [...notFollowed(topology), ...dependents(evaluation), ...unknowns(read)],
    notModelled: missing,
    assumed: [
      ...new Set([
        ...assumedOf(evaluation),
        ...(outside === undefined ? [] : [outside]),
        ...paths.flatMap(({ found: path }) => path.assumed),
        ...assumptionsOf(read),
      ]),
    ],
    components: componentTree(stack, resources),
    resources: resourceList(resources),
    openings: openingsOf(topology, prefixLists(account), names),
    cost: planCost(linked, region),
  };
  return withoutSecrets(plan, secrets);
}

/** Findings that nobody accepts, and those that somebody does, with the reason. */
function withoutAccepted(all: readonly ProgramFinding[], accepts: Accepts) {
  const found: ProgramFinding[] = [];
  const accepted: (ProgramFinding & { readonly reason: string })[] = [];
  for (const finding of all) {
    const reason = accepts(finding);
    if (reason === undefined) found.push(finding);
    else accepted.push({ ...finding, reason });
  }
  return { found, accepted };
}

type Says = (finding: ProgramFinding, refusal: PlanRefusal) => boolean;

/** With AWS's refusal for the same fault; those come first, as nothing is created before. */
function withRefusals(
  findings: readonly ProgramFinding[],
  refusals: readonly PlanRefusal[],
  says: Says,
): PlanFinding[] {
  const all = findings.map((finding): PlanFinding => {
    const refusal = refusals.find((one) => says(finding, one));
    const refused = refusal && { code: refusal.code ?? "", message: refusal.message };
    return { ...finding, ...(refused && { refused }) };
  });
  return [...all.filter(({ refused }) => refused), ...all.filter(({ refused }) => !refused)];
}

/**
 * Whether a finding explains why AWS refuses a resource: the finding's resource, or one that refers
 * to it, such as a rule of a security group that is full.
 */
function sayingIn(resources: Evaluation["resources"]): Says {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const refers = (from: string | undefined, to: string | undefined): boolean => {
    const [user, used] = [byUrn.get(from ?? ""), byUrn.get(to ?? "")];
    if (user === undefined || used === undefined) return false;
    const inputs = JSON.stringify(user.inputs);
    return [used.id, used.outputs.arn].some(
      (name) => typeof name === "string" && name !== "" && inputs.includes(JSON.stringify(name)),
    );
  };
  return ({ code, resource }, refusal) => {
    const known = rules.find((rule) => rule.code === code)?.refusedAs;
    if (known === undefined || resource?.urn === undefined) return false;
    if (known.code !== refusal.code || !known.message.test(refusal.message)) return false;
    const refused = refusal.resource?.urn;
    return refused === resource.urn || refers(refused, resource.urn);
  };
}

/** Load balancers that paths are not followed over. */
function notFollowed(topology: Topology): PlanNotChecked[] {
  return topology.notFollowed.map(({ name, type }) => ({
    what: `the paths over the load balancer ${name}`,
    why: `it is a ${type} load balancer, and only application load balancers are followed`,
    codes: [],
  }));
}

/** What could not be checked because AWS refuses what it depends on, or because that is not known. */
function dependents({ notChecked, resources }: Evaluation): PlanNotChecked[] {
  return notChecked.map(({ type, name, property, because, unknown }) => {
    const cause = resources.find(({ urn }) => urn === because)?.name ?? because;
    const of = [shortType(type), name].filter(Boolean).join(" ");
    const own = cause === name;
    return {
      what: property === undefined ? of : `${property} of ${of}`,
      why:
        unknown === true
          ? `${own ? "a value" : `a value of ${cause}`} is not known before the deployment`
          : `it depends on ${cause}, which AWS refuses`,
      codes: [],
    };
  });
}

/** What could not be checked because it is unknown before the deployment. */
function unknowns(stack: Stack): PlanNotChecked[] {
  return judge(stack).notChecked.map(({ unknown, codes }) => ({
    what: `${unknown.property === "" ? "what uses" : `${unknown.property} of`} ${stack.get(unknown.urn)?.name ?? unknown.urn}`,
    why: "unknown before the deployment",
    codes,
  }));
}
