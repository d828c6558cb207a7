/** The texts in Japanese: there is one for each in English, with the same names and values. */
import { expect } from "chai";
import { phrasesOf, type Phrases } from "../../../cli/explain/phrases";
import { causes } from "../../../logs/causes";
import { japaneseCauses } from "../../../logs/causes/japanese";
import { japanese as inJapanese } from "../../../logs/japanese";
import { japaneseLines, problemInJapanese } from "../../../logs/japaneseLines";
import { unknownLines } from "../../../logs/unknownLine";
import { english as inEnglish, type ReportWords } from "../../../logs/words";
import { rules } from "../../../rules";
import { japanese } from "../../../rules/japanese";
import { otherFindings } from "../findings/others";

/** Names and numbers, which are written alike in both languages. */
const named =
  /\b(?:aws|random)\.\w+\.\w+|\b[a-z]+[A-Z]\w*|\b[A-Z]+[a-z]+[A-Z]\w*|\b\w+_\w+\b|"[\w.:]+"|`[^`]+`|\b\d[\d,.]*\d\b/g;

/** Holds a text against its English one. */
function expectSameNames(text: string, english: string): void {
  for (const [name] of english.matchAll(named))
    expect(text, english).to.contain(name.replace(/(?<=WebSocket)s$/, ""));
}

const sentence = /[ぁ-んァ-ヶ一-龠].*[。a-zA-Z]$/;

describe("the findings in Japanese", () => {
  it("are those of every code, and of no other", () => {
    const codes = [...rules, ...otherFindings()].map(({ code }) => code);
    expect(Object.keys(japanese)).to.have.members(codes);
  });

  for (const { code, fix: english } of rules)
    it(`${code} keeps every name of the English fix, and ends like a sentence`, () => {
      const { holds = "", fix = "" } = japanese[code] ?? {};
      for (const text of [holds, fix]) expect(text).to.match(/[ぁ-ん].*。$/);
      const names = english.match(/\baws\.\w+\.\w+|\brandom\.\w+/g) ?? [];
      for (const name of names) expect(fix).to.contain(name.replace(/s$/, ""));
    });

  for (const [code, { holds, fix }] of Object.entries(japanese))
    it(`${code} has sentences`, () => {
      for (const text of [holds, fix]) expect(text).to.match(/[ぁ-ん].*。$/);
    });
});

describe("the causes in Japanese", () => {
  it("are those of every cause, and of no other", () => {
    expect(Object.keys(japaneseCauses)).to.have.members(causes.map(({ code }) => code));
  });

  for (const { code, why, advice } of causes)
    it(`${code} has a title, a reason and a change for each in English, with its names`, () => {
      const text = japaneseCauses[code];
      expect(text?.title)
        .to.match(/[ぁ-ん]/)
        .and.not.to.match(/。$/);
      expect(text?.why).to.match(sentence);
      expectSameNames(text?.why ?? "", why);
      const own = advice.flatMap((one) => ("change" in one ? [one.change] : []));
      expect(text?.changes ?? []).to.have.length(own.length);
      own.forEach((change, i) => {
        expect(text?.changes?.[i]).to.match(sentence);
        expectSameNames(text?.changes?.[i] ?? "", change);
        expect(inJapanese.change(change), "the same wherever it is advised").to.equal(
          text?.changes?.[i],
        );
      });
    });
});

describe("lines that cannot be read, in Japanese", () => {
  for (const [, kind] of unknownLines)
    it(kind, () => {
      expect(japaneseLines).to.have.property(kind);
    });

  it("keep what the system says", () => {
    expect(
      problemInJapanese("damaged gzip (unexpected end of file); what came before it counts"),
    ).to.match(/破損.*unexpected end of file/);
    expect(problemInJapanese("EISDIR: illegal operation")).to.equal("EISDIR: illegal operation");
  });
});

/** What a function is called with: a value for each of its parameters that shows in the text. */
const hints: Readonly<Record<keyof ReportWords["hints"], readonly (readonly unknown[])[]>> = {
  version: [
    ["web/73e2", ["HTTP1", "GRPC"], false],
    ["web/73e2", ["HTTP2"], true],
    ["web/73e2", [], false],
  ],
  oneRequest: [["10.0.1.17:8080", true], ["10.0.1.17:8080", false], [undefined, true], [undefined, false]], // prettier-ignore
  oneTarget: [["10.0.1.17:8080"]],
  groupsAnswer: [],
  noGroupAnswers: [],
  someGroupsSilent: [[17, 42]],
  checksFail: [["web Target.Timeout 17"]],
  otherMethodsToo: [],
  onlyPost: [],
  edgeAnswers: [],
  edgeSilent: [],
};

const zeroes = { requests: 5678, errors: 1234, notes: 0, passedOn: [], causes: [] };
const unclear = { code: "edge-detail-missing", count: 321 } as never;
const hop = (more: object) => ({
  name: "cloudfront",
  unit: "request",
  hop: { ...zeroes, ...more },
});
const group = { arn: "a", count: 1, because: "17 HTTP/2 POST", answered: 4321 };

/** The same for the phrases around a report. */
const phrases: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  percent: [[0], [0.000001], [0.1234], [1]],
  period: [
    ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"],
    ["2026-11-20T10:00:00Z", "2026-11-21T11:00:00Z"],
  ],
  steps: [60, 300, 3600, 14_400, 86_400, 604_800].map((seconds) => [
    ["2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"],
    seconds,
  ]),
  count: ["request", "connection", "line", "file"].flatMap((unit) => [
    [1, unit],
    [1234, unit],
  ]),
  headline: [
    [hop({ errors: 0 })],
    [hop({})],
    [hop({ causes: [unclear] })],
    [hop({ errors: 321, causes: [unclear] })],
    [{ ...hop({}), name: "loadBalancer" }],
    [{ ...hop({}), name: "connections", unit: "connection" }],
    [{ ...hop({ errors: 0 }), name: "connections", unit: "connection" }],
  ],
  passedOn: [["loadBalancer", "500 (17)"], ["cloudfront", "500 (17)"]], // prettier-ignore
  ofAll: [["17 x", 0.25]],
  client: ["cloudfront", "vpc", "elsewhere", "unknown", "viewer"].map((place) => ["HTTP/2", place]),
  version: [
    [{ ...group, certainty: "sure", versions: ["HTTP2"] }],
    [{ ...group, certainty: "open", versions: ["HTTP1", "GRPC"] }],
    [{ ...group, certainty: "open", versions: ["HTTP1", "HTTP2", "GRPC"], because: "" }],
    [{ ...group, certainty: "contradictory", versions: [] }],
  ],
  "read.all": [[17, 1234]],
  "read.cut": [[17]],
  "read.outside": [[17]],
  "read.healthChecks": [
    [17, 0, []],
    [17, 4, [{ name: "web", count: 3 }]],
  ],
  "read.empty": [[1], [17]],
  "read.malformed": [[17, [{ name: "JSON", count: 42 }]]],
  "read.problem": [
    [{ file: "a.log", more: 0, problem: "gone" }],
    [{ file: "a.log", more: 1234, problem: "gone" }],
  ],
  "page.bar": [["2026-11-20 10:00", ["17 x", "42 y"], 1234]],
};

/** Every text of a language: the constant ones, and what functions say of the values. */
function textsOf(
  words: object,
  values: Readonly<Record<string, readonly (readonly unknown[])[]>>,
  path = "",
): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = path + key;
    if (typeof value === "string") return [[name, value]];
    if (typeof value !== "function") return textsOf(value as object, values, `${name}.`);
    const calls = values[name] ?? expect.fail(`no values for ${name}`);
    return calls.map((given, i) => [
      `${name} ${i}`,
      (value as (...of: unknown[]) => string)(...given),
    ]);
  });
}

/** Values in a text: numbers, and what only a program writes so. */
const valuesIn = (text: string): string[] =>
  [...text.matchAll(/\d[\d,.:-]*\d|\d|\b(?:HTTP|GRPC)\d?\b/g)].map(([one]) => one).sort();

describe("sentences with values", () => {
  const around = ({ report: _, language: __, ...words }: Phrases): object => words;
  for (const [what, english, other] of [
    ["hints", textsOf(inEnglish.hints, hints), textsOf(inJapanese.hints, hints)],
    [
      "phrases",
      textsOf(around(phrasesOf("en")), phrases),
      textsOf(around(phrasesOf("ja")), phrases),
    ],
  ] as const) {
    it(`${what}: are as many in both languages`, () => {
      expect(other.map(([name]) => name)).to.deep.equal(english.map(([name]) => name));
    });
    english.forEach(([name, text], i) => {
      it(`${what}: ${name} has its values in both languages`, () => {
        const [, said = ""] = other[i] ?? [];
        // English has words for 1.
        expect([...valuesIn(text), "1"]).to.include.members(valuesIn(said));
        for (const value of new Set(valuesIn(text))) expect(said, text).to.contain(value);
      });
    });
  }

  it("say what was seen of a target group", () => {
    const seen = [
      { spoke: "HTTP/1", post: false, taken: false, count: 17 },
      { spoke: "HTTP/2", post: true, taken: true, count: 1 },
      { spoke: "gRPC", post: true, taken: true, count: 42 },
    ] as const;
    expect(inJapanese.seen(seen)).to.equal(
      "HTTP/1.1 の POST 以外 17 件は 464、HTTP/2 の POST 1 件はターゲットが応答、gRPC 42 件はターゲットが応答",
    );
    expect(inJapanese.seen([])).to.equal("ログからは絞り込めません");
  });
});
