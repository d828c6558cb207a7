/** Connections that failed, in Japanese. */
import type { JapaneseCauses } from ".";

export const connection: JapaneseCauses = {
  "tls-client-certificate-expired": {
    title: "クライアント証明書の有効期限が切れています",
    why: "リスナーはクライアント証明書を検証します（相互 TLS）。この証明書は NotAfter を過ぎています。サブジェクトと有効期間は、詳細の「理由」にあります。",
    changes: [
      "これらのクライアントに新しい証明書を配布してください。それまで接続を許可するには、aws.lb.Listener の mutualAuthentication に ignoreClientCertificateExpiry を設定します。",
    ],
  },
  "tls-client-certificate-not-yet-valid": {
    title: "クライアント証明書の有効期間がまだ始まっていません",
    why: "証明書の NotBefore が未来の時刻です。後から使うために発行されたか、発行者の時計が進んでいます。",
    changes: ["NotBefore を接続の時刻と比べ、証明書を発行し直してください。"],
  },
  "tls-client-certificate-untrusted": {
    title: "クライアント証明書が信頼された認証局のものではありません",
    why: "クライアント証明書から、リスナーのトラストストアにある証明書までのチェーンがありません。認証局がトラストストアにないか、クライアントが中間証明書を送っていません。",
    changes: [
      "クライアントが中間証明書を送るようにするか、aws.lb.TrustStore のバンドルに認証局を追加してください（caCertificatesBundleS3Key。バンドルは全体が置き換えられます）。",
    ],
  },
  "tls-client-certificate-revoked": {
    title: "クライアント証明書が失効しています",
    why: "証明書がトラストストアの失効リストにあります。",
    changes: [
      "失効させた証明書であれば、変更は不要です。そうでなければ、新しい証明書を発行するか、aws.lb.TrustStoreRevocation のリストを確認してください。",
    ],
  },
  "tls-revocation-list-unusable": {
    title: "失効リストを処理できませんでした",
    why: "ロードバランサーがクライアントを検証するときに、トラストストアの失効リストを処理できませんでした。",
    changes: [
      "aws.lb.TrustStoreRevocation のリストを、認証局が署名し直したものに置き換えてください。",
    ],
  },
  "tls-client-certificate-too-large": {
    title: "クライアント証明書またはそのチェーンが大きすぎます",
    why: "クライアントが送ったチェーンの長さ、またはその中の証明書の大きさが、ロードバランサーの上限を超えています。",
    changes: [
      "クライアントが、ルート証明書を除き、自身の証明書と中間証明書だけを送るようにしてください。",
    ],
  },
  "tls-client-certificate-unsuitable": {
    title: "クライアント証明書をこの用途に使えません",
    why: "証明書の形式が正しくない、種類または用途に対応していない、鍵がリスナーのセキュリティポリシーに合わない、のいずれかです。どれかは、詳細の「理由」で分かります。",
    changes: [
      "クライアント認証用の X.509v3 証明書を、2048～8192 ビットの RSA 鍵または ECDSA 鍵（P-256、P-384、P-521）で発行し、aws.lb.Listener の sslPolicy に合うことを確認してください。",
    ],
  },
  "tls-client-certificate-rejected": {
    title: "クライアント証明書が拒否されました",
    why: "ロードバランサー自身の検証が証明書を拒否しました。AWS の文書には、それ以上の説明がありません。",
    changes: [
      "受け付けられる証明書と比べてください。分からない場合は、接続のトレース ID を添えて AWS に問い合わせてください。",
    ],
  },
  "tls-connection-failed": {
    title: "リクエストの前に接続が失敗しました",
    why: "AWS は理由を記録していません（UnmappedConnectionError）。リスナーと共通の TLS バージョンまたは暗号スイートがない、リスナーの証明書を信頼していない、相互 TLS の証明書を持っていない、TLS を使っていない、途中で接続を閉じた、といったクライアントがこの行を残します。インターネットのスキャナーも常にこの行を残します。",
    changes: [
      "実際のクライアントが含まれる場合は、その TLS バージョンを aws.lb.Listener の sslPolicy と比べ、次のコマンドで試してください: openssl s_client -connect HOST:443 -servername HOST",
    ],
  },
  "tls-failed-otherwise": {
    title: "その他の理由で接続が失敗しました",
    why: "tls_verify_status の理由は、このプログラムの作成時に AWS の文書にありませんでした。名前は、詳細の「理由」にあります。",
    changes: ["AWS のページで理由を調べてください。"],
  },
};
