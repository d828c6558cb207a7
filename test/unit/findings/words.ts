/** The sentences of a page, by language. */
import { japanese as reportInJapanese } from "../../../logs/japanese";
import { english as reportInEnglish, type ReportWords } from "../../../logs/words";
import { levelOf } from "../../../policy/levels";
import type { Severity } from "../../../rules/finding";
import type { Rule } from "../../../rules/rule";
import { japanese } from "../../../rules/japanese";
import type { OtherFinding } from "./others";

/** What is said between the texts of a rule, or of a cause in logs. */
export interface Words {
  readonly report: ReportWords;
  /** The link to the same page in the other language. */
  readonly otherLanguage: (file: string) => string;
  readonly about: (rule: Rule) => string;
  readonly holds: (rule: Rule) => string;
  readonly fix: (rule: Rule) => string;
  readonly aboutOther: (finding: OtherFinding) => string;
  readonly other: {
    /** What is so in general, and what to change: where the message has only English. */
    readonly texts: (code: string) => { readonly holds?: string; readonly fix?: string };
    readonly says?: string;
  };
  readonly aboutCause: (severity: Severity) => string;
  /** A cause's title as a sentence. */
  readonly sentence: (title: string) => string;
  readonly severalChanges: string;
  /** A change, the link to its rule if it has one, and AWS's page. */
  readonly changeItem: (change: string, rule: string | undefined, source: string) => string;
  readonly headings: Readonly<Record<"cause" | "example" | "fix" | "logs", string>>;
  readonly says: string;
  readonly noProgram: string;
  readonly refused: (code: string) => string;
  readonly example: string;
  readonly inExample: string;
  readonly inSettings: string;
  readonly source: string;
  readonly line: string;
  readonly lines: string;
}

const english: Words = {
  about: (rule) => {
    const { severity, access } = rule;
    const kind = severity === "error" ? "An error" : `A ${severity}`;
    return `${kind}${access ? " about who gets in" : ""}, ${levelOf(rule)} in the [policy pack](../policy.md). The rule:`;
  },
  holds: ({ holds }) => holds,
  fix: ({ fix }) => fix,
  report: reportInEnglish,
  otherLanguage: (file) => `[日本語](../ja/findings/${file})`,
  aboutOther: ({ severity, config }) =>
    `A ${severity}${config === undefined ? "" : " about the stack's settings"}.`,
  other: { texts: () => ({}) },
  aboutCause: (severity) =>
    `${severity === "error" ? "An error" : `A ${severity}`} in logs, found by [\`hopwise explain\`](../explain.md):`,
  sentence: (title) => `${title.charAt(0).toUpperCase()}${title.slice(1)}.`,
  severalChanges: "What to change, the most likely first:",
  changeItem: (change, rule, source) =>
    `${change} ${rule === undefined ? "" : `Rule ${rule}. `}Source: <${source}>`,
  headings: { cause: "Cause", example: "Example", fix: "Fix", logs: "In logs" },
  says: "What hopwise says of the example below:",
  noProgram: "No resource of a program shows it; the components say it of their own settings:",
  refused: (code) => `AWS refuses it: \`${code}\`.`,
  example:
    "Lines with `-` break the rule; with the lines with `+` instead, it holds. The other resources are those of [the example program](README.md#the-example-program).",
  inExample: "In the example: ",
  inSettings: "In a stack or component of hopwise: ",
  source: "Source: ",
  line: "`hopwise explain` reports this code for a line like this:",
  lines: "Answers in access logs that can come from it, as `hopwise explain` names them:",
};

export const severities = { error: "エラー", warning: "警告", note: "注意" } as const;
const levels = { mandatory: "必須", advisory: "助言" } as const;
const textsOf = ({ code }: { readonly code: string }) => {
  const texts = japanese[code];
  if (texts === undefined) throw new Error(`rules/japanese has no texts of ${code}`);
  return texts;
};

const inJapanese: Words = {
  about: (rule) =>
    `${severities[rule.severity]}${rule.access ? "（アクセスに関するルール）" : ""}。[ポリシーパック](../../policy.md)では「${levels[levelOf(rule)]}」（\`${levelOf(rule)}\`）です。ルールの内容:`,
  holds: (rule) => textsOf(rule).holds,
  fix: (rule) => textsOf(rule).fix,
  report: reportInJapanese,
  otherLanguage: (file) => `[English](../../findings/${file})`,
  aboutOther: ({ severity, config }) =>
    `${severities[severity]}${config === undefined ? "" : "（スタックの設定）"}。内容:`,
  other: {
    texts: (code) => textsOf({ code }),
    says: "hopwise の出力です。メッセージは設定の値を含み、英語で表示されます。",
  },
  aboutCause: (severity) =>
    `ログから分かる原因（${severities[severity]}）。[\`hopwise explain\`](../explain.md) が報告します。`,
  sentence: (title) => `${title}。`,
  severalChanges: "可能性の高い順に、変更する内容を示します。",
  changeItem: (change, rule, source) =>
    `${change}（${rule === undefined ? "" : `ルール: ${rule}、`}出典: <${source}>）`,
  headings: { cause: "原因", example: "例", fix: "対処", logs: "ログでの見え方" },
  says: "下の例に対する hopwise の出力です。メッセージはリソース名を含み、英語で表示されます。",
  noProgram:
    "プログラムのリソースには現れません。hopwise のコンポーネントが、設定について次のように報告します。",
  refused: (code) => `AWS は \`${code}\` で拒否します。`,
  example:
    "`-` の行はルールに違反しています。`+` の行に置き換えると、ルールを満たします。ほかのリソースは[例のプログラム](../../findings/README.md#the-example-program)と同じです。",
  inExample: "この例での変更（英語の出力）: ",
  inSettings: "hopwise のスタックまたはコンポーネントでの変更（英語の出力）: ",
  source: "出典: ",
  line: "次のような行に対して、`hopwise explain` がこのコードを報告します。",
  lines: "アクセスログでは、次の応答として現れることがあります（`hopwise explain` のコード）。",
};

export const words = { en: english, ja: inJapanese } as const;
