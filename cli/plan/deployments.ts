/** The deployments that shift requests between two target groups, in the plan's form. */
import { shiftMinutes, shiftSteps } from "../../path/deployments";
import type { PathSpec } from "../../path/types";
import { pathsOfRoute, type PrefixLists } from "../../topology/pathOf";
import { type Route, routesOf } from "../../topology/routes";
import type { Topology } from "../../topology/types";
import { answerText } from "../show/answers";
import { describeSources } from "../show/hops";
import type { ResourceNames } from "./names";
import { requestsOf } from "./requests";
import type { PlanDeployment, PlanRollback } from "./types";

/** Each service of the program whose deployments shift requests. */
export function deploymentsOf(
  topology: Topology,
  lists: PrefixLists,
  names: ResourceNames,
): PlanDeployment[] {
  const routes = routesOf(topology);
  return topology.services.flatMap(({ arn, name, shift, count, targets }) =>
    targets.flatMap(({ targetGroupArn, alternate }): PlanDeployment[] => {
      if (shift === undefined || alternate === undefined) return [];
      const specOf = (ruleArn: string | undefined, group: string): PathSpec | undefined => {
        const route = routes.find(({ rule }) => rule !== undefined && rule.arn === ruleArn);
        return route && specTo({ ...route, targetGroupArn: group }, arn);
      };
      const { productionRuleArn: production, testRuleArn } = alternate;
      const [old, next] = [
        specOf(production, targetGroupArn),
        specOf(production, alternate.targetGroupArn),
      ];
      const test = specOf(testRuleArn, targetGroupArn);
      return [
        {
          ...{ service: name, strategy: shift.strategy },
          steps: shiftSteps(shift),
          minutes: shiftMinutes(shift),
          targetGroups: [targetGroupArn, alternate.targetGroupArn].map(
            (group) => names.nameOf(group) ?? group,
          ),
          furtherTasks: count,
          requests: old && next ? comparison(old, next) : [],
          ...(test && {
            test: { port: test.listener.port, who: describeSources(test.listener) },
          }),
        },
      ];
    }),
  );

  function specTo(route: Route, serviceArn: string): PathSpec | undefined {
    const found = pathsOfRoute(topology, lists, route);
    return found.find(({ via }) => via.serviceArn === serviceArn)?.spec;
  }
}

/** Services whose deployments end by alarms, which then are the program's by their logical names. */
export const rollbacksOf = ({ services }: Topology, names: ResourceNames): PlanRollback[] =>
  services
    .filter(({ rollbackAlarms }) => rollbackAlarms.length > 0)
    .map(({ name, rollbackAlarms }) => ({
      service: name,
      alarms: rollbackAlarms.map((alarm) => names.nameOf(alarm) ?? alarm),
    }));

/** What each request gets from the old tasks, and from the new ones in the other group. */
function comparison(old: PathSpec, next: PathSpec): PlanDeployment["requests"] {
  const others = requestsOf(next);
  return requestsOf(old).flatMap((request, i) => {
    const other = others[i];
    if (other === undefined) return [];
    return [{ title: request.title, old: answerText(request), new: answerText(other) }];
  });
}
