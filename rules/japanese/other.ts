/** Findings that are no rules in Japanese: of settings, of the installed provider, of a preview. */
import type { JapaneseTexts } from ".";

export const other: JapaneseTexts = {
  "region-unknown": {
    holds:
      "aws:region は、このバージョンの hopwise が知らないリージョンです。綴りが間違っている場合は、何も作成できません。",
    fix: "リージョンの名前を確認してください。正しければ、変更は不要です。",
  },
  "placeholder-left": {
    holds: "設定に、文書で例として使われる値（example.com、111122223333 など）が残っています。",
    fix: "デプロイする前に、ご自身の値に書き換えてください。",
  },
  "tag-dropped": {
    holds:
      "Pulumi の Node.js 用 SDK がこの名前のプロパティを取り除くため、このタグはどのリソースにも付きません。",
    fix: "タグの名前を変えてください。",
  },
  "app-root-writable": {
    holds:
      "アプリがルートファイルシステムに書き込めます。アプリを乗っ取った攻撃者は、タスクが終わるまでプログラムを書き換えられます。",
    fix: "アプリの書き込み先を /tmp だけにし、service.app.readOnlyRoot を削除してください。",
  },
  "certificate-alarm-before-renewal": {
    holds:
      "ACM は、有効期限の 45 日前に証明書を更新します。しきい値が 45 日以上のアラームは、更新のたびに発生します。",
    fix: "すべての証明書がインポートされたものでなければ、alarms.thresholds.certificateDays を 45 より小さくしてください。",
  },
  "vpc-origin-zone-not-known": {
    holds:
      "このリージョンには、CloudFront の VPC オリジンに対応していないゾーンがあります。ゾーンの名前はアカウントごとに異なるため、ロードバランサーのサブネットがそこにあるかどうかは分かりません。",
    fix: "ゾーンの名前を aws ec2 describe-availability-zones で調べてください。スタックのゾーンに含まれる場合は、network.availabilityZoneNames に別のゾーンを設定してください。",
  },
  "app-without-nginx": {
    holds:
      "ロードバランサーがアプリを直接呼び出します。アプリがすべてのアドレスで待ち受けること、service.app.protocols のプロトコルで TLS を使わずに通信すること、クライアントのアドレスを X-Forwarded-For から得ること、SIGTERM の後に処理中のリクエストを終えることは、確認していません。",
    fix: "アプリがアイドル状態の接続を保つ時間を service.app.keepAliveSeconds に設定してください。短すぎる場合はエラーになります。",
  },
  "task-definition-ignored": {
    holds:
      "サービスは現在のタスク定義を使い続けます。コンテナ（イメージ、環境変数、シークレット、サイドカー、ボリューム、ポート）、CPU、メモリの変更は、新しいリビジョンとして登録されますが、デプロイされません。",
    fix: "デプロイ用のツールで最新のリビジョンをデプロイするか、service.ignoreTaskDefinitionChanges を削除してください。",
  },
  "edge-http2-not-deployable": {
    holds:
      "インストールされているプロバイダーが originHttpVersion に対応していないため、オリジンへの HTTP/2 を CloudFront に設定できません。AWS のこのプロパティは 2026-11-20 に追加されました。",
    fix: 'originHttpVersion に対応したリリースが出たら、@pulumi/aws を更新してください。それまでは originHttpVersion を設定せず、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。',
  },
  "not-checked-at-preview": {
    holds: "プレビューでまだ分からない値は、分かった時点で検査します。",
    fix: "変更は不要です。ルールは、すべての値が分かる pulumi up の最後に、もう一度検査されます。",
  },
};
