/** aws.cloudwatch.Dashboard */
import { isBag, parseJson, textAt } from "../props";
import { ResourceModel } from "../row";
import { json, matchesPattern, when } from "../rules";
import { Props } from "../types";
import { arn } from "../ids";
import { token } from "../../../topology/tokens";

const api =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html";
const structure =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Dashboard-Body-Structure.html";
const says = { code: "DashboardInvalidInputError", source: structure };

const types = ["metric", "text", "log", "alarm", "explorer", "chart"];

/** Whole numbers that a widget may have, with their bounds. */
const numbers: readonly (readonly [string, number, number])[] = [
  ["x", 0, 23],
  ["y", 0, Number.MAX_SAFE_INTEGER],
  ["width", 1, 24],
  ["height", 1, 1000],
];

function wrongWidget(widget: unknown, i: number): string | undefined {
  if (!isBag(widget)) return `Widget ${i} is not an object.`;
  if (!types.includes(String(widget.type)))
    return `Widget ${i} has none of the types ${types.join(", ")}.`;
  for (const [name, min, max] of numbers) {
    const value = widget[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max)
      return `${name} of widget ${i} is not a whole number from ${min} to ${max}.`;
  }
  if ("x" in widget !== "y" in widget) return `Widget ${i} has one of x and y only.`;
  const { properties } = widget;
  if (!isBag(properties)) return `Widget ${i} has no properties.`;
  if (widget.type === "text" && typeof properties.markdown !== "string")
    return `The text widget ${i} has no markdown.`;
  if (widget.type === "metric" && typeof properties.region !== "string")
    return `The metric widget ${i} has no region.`;
  if (widget.type === "alarm" && !isList(properties.alarms, 1, 100))
    return `The alarm widget ${i} does not have 1 to 100 alarms.`;
  return undefined;
}

const isList = (value: unknown, min: number, max: number): boolean =>
  Array.isArray(value) && value.length >= min && value.length <= max;

function wrongBody(inputs: Props): string | undefined {
  const text = textAt(inputs, "dashboardBody");
  if (text === undefined) return undefined;
  const body = parseJson(text);
  // What is no JSON is refused before.
  if (!isBag(body)) return undefined;
  const { widgets } = body;
  if (!Array.isArray(widgets) || widgets.length > 500)
    return "A dashboard has a list of up to 500 widgets.";
  return widgets.map(wrongWidget).find((found) => found !== undefined);
}

export const dashboard: ResourceModel = {
  type: token.dashboard,
  required: ["dashboardName", "dashboardBody"],
  rules: [
    matchesPattern(
      "dashboardName",
      /^[A-Za-z0-9_-]{1,255}$/,
      "made of up to 255 letters, digits, hyphens and underscores",
      { ...says, source: api },
    ),
    json("dashboardBody", says),
    when(wrongBody, "dashboardBody", says),
  ],
  replaceOn: ["dashboardName", "region"],
  outputs: ({ inputs }, account) => {
    const name = String(inputs.dashboardName);
    return {
      id: name,
      dashboardArn: arn("cloudwatch", "", account.accountId, `dashboard/${name}`),
    };
  },
};
