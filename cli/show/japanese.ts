/** The words around findings in Japanese, by the English ones. */

export const words: Readonly<Record<string, string>> = {
  // Headings.
  "Path: {title}": "パス: {title}",
  "Path {number} of {all}: {title}": "パス {number} / {all}: {title}",
  "The path of {what}": "{what} のパス",
  Findings: "検出結果",
  "Further findings": "その他の検出結果",
  "Accepted in the policy pack's configuration": "ポリシーパックの設定で許容済み",
  "Not checked": "未検査",
  "Not known here": "ここでは不明",
  "Known in part": "一部だけ判明",
  "Answered without a container": "コンテナを使わない応答",
  "Called without a load balancer": "ロードバランサーを経由しない接続",
  "No path": "パスなし",
  "No path is known": "判明したパスなし",
  Deployments: "デプロイ",
  "Number of tasks": "タスク数",
  Assumptions: "仮定",
  "Inbound access": "インバウンドのアクセス",
  "Outbound access": "アウトバウンドのアクセス",
  "Resources: {count}": "リソース: {count} 個",
  "Fixed cost per month, without any use": "1 か月の固定費用（使用量を除く）",
  "The program warns": "プログラムの警告",
  "Differences from AWS": "AWS との違い",
  "Try it from another terminal": "別のターミナルからの呼び出し方",
  "Serving {url}": "{url} で動作中",
  Requests: "リクエスト",
  // Hops.
  viewers: "ビューワー",
  viewer: "ビューワー",
  "load balancer": "ロードバランサー",
  "the load balancer": "ロードバランサー",
  container: "コンテナ",
  app: "アプリ",
  targets: "ターゲット",
  function: "関数",
  instance: "インスタンス",
  instances: "インスタンス",
  plain: "平文",
  invoked: "呼び出し",
  anyone: "誰でも",
  "anyone in the VPC's networks": "VPC のネットワーク内なら誰でも",
  nobody: "なし",
  "only its own task": "自身のタスクのみ",
  "not known": "不明",
  "others not known": "ほかは不明",
  "from {sources}": "接続元: {sources}",
  "Broken: {why}.": "接続できません: {why}",
  "Broken, {status}: {why}.": "{status} になります: {why}",
  // Requests.
  "bypassing CloudFront": "CloudFront を迂回",
  "other distributions": "ほかのディストリビューション",
  "not admitted": "許可されません",
  refused: "拒否されます",
  "HTTP without TLS": "TLS なしの HTTP",
  "a viewer": "ビューワー",
  "a WebSocket": "WebSocket",
  "a viewer in any other country": "ほかの国のビューワー",
  "viewer in any other country": "ほかの国のビューワー",
  "a viewer who is let through": "許可されたビューワー",
  "viewer who is let through": "許可されたビューワー",
  "a viewer without a client certificate": "クライアント証明書のないビューワー",
  "viewer without a client certificate": "クライアント証明書のないビューワー",
  "without TLS": "TLS なし",
  "called directly": "直接呼び出し",
  "from CloudFront": "CloudFront から",
  "without the header": "ヘッダーなし",
  "another CloudFront distribution": "別のディストリビューション",
  "the site is reachable": "サイトへの到達",
  "nothing listens there": "待ち受けなし",
  "what the container received": "コンテナが受け取った内容",
  "protocol chosen in TLS (ALPN)": "TLS で選ばれたプロトコル（ALPN）",
  certificate: "証明書",
  "days until the certificate expires": "証明書の有効期限までの日数",
  accepted: "受け付けられます",
  "not checked": "未検査",
  "no connection": "接続なし",
  "a response": "応答",
  "a response from the container": "コンテナの応答",
  "a redirect to HTTPS": "HTTPS へのリダイレクト",
  "a gRPC status": "gRPC のステータス",
  unknown: "不明",
  "expected: {expected}": "期待値: {expected}",
  ", compared with the stack {stack}": "、スタック {stack} と比較",
  ", ": "、",
  "{n} warnings": "警告 {n} 件",
  "{n} warning": "警告 {n} 件",
  "{n} skipped": "省略 {n} 件",
  "{n} check": "検査 {n} 件",
  "{n} checks": "検査 {n} 件",
  "All checks passed ({spent}).": "すべての検査に合格しました（{spent}）。",
  "{failed} of {all} failed ({spent}).": "{all}のうち {failed} 件が不合格でした（{spent}）。",
  // Summaries.
  assumed: "仮定",
  protected: "削除から保護",
  "open to all": "誰でも接続可能",
  resources: "リソース",
  "fixed cost": "固定費用",
  " And {count} more: --all.": " ほか {count} 件は --all で表示します。",
  nothing: "なし",
  "nothing that is known": "分かる範囲ではなし",
  "unknown without a region: set aws:region or AWS_REGION":
    "リージョンがないため不明（aws:region または AWS_REGION を設定してください）",
  "unknown for this region": "このリージョンでは不明",
  "USD {money} a month without any use (prices of {date})":
    "1 か月 {money} USD（使用量を除く。{date} の価格）",
  "USD {money} a month by the number of tasks, without other use (prices of {date})":
    "タスク数により 1 か月 {money} USD（その他の使用量を除く。{date} の価格）",
  "{errors}{also}.": "{errors}{also}。",
  "{n} error": "エラー {n} 件",
  "{n} errors": "エラー {n} 件",
  ", {n} warning": "、警告 {n} 件",
  ", {n} warnings": "、警告 {n} 件",
  ", {n} accepted": "、許容済み {n} 件",
  "; AWS refuses it: {code}": "、AWS による拒否: {code}",
  "Also: {places}.": "ほかの場所: {places}",
  "On the same path, behind {code}.": "{code} と同じパスの、さらに奥にあります。",
  "More about a code: hopwise finding CODE": "コードの詳細: hopwise finding CODE",
  "No errors{also}.": "エラーはありません{also}。",
  "No path to check. No errors in the resources{also}.":
    "検査するパスはありません。リソースにエラーはありません{also}。",
  "Not everything that decides a path is known. No errors in what is known{also}.":
    "パスを決めるもののうち、一部が不明です。分かる範囲にエラーはありません{also}。",
  "{n} request": "リクエスト {n} 件",
  "{n} requests": "リクエスト {n} 件",
  "All {all} got what the path's rules say.": "{all}すべてが、パスのルールどおりの結果でした。",
  "The request got what the path's rules say.": "リクエストは、パスのルールどおりの結果でした。",
  "{bad} of {all} got something else.": "{all}のうち {bad} 件が、異なる結果でした。",
};

/** Titles of requests that hold a value. */
const titles: readonly (readonly [RegExp, string])[] = [
  [/^(?:a )?viewer in ([A-Z]{2})$/, "$1 のビューワー"],
  [/^plain HTTP to port (\d+)$/, "ポート $1 への平文の HTTP"],
];

/** A text in Japanese; as it is where there is none. */
export function wordsInJapanese(text: string): string {
  const [title, japanese] = titles.find(([one]) => one.test(text)) ?? [];
  return words[text] ?? (title === undefined ? text : text.replace(title, japanese ?? text));
}

/** The end of a hop: its kind in Japanese, its name as it is. */
export function nodeInJapanese(name: string): string {
  const [, container, of] = /^container (.+?)(?: of (.+))?$/.exec(name) ?? [];
  if (container !== undefined)
    return of === undefined ? `コンテナ ${container}` : `コンテナ ${container}（${of}）`;
  const [, kind = "", rest = ""] =
    /^(load balancer|viewers?|targets|function|instances?)\b(.*)$/.exec(name) ?? [];
  return kind === "" ? wordsInJapanese(name) : `${wordsInJapanese(kind)}${rest}`;
}
