/** Findings that are no rules: of settings, of the installed provider, of a preview. */
import { parseSettings, type SettingsContext } from "../../../config";
import { policies } from "../../../policy/index";
import type { Severity } from "../../../rules/finding";
import { edgeHttp2NotDeployable } from "../../../rules/notDeployable";
import { edge, named, type Raw } from "../config/rows";
import { context } from "../config/support";

/** A finding of its own kind, and how to get it. */
export interface OtherFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly change: string;
  readonly source: string;
  /** The stack's configuration that gets it, by whole keys. */
  readonly config?: Raw;
}

const app = (more: object): Raw => ({
  ...edge,
  service: { app: { image: "registry.test/shop:1", port: 3000, ...more } },
});

/** Settings that are right and get a finding, by its code. */
const bySettings: Readonly<Record<string, readonly [Raw, SettingsContext?]>> = {
  "region-unknown": [edge, { stack: "dev", region: "eu-wset-1" }],
  "placeholder-left": [named],
  "tag-dropped": [
    JSON.parse(`{ ${JSON.stringify(edge).slice(1, -1)}, "tags": { "__proto__": "x" } }`) as Raw,
  ],
  "app-root-writable": [app({ readOnlyRoot: false })],
  "certificate-alarm-before-renewal": [
    {
      variant: "h2-direct",
      domain: { name: "www.hopwise.dev", zoneName: "hopwise.dev" },
      alarms: { enabled: true, thresholds: { certificateDays: 45 } },
    },
  ],
  "vpc-origin-zone-not-known": [edge, { region: "ap-northeast-1" }],
  "app-without-nginx": [app({ behindNginx: false })],
  "task-definition-ignored": [{ ...edge, service: { ignoreTaskDefinitionChanges: true } }],
};

/** Every finding that is no rule. @throws {Error} naming a code that its settings do not get */
export function otherFindings(): OtherFinding[] {
  const ofSettings = Object.entries(bySettings).map(([code, [settings, around = context]]) => {
    const found = parseSettings(settings, around).findings.find((one) => one.code === code);
    if (found === undefined) throw new Error(`${code}: its settings do not get it`);
    const keys = Object.entries(settings).map(([key, value]) => [`hopwise:${key}`, value] as const);
    const { region = "" } = around;
    return { ...found, config: { "aws:region": region, ...Object.fromEntries(keys) } };
  });
  const pack = policies.find(({ name }) => name === "not-checked-at-preview");
  return [
    ...ofSettings,
    edgeHttp2NotDeployable("@pulumi/aws 7.48.0", "customOriginConfig", false),
    {
      code: "not-checked-at-preview",
      severity: "note",
      message: pack?.description ?? "",
      change: pack?.remediationSteps ?? "",
      source: pack?.url ?? "",
    },
  ];
}

/** The codes of {@link otherFindings} that settings get. */
export const settingsCodes: readonly string[] = Object.keys(bySettings);
