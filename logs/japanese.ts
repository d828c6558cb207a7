/** A report in Japanese. */
import { japanese as rules } from "../rules/japanese";
import { causes } from "./causes";
import { japaneseCauses } from "./causes/japanese";
import { problemInJapanese } from "./japaneseLines";
import { protocolNames, type ReportWords } from "./words";

/** The texts of advice that is no rule's fix, by the English ones. */
const changes = new Map(
  causes.flatMap(({ code, advice }) => {
    const own = advice.flatMap((one) => ("change" in one ? [one.change] : []));
    const texts = japaneseCauses[code]?.changes ?? [];
    return own.map((change, i) => [change, texts[i] ?? change] as const);
  }),
);

export const japanese: ReportWords = {
  cause: (cause) => japaneseCauses[cause.code] ?? cause,
  fix: ({ code, fix }) => rules[code]?.fix ?? fix,
  change: (change) => changes.get(change) ?? change,
  problem: problemInJapanese,
  seen: (requests) =>
    requests.length === 0
      ? "ログからは絞り込めません"
      : requests
          .map(({ spoke, post, taken, count }) => {
            const method = spoke === "gRPC" ? "" : post ? " の POST" : " の POST 以外";
            return `${protocolNames[spoke]}${method} ${count} 件は${taken ? "ターゲットが応答" : " 464"}`;
          })
          .join("、"),
  hints: {
    version: (group, versions, sure) =>
      versions.length === 0
        ? `ターゲットグループ ${group} のバージョンは特定できません。`
        : `ターゲットグループ ${group} のバージョンは ${versions.join(" または ")} です${sure ? "（確定）" : ""}。`,
    oneRequest: (target, answering) => {
      const to = target === undefined ? "" : `ターゲット ${target} への `;
      return answering
        ? `${to}1 件だけです。ターゲットグループは、ほかのリクエストには応答しています。`
        : `${to}1 件だけです。ほかのリクエストに応答しているかどうかは、ログからは分かりません。`;
    },
    oneTarget: (target) =>
      `すべて 1 つのターゲット（${target}）へのもので、ターゲットグループはほかのリクエストに応答しています。このターゲットは停止中か、すでに存在しないか、過負荷です。`,
    groupsAnswer:
      "同じターゲットグループが、ほかのリクエストには応答しています。まずタイムアウトとデプロイを確認してください。",
    noGroupAnswers:
      "ターゲットグループは、どのリクエストにも応答していません。まずポート、プロトコル、TLS を、次にタイムアウトを確認してください。",
    someGroupsSilent: (silent, all) =>
      `${all} 個のターゲットグループのうち ${silent} 個は、どのリクエストにも応答していません。まず、そのポート、プロトコル、TLS を確認してください。`,
    checksFail: (check) => `同じ時間帯に、ヘルスチェックも失敗しています。最も多いもの: ${check}`,
    otherMethodsToo:
      "ほかのメソッドも 464 になっています。原因はターゲットグループのバージョンです。",
    onlyPost: "464 になったのは POST だけです。おそらく gRPC です。",
    edgeAnswers:
      "このログには応答のあったリクエストもあります。キャッシュからの応答でなければ、オリジンには到達できています。",
    edgeSilent: "このログには応答のあったリクエストがありません。まず接続を確認してください。",
  },
};
