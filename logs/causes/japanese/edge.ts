/** Errors in CloudFront's logs, in Japanese. */
import type { JapaneseCauses } from ".";

const fallsBack =
  "CloudFront は、ビューワーのプロトコルにかかわらず、オリジンの設定で HTTP/2 を指定しない限り HTTP/1.1 で接続します。指定していても、HTTP/2 をネゴシエートできなければ、エラーにせず HTTP/1.1 に切り替えます。";
const passedOn = "CloudFront は 464 をそのまま転送します。";

export const edge: JapaneseCauses = {
  "edge-464-grpc": {
    title: "ロードバランサーが gRPC を拒否しました",
    why: "ビューワーは gRPC を使いましたが、ロードバランサーのターゲットグループのバージョンが HTTP1 であるか、CloudFront が HTTP/1.1 で転送しました。",
    changes: [
      'gRPC は、protocolVersion が "GRPC" または "HTTP2" の aws.lb.TargetGroup に転送してください。CloudFront では、ビヘイビアの grpcConfig: { enabled: true } と POST の許可、ビューワーへの HTTP/2、オリジンへの HTTPS という条件をすべて満たしてください。',
    ],
  },
  "edge-464-post": {
    title: "ロードバランサーが CloudFront からの POST を拒否しました",
    why: `POST の内容が gRPC で、gRPC が無効なビヘイビアが HTTP/1.1 で転送したか、ロードバランサーのターゲットグループが HTTP/1.1 を受け付けません（バージョン HTTP2 または GRPC）。${passedOn}`,
  },
  "edge-464-http1": {
    title: "ロードバランサーが CloudFront からの HTTP/1.1 を拒否しました",
    why: `ロードバランサーのターゲットグループのバージョンが HTTP2 または GRPC です。${fallsBack}${passedOn}`,
  },
  "edge-load-balancer-status": {
    title: "ロードバランサーのステータスが転送されました",
    why: "このステータスを返すのはロードバランサーだけです。理由はロードバランサーのアクセスログにあります。",
    changes: ["その時刻のロードバランサーのアクセスログに `hopwise explain` を実行してください。"],
  },
  "edge-viewer-gone": {
    title: "応答の前にビューワーが接続を閉じました",
    why: "CloudFront が応答する前に、ビューワーが接続を閉じました。",
    changes: ["変更は不要です。件数が多い場合は `time-taken` を確認してください。"],
  },
  "edge-web-acl-challenge": {
    title: "ウェブ ACL のチャレンジと思われます",
    why: "エラーの種類を伴う 202 は、AWS WAF のウェブ ACL の Challenge アクションが返すものです。",
    changes: ["ウェブ ACL でこれらのビューワーを検証する意図であれば、変更は不要です。"],
  },
  "edge-web-acl-or-origin": {
    title: "ウェブ ACL またはオリジンが拒否しました",
    why: "どちらの応答かは、ログからは分かりません。ウェブ ACL はブロックするときに 403 を、CAPTCHA を要求するときに 405 を返しますが、オリジンも同じステータスを返すことがあります。",
    changes: [
      "ウェブ ACL のログで、これらのリクエストを探してください。見つからないものは、オリジンの応答です。",
    ],
  },
  "edge-origin-unreachable": {
    title: "CloudFront がオリジンに接続できません",
    why: "TCP 接続または TLS ハンドシェイクに失敗しました。CloudFront を許可しないセキュリティグループ、リスナーのないポート、オリジンのドメイン名を含まない証明書が考えられます。",
  },
  "edge-origin-dns": {
    title: "オリジンの名前を解決できません",
    why: "DNS は、オリジンのドメイン名のアドレスを CloudFront に返しませんでした。",
    changes: [
      "オリジンの domainName を、ロードバランサーの dnsName、またはそれを指すレコードと比べてください。",
    ],
  },
  "edge-origin-slow": {
    title: "オリジンの応答に時間がかかりすぎました",
    why: "CloudFront は接続できていましたが（オリジンから最初のバイトが届いたか、3 回の接続試行より長くかかっています）、オリジンの読み取りタイムアウト（デフォルトでは 30 秒）またはロードバランサーのアイドルタイムアウト（60 秒）までに応答がありませんでした。",
    changes: [
      "何に時間がかかっているかを調べてください。時間がかかってもよい処理であれば、オリジンの originReadTimeout と、aws.lb.LoadBalancer の idleTimeout を大きくしてください。",
    ],
  },
  "edge-origin-timeout": {
    title: "時間内にオリジンに接続できないか、応答がありませんでした",
    why: "OriginCommError は、接続中または読み取り中のタイムアウトです。デフォルトでは、CloudFront は 10 秒ずつ 3 回まで接続を試みます（`time-taken` は 10、20、30 秒）。読み取りタイムアウトもデフォルトでは 30 秒です。",
    changes: [
      "このオリジンへのほかのリクエストに応答がある場合は、何に時間がかかっているかを調べてください。時間がかかってもよい処理であれば、オリジンの originReadTimeout を大きくしてください。",
    ],
  },
  "edge-origin-broke-off": {
    title: "オリジンとの接続が途中で切れました",
    why: "リクエストまたは応答の途中で、オリジンが接続を閉じました。",
    changes: [
      "その時刻のロードバランサーのアクセスログで、接続を閉じたのがターゲット（502）かロードバランサーかを確認してください。",
    ],
  },
  "edge-origin-invalid": {
    title: "CloudFront がオリジンの応答を使えませんでした",
    why: "応答の形式が正しくない、ヘッダーが大きすぎる、Content-Length が Content-Range と合わない、のいずれかです。",
    changes: [
      "オリジンをご自身で呼び出し、ヘッダーを確認してください。Cookie と、範囲を指定したリクエストでは Content-Length と Content-Range を確認します。",
    ],
  },
  "edge-viewer-slow": {
    title: "ビューワーの読み取りが遅すぎました",
    why: "ビューワーが読み取らなかったため、CloudFront はオリジンから届いた内容を送れず、オリジンとの接続がエラーで終わりました。",
    changes: ["変更は不要です。件数が多い場合は、応答の大きさを確認してください。"],
  },
  "edge-geo-blocked": {
    title: "ビューワーの国には配信していません",
    why: "ディストリビューションの地理的制限が、ビューワーを拒否しました。",
    changes: [
      "これらのビューワーにも配信する場合は、aws.cloudfront.Distribution の restrictions.geoRestriction を確認してください。",
    ],
  },
  "edge-function": {
    title: "CloudFront Functions の関数が失敗しました",
    why: "関数が例外を投げた、スロットリングされた、CloudFront が使えない値を返した、のいずれかです。",
    changes: [
      "CloudWatch（us-east-1）で関数のログを確認し、例のイベントで関数をテストしてください。",
    ],
  },
  "edge-lambda-function": {
    title: "Lambda@Edge の関数が失敗しました",
    why: "関数が例外を投げた、スロットリングされた、時間がかかりすぎた、CloudFront が使えない値を返した、のいずれかです。",
    changes: ["ビューワーに近いリージョンの CloudWatch で、関数のログを確認してください。"],
  },
  "edge-invalid-request": {
    title: "CloudFront が受け付けられないリクエストです",
    why: "形式が正しくない、大きすぎる、ブロックされた、許可されていないメソッドまたは本文である、のいずれかです。",
    changes: [
      "例にあるビューワーを確認してください。インターネットのスキャナーは、このようなリクエストを常に送っています。",
    ],
  },
  "edge-viewer-broke-off": {
    title: "ビューワーが接続を切断しました",
    why: "リクエストまたは応答の途中で、ビューワーとの接続が終わりました。",
    changes: ["変更は不要です。件数が多い場合は、`time-taken` と応答の大きさを確認してください。"],
  },
  "edge-cloudfront-failed": {
    title: "CloudFront の障害、または制限の超過です",
    why: "CloudFront 自身がエラーを返しました。",
    changes: [
      "トラフィックを CloudFront のクォータと比べてください。続く場合は、リクエスト ID を添えて AWS に問い合わせてください。",
    ],
  },
  "edge-url-too-long": {
    title: "URL またはヘッダーが CloudFront の制限を超えています",
    why: "URL は 8,192 バイト、リクエスト全体は 32,768 バイトまでです。",
    changes: ["クエリまたは Cookie の内容を本文で送ってください。"],
  },
  "edge-unknown-result": {
    title: "CloudFront とオリジンのどちらのエラーか、結果の種類が未知のため分かりません",
    why: "x-edge-detailed-result-type の値が、hopwise の知らないもの（AWS が後から追加したものなど）です。そのため、CloudFront とオリジンのどちらのエラーか分かりません。",
    changes: [
      "結果の種類についての AWS の一覧で、その値（reasons にあります）を確認してください。",
    ],
  },
  "edge-detail-missing": {
    title: "CloudFront とオリジンのどちらのエラーか、ログからは分かりません",
    why: "CloudFront とオリジンのどちらのエラーかは x-edge-detailed-result-type フィールドだけで分かりますが、このログにはありません。",
    changes: [
      "ログのフィールドに x-edge-detailed-result-type を追加してください（aws.cloudwatch.LogDelivery の recordFields）。レガシーのログには、2019 年 12 月から含まれています。",
    ],
  },
};
