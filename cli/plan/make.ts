/** From an evaluated stack to its plan. Pure. */
import { prefixLists } from "../../local/prefixLists";
import { resolvePath } from "../../rules/resolve";
import type { Finding } from "../../rules/finding";
import { originLoadBalancer, readTopology } from "../../topology";
import { pathsOf } from "../../topology/pathOf";
import { viewerNames } from "../../topology/routes";
import type { Topology } from "../../topology/types";
import { componentTree, resourceList } from "./components";
import { planCost } from "./cost";
import type { EvaluatedStack } from "./evaluateStack";
import { ResourceNames } from "./names";
import { openingsOf } from "./openings";
import { gatherFindings, planPath, planRefusedPath } from "./paths";
import { withoutSecrets } from "./secrets";
import { planSchemaVersion, type OtherOrigin, type Plan, type PlanFinding } from "./types";

/** Everything there is to say about a stack, without its secrets. */
export function makePlan(evaluated: EvaluatedStack): Plan {
  const { project, stack, region, evaluation, refusals, refusedPath } = evaluated;
  const { resources, outputs, account, secrets } = evaluation;
  const topology = readTopology(resources);
  const lists = prefixLists(account);
  const names = new ResourceNames(resources);
  const found = pathsOf(topology, lists);
  const drawn = gatherFindings(found.map(({ spec }) => resolvePath(spec).findings));
  const findings = inOrder([...drawn, ...said(refusedPath?.findings ?? outputs.findings, drawn)]);
  const complete = refusals.length === 0 && refusedPath === undefined;
  const failed = !complete || findings.some(({ severity }) => severity === "error");
  const refused = refusedPath?.spec ? [planRefusedPath(refusedPath.spec)] : [];
  const plan: Plan = {
    schemaVersion: planSchemaVersion,
    project,
    stack,
    ...(region !== undefined && { region }),
    ...(typeof outputs.variant === "string" && { variant: outputs.variant }),
    complete,
    verdict: failed ? "error" : "ok",
    refusals,
    paths: [...found.map((path) => planPath(path, topology, names)), ...refused],
    otherOrigins: otherOrigins(topology, names),
    findings,
    assumed: [...new Set(found.flatMap(({ assumed }) => assumed))],
    components: componentTree(stack, resources),
    resources: resourceList(resources),
    openings: openingsOf(topology, lists, names),
    cost: planCost(resources, region),
  };
  return withoutSecrets(plan, secrets);
}

/** Findings that the program itself knows beyond what its resources show. */
function said(value: unknown, drawn: readonly Finding[]): PlanFinding[] {
  if (!Array.isArray(value)) return [];
  const texts = ["code", "severity", "message", "change", "source"] as const;
  return value
    .filter((item): item is Finding =>
      texts.every((key) => typeof (item as Record<string, unknown> | null)?.[key] === "string"),
    )
    .filter((finding) => !drawn.some(({ code }) => code === finding.code))
    .map(({ code, severity, message, change, source }) => ({
      ...{ code, severity, message, change, source },
      paths: [0],
    }));
}

function inOrder(findings: readonly PlanFinding[]): PlanFinding[] {
  const order = ["error", "warning", "note"];
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** Behaviours whose requests reach no load balancer of the program. */
function otherOrigins(topology: Topology, names: ResourceNames): OtherOrigin[] {
  return topology.distributions.flatMap((distribution) =>
    distribution.behaviours.flatMap((behaviour): OtherOrigin[] => {
      const origin = distribution.origins.get(behaviour.originId);
      if (!origin || originLoadBalancer(topology, origin)) return [];
      const { bucket } = origin;
      return [
        {
          distribution: names.nameOf(distribution.id) ?? distribution.id,
          viewerNames: viewerNames(distribution),
          pathPattern: behaviour.pathPattern,
          origin: bucket ? (names.nameOf(bucket.name) ?? bucket.name) : origin.domainName,
          kind: bucket ? "bucket" : "elsewhere",
        },
      ];
    }),
  );
}
