/** Whom the alarms notify. */
import type { AlarmName } from "../../path/alarmRow";
import { certificateRegion } from "../../path/cloudfront";
import { arnRegion } from "../names";
import { anotherOrNone, type SettingsIssue, type SettingsRule } from "./rule";

/** An alarm can only publish to topics in its region. */
const topicRegion: SettingsRule = (view, { region }) => {
  const wanted = [
    ["alarms.topicArn", region, "the stack's region (aws:region)"],
    ["alarms.edgeTopicArn", certificateRegion, "where CloudFront's metrics are"],
  ] as const;
  return wanted.flatMap(([key, home, why]): SettingsIssue[] => {
    const arn = view.get(key);
    if (arn === undefined || home === undefined || arnRegion(arn) === home) return [];
    return [{ key, expected: `a topic in ${home}, ${why}`, change: anotherOrNone(key) }];
  });
};

/** Subscribers of a given topic are notified already; hopwise subscribes nobody to it. */
const emailHasTopic: SettingsRule = (view, { region }) => {
  if (view.get("alarms.email") === undefined || view.get("alarms.topicArn") === undefined)
    return [];
  const without = view.get("alarms.without");
  const atEdge: readonly [AlarmName, boolean][] = [
    ["edge-5xx", true],
    ["waf-blocked", view.get("waf.enabled")],
    ["edge-certificate-expiry", view.get("domain.name") !== undefined],
  ];
  const watchesEdge =
    view.row.edge !== undefined && atEdge.some(([name, is]) => is && !without.includes(name));
  const makesEdgeTopic =
    watchesEdge && view.get("alarms.edgeTopicArn") === undefined && region !== certificateRegion;
  if (makesEdgeTopic) return [];
  return [
    {
      key: "alarms.email",
      expected: "nothing if a topic is given: its own subscribers are notified",
      change: { either: [{ remove: "alarms.email" }, { remove: "alarms.topicArn" }] },
    },
  ];
};

/** The value of the tag is the one that the stack's resources have. */
const budgetTag: SettingsRule = (view) => {
  const tag = view.get("alarms.budget.tag");
  if (tag === undefined || Object.hasOwn(view.get("tags"), tag)) return [];
  return [
    {
      key: "alarms.budget.tag",
      expected: "a key of tags, so that its value is known",
      change: {
        either: [{ set: "alarms.budget.tag", to: "<value>" }, { remove: "alarms.budget.tag" }],
      },
    },
  ];
};

/** In the order they are listed. */
export const alarmRules: readonly SettingsRule[] = [topicRegion, emailHasTopic, budgetTag];
