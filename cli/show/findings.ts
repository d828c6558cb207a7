import type { ProgramFinding, ResourcePlace } from "../findings";
import type { Position } from "../../topology/resource";
import { bySeverity, type Finding, type Severity } from "../../rules/finding";
import type { Screen, Style } from "../screen";
import { wrap } from "../text";

/** How each severity looks. */
const look: Record<Severity, { sign: "bad" | "warn" | "note"; style: Style }> = {
  error: { sign: "bad", style: "red" },
  warning: { sign: "warn", style: "yellow" },
  note: { sign: "note", style: "cyan" },
};

/** The words for a severity; in Japanese, those of docs/ja/findings. */
const severityNames = {
  en: { error: "error", warning: "warning", note: "note", access: " (access)" },
  ja: { error: "エラー", warning: "警告", note: "注意", access: "（アクセス）" },
} as const;

/** What a rule says in the screen's language; undefined in English, and for a code without a translation. */
export function translated(
  code: string | undefined,
  { language }: Screen,
): { readonly holds: string; readonly fix: string } | undefined {
  if (language !== "ja" || code === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazily: most do not read Japanese
  const { japanese } = require("../../rules/japanese") as typeof import("../../rules/japanese");
  return japanese[code];
}

/** `aws:ecs/service:Service` as `ecs Service`. */
export function shortType(token: string): string {
  const [packageName = "", module = "", type = ""] = token.split(":");
  const group = module.split("/")[0] ?? "";
  return [packageName === "aws" ? group : packageName, type].join(" ");
}

/** `index.ts:56 lb TargetGroup nginx`; empty for no resource. */
export function placeText({ resource, position = resource?.position }: Located): string {
  const where = position && `${position.file}:${position.line}`;
  return [where, resource && shortType(resource.type), resource?.name].filter(Boolean).join(" ");
}

/** Something with a place in the program. */
interface Located {
  readonly resource?: ResourcePlace;
  /** @default the resource's */
  readonly position?: Position;
}

/** Findings, worst first, each with its place, what to change and its source. */
export function findingLines(
  findings: readonly (Finding & Partial<ProgramFinding>)[],
  screen: Screen,
): string[] {
  return [...findings]
    .sort(bySeverity)
    .flatMap((finding) => problemLines(finding, screen, { change: true, source: true }));
}

/** A problem or a note, as it is shown. */
export interface ShownProblem {
  readonly code?: string;
  /** @default "error" */
  readonly severity?: Severity;
  readonly access?: true;
  readonly message: string;
  readonly change?: string;
  readonly source?: string;
  readonly resource?: ResourcePlace;
  readonly position?: Position;
}

/** One problem: severity, code and place, what happens, what to change, the source. */
export function problemLines(
  problem: ShownProblem,
  screen: Screen,
  shown: { readonly change: boolean; readonly source: boolean; readonly also?: string },
): string[] {
  const { severity = "error", message, change, source } = problem;
  const { sign, style } = look[severity];
  const names = severityNames[screen.language];
  const texts = translated(problem.code, screen);
  const access = problem.access ? names.access : "";
  const place = placeText(problem);
  const head = screen.style(style, `${screen.signs[sign]} ${names[severity]}${access}`);
  const title = `  ${head}  ${screen.style("bold", problem.code ?? "refused")}`;
  const { arrow } = screen.signs;
  const body = (text: string): string[] =>
    wrap(text, screen.width - 4).map((line) => `    ${line}`);
  return [
    place === "" ? title : `${title}  ${screen.style("dim", place)}`,
    // In Japanese the rule's own texts come first: the message has the names of the resources.
    ...body(texts?.holds ?? ""),
    ...message.split("\n").flatMap((text) => body(text)),
    ...(shown.change ? [texts?.fix ?? "", change ?? ""] : [])
      .flatMap((text) => wrap(text, screen.width - 6))
      .map((line, i) => `    ${i === 0 ? arrow : " ".repeat(arrow.length)} ${line}`),
    ...(shown.also === undefined ? [] : body(shown.also)),
    ...(shown.source && source !== undefined ? [`    ${screen.style("dim", source)}`] : []),
  ];
}
