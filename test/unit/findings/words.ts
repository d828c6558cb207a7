/** The sentences of a rule's page, by language. */
import { japaneseTitles } from "../../../logs/causes/japanese";
import { levelOf } from "../../../policy/levels";
import type { Rule } from "../../../rules/rule";
import { japanese } from "../../../rules/japanese";

/** What is said between the texts of a rule. */
export interface Words {
  readonly about: (rule: Rule) => string;
  readonly holds: (rule: Rule) => string;
  readonly fix: (rule: Rule) => string;
  /** A cause's title. */
  readonly title: (cause: { readonly code: string; readonly title: string }) => string;
  /** Where the pages of causes are, seen from a rule's. */
  readonly causes: string;
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
  title: ({ title }) => title,
  causes: "",
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
const textsOf = ({ code }: Rule) => {
  const texts = japanese[code];
  if (texts === undefined) throw new Error(`rules/japanese has no texts of ${code}`);
  return texts;
};

const inJapanese: Words = {
  about: (rule) =>
    `${severities[rule.severity]}${rule.access ? "（アクセスに関するルール）" : ""}。[ポリシーパック](../../policy.md)では「${levels[levelOf(rule)]}」（\`${levelOf(rule)}\`）です。ルールの内容:`,
  holds: (rule) => textsOf(rule).holds,
  fix: (rule) => textsOf(rule).fix,
  title: ({ code, title }) => japaneseTitles[code] ?? title,
  causes: "../../findings/",
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
