/** The load balancer's own features in Japanese: the web ACL, sign-in, tokens, and internal errors. */
import type { JapaneseCauses } from ".";

const logOfWebAcl =
  "ウェブ ACL のログまたはサンプリングされたリクエストで、どのルールに一致したかを確認してください。調査中も通すには、ルールのアクションを Count にします。";
const reachJwks =
  "ロードバランサーのセキュリティグループで、JWKS エンドポイントへの HTTPS（ポート 443 へのアウトバウンド）を許可してください。";

export const identity: JapaneseCauses = {
  "403-web-acl": {
    title: "ウェブ ACL がブロックしました",
    why: "このロードバランサーに関連付けられた AWS WAF のウェブ ACL のルールが、リクエストをブロックしました。",
    changes: [logOfWebAcl],
  },
  "405-web-acl-captcha": {
    title: "ウェブ ACL が CAPTCHA を要求しました",
    why: "AWS WAF のウェブ ACL にアクションが CAPTCHA のルールがあり、リクエストに有効なトークンがありませんでした。応答は 405 で、パズルを含みます。",
    changes: [
      "送信元がブラウザーではない場合（API、監視など）は、CAPTCHA のルールからそのパスを除外してください。",
    ],
  },
  "web-acl-custom-response": {
    title: "ウェブ ACL がカスタムレスポンスのステータスを返しました",
    why: "actions_executed が `waf` で終わっています。AWS WAF のウェブ ACL がリクエストをブロックし、ルールが 403 の代わりにこのステータスを返しました。",
    changes: [logOfWebAcl],
  },
  "500-web-acl-unreachable": {
    title: "ウェブ ACL に問い合わせできませんでした",
    why: "AWS WAF から応答がありませんでした。詳細は error_reason にあります。",
    changes: [
      "AWS WAF の障害中は、復旧を待つほかありません。フィルタリングより応答を優先する場合は、aws.lb.LoadBalancer に enableWafFailOpen を設定してください。",
    ],
  },
  "401-token-refused": {
    title: "トークンが拒否されました",
    why: "ルールは JWT を検証します。リクエストのトークンがない、期限切れ、発行者が異なる、必要なクレームがない、のいずれかです。どれかは error_reason で分かります。",
    changes: [
      "ルールの jwtValidation アクションの発行者とクレームを、クライアントのトークンと比べてください。",
    ],
  },
  "401-sign-in-refused": {
    title: "サインインに失敗しました",
    why: "ルールはユーザーを認証します。このユーザーは拒否されたか、時間がかかりすぎたか、サインインに必要なものがありませんでした。どれかは error_reason で分かります。",
    changes: [
      "ルールの authenticateOidc または authenticateCognito を、ID プロバイダーに登録したクライアントと比べてください。",
    ],
  },
  "500-sign-in-endpoint-refused": {
    title: "ID プロバイダーのエンドポイントがエラーを返しました",
    why: "トークンエンドポイントまたはユーザー情報エンドポイントには接続できましたが、応答が 2xx ではありませんでした。",
    changes: [
      "ルールの authenticateOidc の clientId、clientSecret、エンドポイントを、ID プロバイダーのクライアントと比べてください。拒否の理由は ID プロバイダーのログにあります。",
    ],
  },
  "500-sign-in-claims-too-large": {
    title: "ID プロバイダーが返したクレームが大きすぎます",
    why: "ユーザー情報エンドポイントが返したクレームが 11 KB を超えています。",
    changes: [
      "ルールの authenticateOidc で要求するスコープを減らすか、ID プロバイダーが返すクレーム（多くはグループ）を減らしてください。",
    ],
  },
  "500-sign-in-endpoint": {
    title: "ID プロバイダーに到達できませんでした",
    why: "トークンエンドポイントまたはユーザー情報エンドポイントに 5 秒以内に到達できなかったか、応答がありませんでした。",
    changes: [
      "ロードバランサーのセキュリティグループで、ID プロバイダーへの HTTPS（ポート 443 へのアウトバウンド）を許可してください。プライベートな ID プロバイダーの名前は、VPC の DNS で解決できるようにしてください。",
    ],
  },
  "500-sign-in": {
    title: "サインインを完了できませんでした",
    why: "ロードバランサーが認証アクションを完了できませんでした。理由は error_reason にあります。",
    changes: [
      "ルールの authenticateOidc または authenticateCognito を、ID プロバイダーの設定と比べてください。続く場合は、トレース ID を添えて AWS に問い合わせてください。",
    ],
  },
  "500-token-keys": {
    title: "トークンの鍵を読み取れませんでした",
    why: "JWKS エンドポイントに 5 秒以内に到達できなかったか、鍵が 10 個または 150 KB を超えています。どれかは error_reason で分かります。",
    changes: [reachJwks],
  },
  "500-target-group-choice": {
    title: "加重ターゲットグループを選択できませんでした",
    why: "ターゲットグループのスティッキーセッションの Cookie（AWSALBTG）が無効か、グループの選択に失敗しました。",
    changes: [
      "クライアントが Cookie AWSALBTG を URL エンコードせず、受け取ったとおりに送り返すようにしてください。それ以外の場合は AWS に問い合わせてください。",
    ],
  },
  "500-load-balancer": {
    title: "ロードバランサーで障害が発生しました",
    why: "ロードバランサーがリクエストを処理できませんでした。error_reason は例の行にあります。",
    changes: ["続く場合は、トレース ID を添えて AWS に問い合わせてください。"],
  },
  "561-identity-provider": {
    title: "ID プロバイダーがサインインにエラーを返しました",
    why: "ロードバランサーによるユーザーの認証要求を、ID プロバイダーが拒否しました。理由は error_reason で分かります。",
    changes: [
      "authenticateOidc の clientId、clientSecret、scope、エンドポイントを、ID プロバイダーの設定と比べてください。",
    ],
  },
  "562-token-keys-timeout": {
    title: "トークンの鍵の取得がタイムアウトしました",
    why: "JWKS エンドポイントに到達できなかったか、時間内に応答がありませんでした。",
    changes: [reachJwks],
  },
  "562-token-keys": {
    title: "トークンの鍵の取得に失敗しました",
    why: "JWKS エンドポイントがエラーを返しました。",
    changes: ["ルールの jwksEndpoint をご自身で呼び出してください。200 と鍵が返る必要があります。"],
  },
};
