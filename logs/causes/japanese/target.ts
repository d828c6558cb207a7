/** 502, 503 and 504 in Japanese: no usable answer from the target. */
import type { JapaneseCauses } from ".";

const logOfFunction =
  "その時刻の、関数のロググループを確認してください。エラーの名前は、詳細の「理由」にあります。";
const wholeLine =
  "行全体を確認してください。ターゲットのアドレスの後にある 3 つの時間から、ターゲットに到達したかどうかが分かります。";
const stopping =
  "ほかのターゲットが応答している場合、このターゲットは停止中か、すでに存在しないか、過負荷です。aws.lb.TargetGroup の deregistrationDelay を最も長いリクエストより長くし、コンテナが SIGTERM を受けた後、stopTimeout 以内に処理中のリクエストを終えるようにしてください。";
const notKnown = "この行からは、ターゲットに到達したかどうかが分かりません。";

export const target: JapaneseCauses = {
  "502-lambda-not-permitted": {
    title: "ロードバランサーに Lambda 関数を呼び出す権限がありません",
    why: "関数のポリシーが、ロードバランサーからの呼び出しを許可していません。",
    changes: [
      'action が "lambda:InvokeFunction"、principal が "elasticloadbalancing.amazonaws.com"、sourceArn がターゲットグループの ARN である aws.lambda.Permission を追加してください。',
    ],
  },
  "502-lambda": {
    title: "Lambda 関数が失敗しました",
    why: "関数がエラーで終了した、スロットリングされた、起動できなかった、HTTP のレスポンスを返さなかった、のいずれかです。どれかは error_reason で分かります。",
    changes: [logOfFunction],
  },
  "502-stream-reset": {
    title: "ターゲットが HTTP/2 のストリームをリセットしました",
    why: "ターゲットが RST_STREAM でストリームを終了しました。HTTP/2 のエラーコードは target_error_code にあります。",
    changes: [
      "コンテナのログを確認してください。リセットをクライアントにも伝えるには、ターゲットグループの属性 routing.http2.rst_stream_error_forwarding.enabled を設定します。",
    ],
  },
  "502-unusable-response": {
    title: "ターゲットのレスポンスを転送できませんでした",
    why: "ターゲットはステータスを返しましたが、その後のヘッダーの形式が正しくない、ヘッダーが大きすぎる（全体で 32 KB まで）、または接続を閉じました。",
    changes: [
      "コンテナがこれらのパスで返すヘッダーを確認してください。まず Cookie を疑ってください。",
    ],
  },
  "502-target-closed-late": {
    title: "ターゲットがリクエストの処理中に接続を閉じました",
    why: "リクエストは送られましたが、ターゲットは 1 秒以上処理した後、応答せずに接続を閉じました。ターゲット自身の制限時間、クラッシュ、デプロイに伴う停止、キープアライブのタイムアウトが考えられます。",
    changes: [
      "その時刻のコンテナのログで、クラッシュ（メモリ不足、例外）と、サーバーやフレームワークの制限時間がこれらのリクエストより短くないかを確認してください。",
      stopping,
    ],
  },
  "502-target-closed": {
    title: "ターゲットが応答せずに接続を閉じました",
    why: "リクエストは送られましたが、応答がありませんでした。コンテナが接続を閉じたか（ロードバランサーのアイドルタイムアウトより短いキープアライブのタイムアウト、クラッシュ、デプロイに伴う停止）、このプロトコルに対応していません。",
    changes: [stopping],
  },
  "502-no-connection": {
    title: "ターゲットに接続できませんでした",
    why: "ターゲットが接続を拒否したか、リクエストを送る前に閉じました。ポートで待ち受けていない、コンテナが停止中、TLS ハンドシェイクの失敗が考えられます。",
    changes: [stopping],
  },
  "502-bad-gateway": {
    title: "ターゲットから有効な応答がありませんでした",
    why: notKnown,
    changes: [wholeLine],
  },
  "503-no-targets": {
    title: "ターゲットがありません",
    why: "ターゲットグループに登録済みのターゲットがないか、準備のできたターゲットがありません。異常なターゲットが原因ではありません。すべてが異常な場合、ロードバランサーはそのすべてにリクエストを送ります。",
    changes: [
      "その時刻の ECS サービスのイベントを確認してください。すぐに終了するタスク、プルできないイメージ、0 に設定されたタスクの必要数などが考えられます。",
    ],
  },
  "504-lambda": {
    title: "Lambda 関数が時間内に応答しませんでした",
    why: "関数の処理時間が、ロードバランサーの待ち時間を超えました。",
    changes: [logOfFunction],
  },
  "504-response-stalled": {
    title: "ターゲットの応答が途中で止まりました",
    why: "レスポンスの本文が途中で終わりました。Content-Length が本文より大きいか、ターゲットの送信が止まっています。",
    changes: [
      "コンテナがこれらのパスで返す内容を確認してください。Content-Length はサーバーに計算させてください。",
    ],
  },
  "504-target-slow": {
    title: "ターゲットが時間内に応答しませんでした",
    why: "リクエストは送られましたが、ロードバランサーのアイドルタイムアウト（デフォルトでは 60 秒）までに応答がありませんでした。",
    changes: [
      "何に時間がかかっているかを調べてください。時間がかかってもよい処理であれば、aws.lb.LoadBalancer の idleTimeout を、CloudFront の背後ではオリジンの originReadTimeout も大きくしてください。",
    ],
  },
  "504-no-connection": {
    title: "ターゲットに到達できませんでした",
    why: "10 秒以内に接続できませんでした。ターゲットが停止中か、すでに存在しないか、過負荷です。または、セキュリティグループかネットワーク ACL がパケットを破棄しています。",
    changes: [
      stopping,
      "サブネットにカスタムのネットワーク ACL がある場合は、ターゲットグループのポートと、戻りのポート 1024～65535 を許可してください。",
    ],
  },
  "504-timeout": {
    title: "ターゲットが時間内に応答しませんでした",
    why: notKnown,
    changes: [wholeLine],
  },
};
