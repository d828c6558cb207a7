/** What `hopwise explain` says around the texts of a report, in Japanese. */
import type { Ranked } from "../../logs/counter";
import type { CauseGroup } from "../../logs/report";
import type { Phrases, Unit } from "./phrases";
import {
  durationOf,
  formatNumber,
  percentOf,
  periodOf,
  unclearErrors,
  type NamedHop,
} from "./words";

const percent = (share: number): string => `${percentOf(share)}%`;
const period = (first: string, last: string): string => `${periodOf(first, last).join(" ～ ")} UTC`;
const n = formatNumber;

function count(number: number, unit: Unit): string {
  switch (unit) {
    case "request":
      return `リクエスト ${n(number)} 件`;
    case "connection":
      return `接続 ${n(number)} 件`;
    case "line":
      return `${n(number)} 行`;
    case "file":
      return `${n(number)} ファイル`;
  }
}

function headline({ name, unit, hop }: NamedHop): string {
  const { requests, errors } = hop;
  const some = `${n(errors)} 件（${percent(errors / requests)}）`;
  if (unit === "connection") {
    const all = `ロードバランサーへの接続 ${n(requests)} 件のうち`;
    return errors === 0 ? `${all}、失敗したものはありません。` : `${all} ${some}が失敗しました。`;
  }
  const who = name === "cloudfront" ? "CloudFront" : "ロードバランサー";
  const self = name === "cloudfront" ? `${who} 自身` : `${who}自身`;
  const all = `リクエスト ${n(requests)} 件のうち`;
  if (errors === 0) return `${all}、${self}のエラーになったものはありません。`;
  const unclear = unclearErrors(hop);
  if (unclear === 0) return `${all} ${some}に、${self}がエラーを返しました。`;
  const which = unclear === errors ? "" : `${n(unclear)} 件については、`;
  return `${all} ${some}に、${who} またはオリジンがエラーを返しました。${which}どちらのエラーかはログからは分かりません。`;
}

const ranked = (kinds: readonly Ranked[]): string =>
  kinds.map((kind) => `${kind.name}: ${n(kind.count)} 行`).join("、");

function version({ versions, certainty, because, answered }: CauseGroup): string {
  const known =
    certainty === "sure"
      ? `バージョンは ${versions.join("")}（確定: ${because}）`
      : certainty === "contradictory"
        ? `すべてに当てはまるバージョンはありません（${because}）`
        : versions.length === 3
          ? "バージョンは特定できません"
          : `バージョンは ${versions.join(" または ")}（${because}）`;
  const answers =
    answered === 0
      ? "ターゲットが応答したリクエストはありません"
      : `ターゲットが応答したリクエストは ${n(answered)} 件です`;
  return `${known}。${answers}。`;
}

const places: Readonly<Record<string, string>> = {
  cloudfront: "CloudFront から",
  vpc: "プライベートアドレスから",
  elsewhere: "インターネットから",
  unknown: "行にないアドレスから",
  viewer: "ビューワーから",
};

export const japanesePhrases: Omit<Phrases, "report"> = {
  language: "ja",
  percent,
  period,
  steps: (ends, seconds) => {
    const [number, unit] = durationOf(seconds);
    const step = `${number} ${{ day: "日", hour: "時間", minute: "分" }[unit]}`;
    return `${period(...ends)}、${step}ごとのエラー数`;
  },
  count,
  headline,
  passedOn: (name, statuses) =>
    `${name === "cloudfront" ? "オリジン" : "ターゲット"}が返し、転送されたエラー: ${statuses}`,
  whatToChange: "変更する内容",
  details: "詳細",
  labels: {
    why: "原因",
    when: "期間",
    clients: "クライアント",
    agents: "User-Agent",
    groups: "グループ",
    targets: "ターゲット",
    paths: "パス",
    reasons: "理由",
    example: "例",
  },
  others: "その他",
  ofAll: (number, share) => `${number}、全体の ${percent(share)}`,
  client: (protocol, place) =>
    `${places[place] ?? place} ${protocol === "?" ? "不明なプロトコル" : protocol}`,
  version,
  read: {
    all: (files, lines) => `読み取り: ${count(files, "file")}、${count(lines, "line")}`,
    cut: (lines) => `途中で切れていて、その前までを読み取った行: ${count(lines, "line")}`,
    outside: (requests) => `指定した期間の外、または時刻がないもの: ${count(requests, "request")}`,
    healthChecks: (lines, failed, kinds) =>
      `ヘルスチェック: ${count(lines, "line")}、${failed === 0 ? "失敗なし" : `失敗 ${n(failed)} 行（${ranked(kinds)}）`}`,
    empty: () => "ファイルは空です。",
    noRequest: "リクエストは 1 件もありません。",
    malformed: (lines, kinds) => `読み取れなかった行: ${count(lines, "line")}（${ranked(kinds)}）`,
    problem: ({ file, more, problem }) =>
      `${file}${more === 0 ? "" : `、ほか ${n(more)} ファイル`}: ${problem}`,
    readable:
      "リクエストのログとして読み取れるものがありませんでした。hopwise explain は、Application Load Balancer のアクセスログ、接続ログ、ヘルスチェックログと、CloudFront の標準ログとリアルタイムログを読み取ります。形式は docs/ja/explain.md にあります。",
  },
  page: {
    name: "日本語",
    title: "ログのエラー",
    first: "最初に変更する内容",
    picture: "原因ごとのエラー数の推移",
    noRequests: "これらのログにリクエストはありません",
    bar: (time, causes, requests) =>
      `${time} UTC: ${causes.join("、")}（${count(requests, "request")}のうち）`,
    languages: "言語",
    targetGroups: "ターゲットグループ",
    logs: {
      loadBalancer: "ロードバランサー",
      cloudfront: "CloudFront",
      connections: "ロードバランサーへの接続",
    },
    rule: "ルール",
    source: "AWS の文書",
  },
};
