/** The numbers of tasks, and Fargate Spot's share of them. */
import { type PlannedScaling, scalingProblems } from "../../path/scaling";
import { spotProblem } from "../../path/spot";
import type { View } from "../view";
import type { SettingsIssue, SettingsRule } from "./rule";

/** The group as far as its numbers depend on each other; undefined if it is not written. */
export function scalingOf(view: View): PlannedScaling | undefined {
  if (!view.given("service.scaling")) return undefined;
  const max = view.get("service.scaling.max");
  if (max === undefined) return undefined;
  return {
    min: view.get("service.scaling.min"),
    max,
    schedules: view.get("service.scaling.schedules"),
  };
}

const numbersFit: SettingsRule = (view) => {
  const scaling = scalingOf(view);
  if (scaling === undefined) return [];
  return scalingProblems(scaling).map(({ key, schedule, expected }): SettingsIssue =>
    key === "max"
      ? {
          key: "service.scaling.max",
          expected: expected.replace("scaling.min", "service.scaling.min"),
          change: { set: "service.scaling.max", to: String(scaling.min ?? "<value>") },
        }
      : {
          key: "service.scaling.schedules",
          entry: schedule,
          expected,
          change: { write: `change ${schedule ?? ""} under service.scaling.schedules, or add one` },
        },
  );
};

const shareFits: SettingsRule = (view) => {
  const percent = view.get("service.spot.percent");
  if (!view.given("service.spot") || percent === undefined) return [];
  const expected = spotProblem({ percent, base: view.get("service.spot.base") });
  if (expected === undefined) return [];
  return [
    {
      key: "service.spot.base",
      expected,
      change: {
        either: [
          { set: "service.spot.base", to: "0" },
          { set: "service.spot.percent", to: "99" },
        ],
      },
    },
  ];
};

/** In the order they are listed. */
export const scalingRules: readonly SettingsRule[] = [numbersFit, shareFits];
