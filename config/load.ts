/** Reads a stack's settings, or says everything that is wrong with them. */
import { Config } from "@pulumi/pulumi/config";
import { getStack } from "@pulumi/pulumi/metadata";
import * as pulumiConfig from "@pulumi/pulumi/runtime/config";
import { decode } from "./decode";
import { Diagnosis } from "./diagnose";
import { findingsOf } from "./findings";
import { namespace, type Problem, SettingsError, type SettingsContext } from "./problems";
import { protoEntries, restoreProtoEntries } from "./protoEntries";
import { settingsRules } from "./rules";
import { schema } from "./schema";
import { type Settings, toSettings } from "./settings";
import { nearestKey } from "./spelling";
import { View } from "./view";

/**
 * Reads the settings of the stack that is being evaluated.
 *
 * @param config whose namespace holds the settings. Default: `hopwise`
 * @throws SettingsError with every problem; no resource has been created then
 */
export function loadSettings(config = new Config(namespace)): Settings {
  const prefix = `${config.name}:`;
  const all = pulumiConfig.allConfig();
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  return parseSettings(
    Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])),
    {
      stack: getStack(),
      region: all["aws:region"],
      isSecret: (key) => isSecret(`${prefix}${key}`),
    },
  );
}

/**
 * Parses settings: top-level keys without their namespace, values as Pulumi hands them to a program
 * (objects as JSON) or as plain values.
 *
 * @throws SettingsError with every problem
 */
export function parseSettings(
  raw: Readonly<Record<string, unknown>>,
  context: SettingsContext = {},
): Settings {
  const values = decode(raw);
  const parsed = schema.safeParse(values);
  const protos = protoEntries(values);
  const issues = [
    ...(parsed.error?.issues ?? []),
    ...protos.flatMap(({ path, parsed: entry }) =>
      (entry.error?.issues ?? []).map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    ),
  ];
  const broken = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? // The key that was meant has its default here; nothing may be concluded from that.
        issue.keys.map((name) => nearestKey([...issue.path, name]) ?? [...issue.path, name])
      : [issue.path],
  );
  const view = new View(values, broken);
  const diagnosis = new Diagnosis(values, context);
  const problems = [
    ...issues.flatMap((issue) => diagnosis.ofIssue(issue)),
    ...settingsRules
      .flatMap((rule) => view.check((keys) => rule(keys, context)))
      .map((issue) => diagnosis.ofRule(issue)),
  ];
  if (!parsed.success || problems.length > 0) throw new SettingsError(once(problems), context);
  restoreProtoEntries(protos, parsed.data);
  return toSettings(parsed.data, {
    secrets: Object.keys(values).filter((key) => context.isSecret?.(key)),
    findings: findingsOf(values, context),
  });
}

/** One problem a key from the schema and each rule: `1.5` is not reported as two wrong numbers. */
function once(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ key, expected }) => {
    const known = seen.has(`${key} ${expected}`);
    seen.add(`${key} ${expected}`);
    return !known;
  });
}

/** The SDK's own answer, which it keeps out of its types; without it every value counts as secret. */
function isSecret(key: string): boolean {
  const { isConfigSecret } = pulumiConfig as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
