/** Whom the alarms notify. */
import { certificateRegion } from "../../path/cloudfront";
import { arnRegion } from "../names";
import { anotherOrNone, type SettingsIssue, type SettingsRule } from "./rule";

/** An alarm can only publish to topics in its region. */
const topicRegion: SettingsRule = (view, { region }) => {
  const wanted = [
    ["alarms.topicArn", region, "the stack's region (aws:region)"],
    ["alarms.edgeTopicArn", certificateRegion, "where the metric of CloudFront's certificate is"],
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
  const watchesEdge = view.row.edge !== undefined && view.get("domain.name") !== undefined;
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

/** In the order they are listed. */
export const alarmRules: readonly SettingsRule[] = [topicRegion, emailHasTopic];
