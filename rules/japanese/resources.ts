/** The rules about resources in Japanese. */
import type { JapaneseTexts } from ".";

export const resources: JapaneseTexts = {
  "edge-certificate-region": {
    holds: "CloudFront の証明書は us-east-1 に置く必要があります。",
    fix: 'aws.acm.Certificate と aws.acm.CertificateValidation を region: "us-east-1"（@pulumi/aws 7 より前では、そのリージョンの aws.Provider）で作成してください。',
  },
  "origin-without-config": {
    holds: "S3 バケットではないオリジンには、CloudFront からの接続方法を設定する必要があります。",
    fix: 'オリジンに customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } を設定してください。',
  },
  "listener-without-certificate": {
    holds: "HTTPS または TLS のリスナーには証明書が必要です。",
    fix: "aws.lb.Listener に certificateArn を設定してください。",
  },
  "prefix-list-quota": {
    holds:
      "CloudFront のプレフィックスリストは、ポートごとに 55 のルールと数えられます。これを許可するセキュリティグループのルールは、クォータの 60 以内にする必要があります。",
    fix: "CloudFront のプレフィックスリストを許可するポートを 1 つにするか、ロードバランサーに 2 つ目のセキュリティグループを付けてください。",
  },
  "name-too-long": {
    holds:
      "ロードバランサーとターゲットグループの名前は、Pulumi が付ける 8 文字を含めて 32 文字以内にする必要があります。",
    fix: "リソース名を 24 文字以内にしてください。Pulumi が 8 文字を付け加えます。",
  },
  "service-target-missing": {
    holds: "サービスは、タスク定義にあるコンテナとポートにリクエストを送る必要があります。",
    fix: "aws.ecs.Service の loadBalancers にある containerName と containerPort を、タスク定義のコンテナとそのポートに合わせてください。",
  },
  "target-type-not-ip": {
    holds:
      "固有のアドレスを持つタスク（ネットワークモード awsvpc）は、IP アドレスで登録する必要があります。",
    fix: 'aws.lb.TargetGroup に targetType: "ip" を設定してください。',
  },
  "target-type-not-instance": {
    holds:
      "EC2 インスタンスのネットワークを使うタスク（ネットワークモード bridge または host）は、インスタンスで登録する必要があります。",
    fix: 'aws.lb.TargetGroup に targetType: "instance" を設定するか、aws.ecs.TaskDefinition に networkMode: "awsvpc" を設定してください。',
  },
  "bucket-closed-to-edge": {
    holds:
      "CloudFront のオリジンであるバケットには、バケットポリシーが必要です。ない場合、所有者以外は読み取れません。",
    fix: 'サービス cloudfront.amazonaws.com に s3:GetObject を許可し、"AWS:SourceArn" にディストリビューションの arn を指定した aws.s3.BucketPolicy を作成し、オリジンに originAccessControlId を設定してください。',
  },
  "function-not-permitted": {
    holds:
      "ターゲットグループの Lambda 関数は、ロードバランサーによる呼び出しを許可する必要があります。",
    fix: '関数の aws.lambda.Permission を、action "lambda:InvokeFunction"、principal "elasticloadbalancing.amazonaws.com"、sourceArn にターゲットグループの arn を指定して作成し、aws.lb.TargetGroupAttachment の dependsOn に指定してください。',
  },
  "service-target-group-unused": {
    holds: "サービスのターゲットグループには、リスナーまたはそのルールから転送する必要があります。",
    fix: "aws.lb.Listener の defaultActions、または aws.lb.ListenerRule の actions で、このターゲットグループに転送してください。",
  },
  "health-check-cannot-pass": {
    holds:
      "ターゲットグループのヘルスチェックは、そのグループのプロトコルで成功できる必要があります。",
    fix: "aws.lb.TargetGroup の healthCheck を protocol と protocolVersion に合わせてください。GRPC では gRPC のステータスコードと /package.Service/method を、それ以外では HTTP のステータスコードを使い、プロトコルはポートに合わせます。",
  },
  "tag-keys-differ-in-case": {
    holds: "IAM のロールとユーザーでは、大文字と小文字だけが異なるタグキーを使えません。",
    fix: "2 つのキーの一方の名前を変えるか、削除してください。",
  },
  "task-definition-too-large": {
    holds: "タスク定義は 64 KiB 以内にする必要があります。",
    fix: "environment の大きな値は、イメージに入れるか、コンテナが取得するファイル（Amazon S3、Systems Manager）に移してください。",
  },
  "service-without-room": {
    holds: "サービスのサブネットには、すべてのタスク分のアドレスが必要です。",
    fix: "aws.ecs.Service の desiredCount を減らすか、サブネットを増やすか広げてください。",
  },
  "distribution-disabled": {
    holds: "ディストリビューションは有効にする必要があります。",
    fix: "aws.cloudfront.Distribution に enabled: true を設定してください。",
  },
  "load-balancer-without-internet-route": {
    holds:
      "インターネット向けロードバランサーのサブネットには、インターネットゲートウェイへのルートが必要です。",
    fix: "aws.lb.LoadBalancer の subnets には、ルートテーブルが 0.0.0.0/0 を aws.ec2.InternetGateway に向けているパブリックサブネットを指定してください。",
  },
  "listener-port-closed": {
    holds:
      "ロードバランサーのセキュリティグループは、転送するリスナーのポートを開く必要があります。",
    fix: "ロードバランサーのセキュリティグループの ingress で、リスナーのポートへの接続を呼び出し元に許可してください。",
  },
  "tasks-without-route": {
    holds: "Fargate のタスクは、イメージレジストリ、シークレット、ログに接続できる必要があります。",
    fix: "aws.ecs.Service のサブネットに NAT ゲートウェイへのルートを追加するか、assignPublicIp: true でインターネットゲートウェイへのルートを使うか、VPC エンドポイント（ecr.api、ecr.dkr、s3、logs、secretsmanager、ssm）を作成してください。",
  },
  "role-trusts-everyone": {
    holds: "ロールの信頼ポリシーでは、引き受けられる相手を限定する必要があります。",
    fix: 'aws.iam.Role の assumeRolePolicy に引き受けられる相手を書くか（例: Principal: { Service: "ecs-tasks.amazonaws.com" }）、"*" を Condition で限定してください。',
  },
  "header-guard-open": {
    holds:
      "CloudFront の秘密のヘッダーを確認するリスナーは、ヘッダーのないリクエストを同じターゲットに転送してはいけません。",
    fix: 'aws.lb.Listener の defaultActions を [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }] にしてください。',
  },
  "secret-header-wildcard": {
    holds:
      "秘密のヘッダーの値としてリスナールールに書く文字列には、ワイルドカードの * と ? を含めないでください。",
    fix: "英数字だけの値を使ってください。たとえば special: false の random.RandomPassword で作成します。",
  },
  "secret-header-random-wildcard": {
    holds:
      "秘密のヘッダーに使うランダムな値は、ワイルドカードの * と ? を含まないように作成してください。",
    fix: "値を作成する random.RandomPassword に special: false を設定してください。",
  },
  "target-group-unused": {
    holds: "ターゲットグループには、リスナーまたはそのルールから転送する必要があります。",
    fix: "aws.lb.Listener の defaultActions、または aws.lb.ListenerRule の actions で aws.lb.TargetGroup に転送するか、不要なら削除してください。",
  },
  "target-group-without-targets": {
    holds:
      "IP アドレスまたはインスタンスのターゲットグループには、ターゲットを登録する仕組みが必要です。",
    fix: "aws.ecs.Service の loadBalancers に aws.lb.TargetGroup を指定するか、aws.lb.TargetGroupAttachment または Auto Scaling グループでターゲットを登録してください。",
  },
  "target-group-fixed-name": {
    holds:
      "ターゲットグループの名前は固定しないでください。変更の多くは置き換えになり、使用中に新しいグループが作成されます。",
    fix: "aws.lb.TargetGroup の name を削除し、置き換えのたびに Pulumi が新しい名前を付けるようにしてください。",
  },
  "load-balancer-without-listener": {
    holds: "ロードバランサーにはリスナーが必要です。",
    fix: "aws.lb.LoadBalancer に aws.lb.Listener を追加してください。",
  },
  "listener-rule-never-reached": {
    holds: "リスナールールの条件が、優先順位が上のルールにすべて含まれていてはいけません。",
    fix: "aws.lb.ListenerRule の条件を変えるか、priority の数値を小さくするか、不要なら削除してください。",
  },
  "redirect-port-closed": {
    holds:
      "ロードバランサーのセキュリティグループは、リダイレクトするリスナーのポートを開く必要があります。",
    fix: "ロードバランサーのセキュリティグループの ingress で、リスナーのポートへの接続をビューワーに許可するか、リスナーを削除してください。",
  },
  "behavior-never-reached": {
    holds:
      "ディストリビューションのビヘイビアは、すべてのパスが前のビヘイビアに含まれる位置に置いてはいけません。",
    fix: "aws.cloudfront.Distribution の orderedCacheBehaviors では、範囲の狭いパスパターンを先に書くか、不要なら削除してください。",
  },
  "vpc-range-reserved": {
    holds: "VPC の範囲には、予約されている 240.0.0.0/4 を使えません。",
    fix: "aws.ec2.Vpc の cidrBlock に、10.0.0.0/16 などのプライベートな範囲を設定してください。",
  },
  "listener-rule-quota": {
    holds:
      "ロードバランサーのリスナーのルールは、AWS がクォータを引き上げていない限り、合計 100 までです。",
    fix: "AWS にクォータの引き上げを申請するか、ルールを複数のロードバランサーに分けてください。",
  },
  "tls-policy-default": {
    holds:
      "HTTPS リスナーには TLS ポリシーを指定してください。API のデフォルト値は 2016 年のものです。",
    fix: 'aws.lb.Listener に sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" を設定してください。',
  },
  "edge-minimum-tls-ignored": {
    holds:
      "TLS の最小バージョンを指定するディストリビューションには、独自の名前の証明書が必要です。",
    fix: "aws.cloudfront.Distribution の viewerCertificate に acmCertificateArn と sslSupportMethod を設定するか、minimumProtocolVersion を削除してください。",
  },
  "service-without-tasks": {
    holds: "サービスでは、少なくとも 1 つのタスクを実行する必要があります。",
    fix: "aws.ecs.Service の desiredCount を 1 以上にするか、aws.appautoscaling.Target でスケールしてください。",
  },
  "vpc-origin-unused": {
    holds: "VPC オリジンは、いずれかのディストリビューションで使う必要があります。",
    fix: "aws.cloudfront.Distribution の origins[].vpcOriginConfig.vpcOriginId に aws.cloudfront.VpcOrigin を指定するか、不要なら削除してください。",
  },
  "certificate-not-validated": {
    holds: "DNS で検証する証明書には、検証用のレコードが必要です。",
    fix: "証明書の domainValidationOptions ごとに aws.route53.Record を作成し、aws.acm.CertificateValidation を追加して、その certificateArn を使ってください。",
  },
  "certificate-used-before-issued": {
    holds: "証明書を使うリソースは、証明書の検証が終わってから作成する必要があります。",
    fix: "証明書の ARN を aws.acm.CertificateValidation の certificateArn から取るか、それを dependsOn に追加してください。",
  },
  "service-before-listener": {
    holds: "サービスは、証明書を待つリスナーの完成を待つ必要があります。",
    fix: "aws.ecs.Service の dependsOn に、aws.lb.Listener または aws.lb.ListenerRule を指定してください。",
  },
  "log-group-missing": {
    holds: "コンテナのログの書き込み先のロググループは、存在している必要があります。",
    fix: 'aws.cloudwatch.LogGroup を作成してその名前を awslogs-group に使うか、awslogs-create-group: "true" を設定してください。',
  },
  "logs-without-bucket": {
    holds: "ロードバランサーのログの書き込み先には、AWS でのバケット名を指定する必要があります。",
    fix: "aws.s3.Bucket の論理名ではなく、出力の bucket を使ってください。",
  },
  "alarm-without-data": {
    holds:
      "アラームのメトリクスは、指定したディメンションで、アラームと同じリージョンに存在する必要があります。",
    fix: "ディメンションを CloudWatch の形式で書き（ロードバランサーやターゲットグループの arnSuffix）、アラームをメトリクスと同じリージョンに置いてください。",
  },
  "alarm-not-delivered": {
    holds:
      "アラームのトピックに CloudWatch が発行できるように、トピックとキーのポリシーで許可する必要があります。",
    fix: "トピックのポリシーで cloudwatch.amazonaws.com に sns:Publish を、キーのポリシーで kms:Decrypt と kms:GenerateDataKey* を許可してください。",
  },
  "web-acl-without-rules": {
    holds: "ウェブ ACL には、少なくとも 1 つのルールが必要です。",
    fix: "aws.wafv2.WebAcl に rules を追加してください（例: AWSManagedRulesCommonRuleSet の managedRuleGroupStatement）。",
  },
  "web-acl-unused": {
    holds: "ウェブ ACL は、ディストリビューションまたは関連付けで使う必要があります。",
    fix: "aws.cloudfront.Distribution の webAclId にウェブ ACL の ARN を設定するか、aws.wafv2.WebAclAssociation でロードバランサーに関連付けてください。",
  },
  "web-acl-association-replaced": {
    holds: "1 つのリソースに関連付けられるウェブ ACL は 1 つだけです。",
    fix: "そのリソースの aws.wafv2.WebAclAssociation を 1 つだけ残してください。",
  },
  "athena-query-database-missing": {
    holds: "保存したクエリのデータベースは、存在している必要があります。",
    fix: "aws.athena.NamedQuery の database に、aws.glue.CatalogDatabase の名前を使ってください。",
  },
  "access-logs-off": {
    holds:
      "ロードバランサーのアクセスログを有効にしてください。464 が記録されるのはこのログだけです。",
    fix: "aws.lb.LoadBalancer に accessLogs: { enabled: true, bucket } を設定し、バケットのポリシーで logdelivery.elasticloadbalancing.amazonaws.com の書き込みを許可してください。",
  },
  "image-follows-latest": {
    holds: "コンテナのイメージは、ダイジェストか、latest 以外のタグで指定してください。",
    fix: "コンテナの image に特定のタグを、できればダイジェストを指定してください。",
  },
  "error-page-hides-api": {
    holds: "200 を返すカスタムエラーレスポンスが、API に適用されないようにしてください。",
    fix: "customErrorResponses を削除し、ファイルのないパスは、サイトのビヘイビアの aws.cloudfront.Function で /index.html に書き換えてください。",
  },
  "header-guard-other-group": {
    holds:
      "CloudFront の秘密のヘッダーを確認するリスナーは、ヘッダーのないリクエストを転送しないでください。",
    fix: 'ターゲットを呼び出せるのが CloudFront だけの場合は、aws.lb.Listener の defaultActions を [{ type: "fixed-response", fixedResponse: { statusCode: "403", contentType: "text/plain" } }] にしてください。',
  },
  "role-unused": {
    holds: "ECS タスクだけが引き受けられるロールは、タスク定義で使う必要があります。",
    fix: "aws.ecs.TaskDefinition の taskRoleArn または executionRoleArn に aws.iam.Role を指定するか、不要なら削除してください。",
  },
  "vpc-origin-without-internet-gateway": {
    holds:
      "VPC オリジンの背後にあるロードバランサーの VPC には、インターネットゲートウェイが必要です。",
    fix: "VPC に aws.ec2.InternetGateway をアタッチしてください。ルートは不要です。VPC がインターネットからの通信を受け取れることを示すだけです。",
  },
  "vpc-origin-zone": {
    holds:
      "VPC オリジンの背後にあるロードバランサーは、VPC オリジンに対応していないゾーンのサブネットを使えません。",
    fix: "aws.lb.LoadBalancer には、use1-az3、usw1-az2、apne1-az3、cac1-az3 以外のゾーンのサブネットを指定してください。",
  },
  "desired-count-not-ignored": {
    holds:
      "サービスを自動でスケールする場合、プログラムはタスク数を上書きしないようにする必要があります。",
    fix: 'aws.ecs.Service のオプションに ignoreChanges: ["desiredCount"] を追加してください。',
  },
  "scales-to-zero": {
    holds: "ロードバランサーの背後にあるサービスでは、常にタスクが動いている必要があります。",
    fix: "その時間帯にもビューワーが来る場合は、aws.appautoscaling.ScheduledAction の scalableTargetAction で minCapacity と maxCapacity を 1 以上にしてください。",
  },
  "scaling-requests-not-counted": {
    holds:
      "リクエスト数に追従するポリシーは、スケールするサービス自身のリクエストを数える必要があります。",
    fix: "aws.appautoscaling.Policy の resourceLabel に、サービスの loadBalancers にあるターゲットグループと、そのロードバランサーを指定してください。",
  },
  "spot-only": {
    holds:
      "ロードバランサーの背後にあるサービスでは、一部のタスクをオンデマンドで動かしてください。",
    fix: "aws.ecs.Service の capacityProviderStrategies に、base が 1 以上の FARGATE を追加してください。",
  },
  "sign-in-behind-edge": {
    holds:
      "CloudFront の後ろのロードバランサーがサインインを求める場合、CloudFront は Cookie、クエリ文字列、Host ヘッダーを転送する必要があります。",
    fix: "aws.cloudfront.Distribution のビヘイビアの originRequestPolicyId を AllViewer にしてください。対象のパスと /oauth2/idpresponse の両方に必要です。",
  },
  "sign-in-without-egress": {
    holds:
      "サインインを求めるロードバランサーのセキュリティグループは、IPv4 で ID プロバイダーに接続できる必要があります。",
    fix: "ロードバランサーの aws.ec2.SecurityGroup に、0.0.0.0/0 またはプロバイダーのアドレスへの TCP 443 の egress ルールを追加してください。",
  },
  "deployment-faster-than-alarms": {
    holds:
      "ECS がデプロイを戻すためのアラームは、デプロイの各段階が終わる前に評価期間を満たす必要があります。",
    fix: "aws.ecs.Service の deploymentConfiguration で、bakeTimeInMinutes と段階の間隔を、アラームの評価期間以上にしてください。",
  },
  "security-group-rule-quota": {
    holds:
      "AWS がクォータを引き上げていない限り、セキュリティグループのルールは方向ごとに 60 以内にする必要があります。",
    fix: "AWS にセキュリティグループあたりのルール数のクォータの引き上げを依頼するか、範囲を広げてルールを減らすか、2 つのセキュリティグループに分けてください。",
  },
  "behavior-quota": {
    holds:
      "ディストリビューションのキャッシュビヘイビアは、AWS がクォータを引き上げていない限り 75 個までです。",
    fix: "AWS にクォータの引き上げを申請するか、1 つのパターンでより多くのパスに一致させてください。",
  },
  "listener-certificate-quota": {
    holds:
      "ロードバランサーのリスナーに追加できる証明書は、デフォルトの証明書を除き、AWS がクォータを引き上げていない限り 25 個までです。",
    fix: "AWS にクォータの引き上げを申請するか、1 つの証明書に複数の名前を入れるか、ロードバランサーを分けてください。",
  },
  "target-group-quota": {
    holds:
      "ロードバランサーが転送できるターゲットグループは 100 個までです。AWS はこのクォータを引き上げません。",
    fix: "ターゲットグループを複数のロードバランサーに分けてください。",
  },
  "deployment-protocol-versions-differ": {
    holds:
      "ブルー/グリーン、リニア、カナリアデプロイの 2 つのターゲットグループは、同じプロトコルバージョンである必要があります。",
    fix: "2 つの aws.lb.TargetGroup の protocolVersion と protocol を同じ値にしてください。",
  },
  "deployment-rule-not-moved": {
    holds:
      "サービスへのリクエストはすべて、ブルー/グリーン、リニア、カナリアデプロイがターゲットグループを入れ替えるリスナールールを通る必要があります。",
    fix: "サービスへのリクエストをすべて 1 つの aws.lb.ListenerRule で転送し、aws.ecs.Service の productionListenerRule に指定してください。",
  },
};
