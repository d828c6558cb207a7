/** Answers of the load balancer itself, in Japanese: fixed responses, 464, and what the client did. */
import type { JapaneseCauses } from ".";

const http1Client =
  "バージョンが HTTP2 または GRPC のターゲットグループでは、HTTP/1.1 のリクエストは 464 になります。ロードバランサーは HTTP/1.1 を HTTP/2 に変換しません。古いクライアント、監視、クローラー、WebSocket、プロキシは HTTP/1.1 を使います。";
const grpcOverHttp1 =
  "ターゲットグループのバージョンは HTTP1 で、gRPC 以外の HTTP/1.1 はすべて受け付けます。この POST の Content-Type は gRPC のものでした。";

export const alb: JapaneseCauses = {
  "fixed-response": {
    title: "リスナーのルールが固定レスポンスを返しました",
    why: "一致したルールまたはデフォルトアクションは、固定レスポンスを返すものです。CloudFront とロードバランサーの間で秘密のヘッダーを使っている場合、ヘッダーのないリクエストへの 403 がこれに当たります。",
    changes: ["これらのリクエストを拒否する意図であれば、変更は不要です。"],
  },
  "undocumented-status": {
    title: "AWS の文書にないロードバランサーのステータスです",
    why: "ターゲットは応答しておらず（target_status_code が `-`）、ロードバランサーが返すステータスを説明する AWS のページにも、このステータスはありません。",
    changes: [
      "例の行の終わり近くにある actions_executed と error_reason を確認してください。分からない場合は、トレース ID を添えて AWS に問い合わせてください。",
    ],
  },
  "464-grpc-to-http1-target": {
    title: "HTTP/1.1 のターゲットグループに gRPC が届きました",
    why: "gRPC のリクエスト（Content-Type が application/grpc の HTTP/2 の POST）が、バージョン HTTP1 のターゲットグループに届きました。HTTP/2 の POST が 464 になるのは、この場合だけです。",
    changes: [
      'gRPC は、protocolVersion: "GRPC" の別の aws.lb.TargetGroup に転送してください。コンテナが gRPC とそれ以外の両方を受け付ける場合は "HTTP2" にします。バージョンを変更するとターゲットグループが置き換えられるため、name は設定しないでください。',
    ],
  },
  "464-http2-not-post-to-grpc-target": {
    title: "gRPC のターゲットグループに POST 以外の HTTP/2 が届きました",
    why: "バージョンが GRPC のターゲットグループは POST だけを受け付けます。ページの表示、監視、CORS のプリフライト（OPTIONS）は 464 になります。",
    changes: [
      'gRPC 以外のリクエストは、パスまたは Content-Type を条件とする aws.lb.ListenerRule で別のターゲットグループに転送してください。または、gRPC とすべてのメソッドを受け付ける protocolVersion: "HTTP2" を設定してください。',
    ],
  },
  "464-http1-from-cloudfront": {
    title: "ターゲットグループが受け付けない HTTP/1.1 が CloudFront から届きました",
    why: "バージョンが HTTP2 または GRPC のターゲットグループでは、HTTP/1.1 のリクエストは 464 になります。CloudFront は、ビューワーのプロトコルにかかわらず、オリジンの設定で HTTP/2 を指定しない限り HTTP/1.1 で接続します。指定していても、HTTP/2 をネゴシエートできなければ、エラーにせず HTTP/1.1 に切り替えます。",
  },
  "direct-http1-clients-464": {
    title: "ターゲットグループが受け付けない HTTP/1.1 がクライアントから届きました",
    why: http1Client,
  },
  "464-http1-client": {
    title: "ターゲットグループが受け付けない HTTP/1.1 がクライアントから届きました",
    why: http1Client,
  },
  "464-http1": {
    title: "ターゲットグループが受け付けない HTTP/1.1 が届きました",
    why: "バージョンが HTTP2 または GRPC のターゲットグループでは、HTTP/1.1 のリクエストは 464 になります。この行からは送信元が分かりません。プライベートアドレスは、VPC オリジン経由の CloudFront か、VPC 内の別のクライアントです。",
  },
  "464-mismatch": {
    title: "ターゲットグループが受け付けないプロトコルが届きました",
    why: "この行からは、クライアントのプロトコルが分かりません。最も多いのは、バージョンが HTTP2 または GRPC のターゲットグループに届いた HTTP/1.1 です。",
    changes: [
      'gRPC は、protocolVersion: "GRPC" の別の aws.lb.TargetGroup に転送してください。コンテナが gRPC とそれ以外の両方を受け付ける場合は "HTTP2" にします。バージョンを変更するとターゲットグループが置き換えられるため、name は設定しないでください。',
    ],
  },
  "464-origin-http2-lost": {
    title: "オリジンへの HTTP/2 が失われました",
    why: "CloudFront は以前、gRPC 以外でもこのターゲットグループに HTTP/2 で接続していたため、オリジンで HTTP/2 が指定されていました（originHttpVersion）。これらのリクエストは、グループが受け付けない HTTP/1.1 で届いています。最も多い原因は、originHttpVersion に対応していないツールがディストリビューションを更新し、設定を消したことです。ロードバランサーの enableHttp2: false、TLSv1.2 を含まない originSslProtocols、指定のない 2 つ目のオリジンでも同じことが起こります。",
    changes: [
      'originHttpVersion に対応したツールで、オリジンに originHttpVersion: "http2" を設定し直してください。originSslProtocols には TLSv1.2 を残し、aws.lb.LoadBalancer の enableHttp2 は有効のままにしてください。',
    ],
  },
  "464-grpc-over-http1-from-cloudfront": {
    title: "CloudFront が gRPC を HTTP/1.1 で送りました",
    why: `${grpcOverHttp1}CloudFront のビヘイビアで gRPC が無効な場合、gRPC は HTTP/1.1 で転送されます。`,
    changes: [
      'aws.cloudfront.Distribution のビヘイビアに grpcConfig: { enabled: true } を設定し、allowedMethods に POST を含めてください。これらのパスは、protocolVersion が "GRPC" または "HTTP2" の aws.lb.TargetGroup に転送してください。',
    ],
  },
  "464-grpc-over-http1-client": {
    title: "クライアントが gRPC を HTTP/1.1 で送りました",
    why: `${grpcOverHttp1}gRPC には HTTP/2 が必要です。`,
    changes: [
      'クライアント、またはその前段のプロキシが HTTP/2 で接続するようにしてください。これらのパスは、protocolVersion が "GRPC" または "HTTP2" の aws.lb.TargetGroup に転送してください。',
    ],
  },
  "000-connection-ended": {
    title: "応答の前に接続が終了しました",
    why: "ロードバランサーは、10,000 件のリクエストの後に HTTP/2 の接続を終了します（GOAWAY）。そのとき処理中だったリクエストは 000 と記録されます。",
    changes: ["変更は不要です。クライアントは自動で再接続します。"],
  },
  "400-lambda-websocket": {
    title: "Lambda 関数に WebSocket が送られました",
    why: "ルールの転送先は Lambda 関数です。ロードバランサーは、WebSocket を Lambda に転送できません。",
    changes: [
      "WebSocket はコンテナに転送するか、API Gateway の WebSocket API で提供してください。",
    ],
  },
  "400-lambda": {
    title: "Lambda 関数に渡せないリクエストです",
    why: "ロードバランサーは、関数に渡すリクエストを JSON に変換します。このリクエストは変換できませんでした。理由は error_reason にあります（LambdaBadRequest は、ヘッダーまたは本文が UTF-8 ではないことを示します）。",
    changes: ["このようなリクエストはコンテナに送るか、クライアント側でエンコードしてください。"],
  },
  "400-desync": {
    title: "2 通りに解釈できるリクエストです",
    why: "リクエストスマグリングに使われる形で RFC 7230 に違反しています。詳細は classification_reason にあります。",
    changes: [
      "クライアントを修正してください。何を拒否するかは、aws.lb.LoadBalancer の desyncMitigationMode で決まります（monitor、defensive、strictest）。",
    ],
  },
  "400-bad-request": {
    title: "HTTP ではない、または途中で終わったリクエストです",
    why: "リクエストの形式が正しくない、ヘッダーが大きすぎる（リクエスト行または 1 つのヘッダーが 16 KB、全体で 64 KB まで）、HTTPS のポートに平文の HTTP が届いた、本文を送り終える前にクライアントが接続を閉じた、のいずれかです。",
    changes: [
      "例にあるクライアントを確認してください。インターネットのスキャナーは、このようなリクエストを常に送っています。",
    ],
  },
  "403-refused": {
    title: "ロードバランサーがクライアントを拒否しました",
    why: "ウェブ ACL が拒否したか、攻撃の間に、評価の低い送信元として拒否されました（メトリクス LowReputationRequestsDenied）。",
    changes: ["ウェブ ACL のログで、これらのクライアントを探してください。"],
  },
  "405-trace": {
    title: "TRACE メソッドが使われました",
    why: "ロードバランサーは TRACE に 405 を返します。",
    changes: ["変更は不要です。このメソッドを使うのはスキャナーだけです。"],
  },
  "408-no-data": {
    title: "クライアントが時間内にデータを送りませんでした",
    why: "クライアントが接続を開くかリクエストを送り始めた後、アイドルタイムアウトまでに続きが届きませんでした。TCP キープアライブは数えられません。",
    changes: [
      "アップロードの間隔が長くなる場合は、aws.lb.LoadBalancer の idleTimeout を大きくしてください。",
    ],
  },
  "413-too-large": {
    title: "リクエストが大きすぎます",
    why: "Lambda 関数への本文が 1 MB を超えているか、ヘッダーが上限を超えています。",
    changes: [
      "大きな本文はコンテナまたは S3 に送ってください。ロードバランサーの背後にある Lambda が受け付けるのは 1 MB までです。",
    ],
  },
  "414-url-too-long": {
    title: "URL が長すぎます",
    why: "リクエスト行は 16 KB までで、この上限は設定では変えられません。",
    changes: ["クエリの内容を本文で送ってください。"],
  },
  "460-client-gave-up": {
    title: "応答の前にクライアントが接続を閉じました",
    why: "ターゲットの処理中に、クライアントが接続を閉じました。クライアントのタイムアウトが、応答にかかる時間より短くなっています。",
    changes: [
      "応答を速くするか、クライアントのタイムアウトを aws.lb.LoadBalancer の idleTimeout より長くしてください。クライアントが CloudFront の場合は、オリジンの originReadTimeout を大きくしてください。",
    ],
  },
  "463-forwarded-for": {
    title: "X-Forwarded-For のアドレスが 30 個を超えています",
    why: "このヘッダーのアドレスは 30 個までです。プロキシのループか、ヘッダーを偽装するクライアントが原因です。",
    changes: [
      'プロキシのループがないか確認してください。aws.lb.LoadBalancer に xffHeaderProcessingMode: "remove" を設定すると、クライアントが送った値は取り除かれます。',
    ],
  },
  "501-transfer-encoding": {
    title: "対応していない Transfer-Encoding です",
    why: "ロードバランサーが対応しているのは chunked と identity だけです。",
    changes: ["クライアントを修正してください。圧縮は Content-Encoding で指定します。"],
  },
  "505-http-version": {
    title: "この接続では使えない HTTP のバージョンです",
    why: "HTTP/1 用に確立された接続に、HTTP/2 のリクエストが届きました。HTTP/2 には HTTPS リスナーと ALPN が必要です。",
    changes: [
      "HTTPS リスナーに接続してください。h2c（TLS を使わない HTTP/2）のクライアントは、ロードバランサーを利用できません。",
    ],
  },
  "507-redirect-too-long": {
    title: "リダイレクト先の URL が長すぎます",
    why: "リダイレクトのルールがリクエストの一部を URL に含め、8 KB を超えました。",
    changes: [
      "aws.lb.ListenerRule のリダイレクトアクションから #{query} を取り除くか、URL を短くしてください。",
    ],
  },
};
