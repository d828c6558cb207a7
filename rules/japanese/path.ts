/** The rules about paths in Japanese. */
import type { JapaneseTexts } from ".";

export const path: JapaneseTexts = {
  "edge-http1-to-http2-target": {
    holds:
      "CloudFront が HTTP/1.1 で呼び出す先を、バージョン HTTP2 のターゲットグループにしないでください。ロードバランサーが 464 を返します。",
    fix: 'aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定し、コンテナが HTTP/1.1 を受け付けるようにしてください。',
  },
  "edge-http1-to-grpc-target": {
    holds:
      "CloudFront からバージョン GRPC のターゲットグループに届くのは gRPC だけにしてください。それ以外のリクエストには、ロードバランサーが 464 を返します。",
    fix: 'gRPC を通すビヘイビアに grpcConfig: { enabled: true } を設定するか、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。',
  },
  "edge-grpc-only-target": {
    holds:
      "CloudFront の背後にあるバージョン HTTP2 または GRPC のターゲットグループは、gRPC 専用です。",
    fix: 'すべてのクライアントが gRPC を使う限り、変更は不要です。それ以外のリクエストは、専用のビヘイビアとリスナールールで protocolVersion: "HTTP1" の aws.lb.TargetGroup に送ってください。',
  },
  "edge-http2-fallback": {
    holds:
      "CloudFront の背後にあるターゲットグループは、CloudFront が HTTP/1.1 にフォールバックしても動くように、バージョンを HTTP1 にしてください。",
    fix: 'コンテナで HTTP/2 が必要なければ、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。',
  },
  "edge-http2-no-effect": {
    holds:
      'originHttpVersion が "http2" のオリジンとは、CloudFront が HTTP/2 をネゴシエートできる必要があります。',
    fix: "オリジンへの接続を TLSv1.2 の TLS にし、ロードバランサーには HTTPS リスナーと enableHttp2: true を設定してください。または originHttpVersion を削除してください。",
  },
  "http-listener-http2-target": {
    holds:
      "バージョン HTTP2 または GRPC のターゲットグループには、HTTPS リスナーから転送する必要があります。",
    fix: 'aws.lb.Listener に protocol: "HTTPS" と certificateArn を設定するか、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。',
  },
  "listener-http2-off": {
    holds:
      "バージョン HTTP2 または GRPC のターゲットグループを使うロードバランサーでは、HTTP/2 を有効にする必要があります。",
    fix: "aws.lb.LoadBalancer の enableHttp2 を削除するか、true にしてください。",
  },
  "container-lacks-protocol": {
    holds:
      "コンテナは、ロードバランサーがターゲットグループに使う HTTP のバージョンを受け付ける必要があります。",
    fix: "aws.lb.TargetGroup の protocolVersion を、コンテナが受け付ける HTTP のバージョンに合わせてください。",
  },
  "container-port-mismatch": {
    holds: "コンテナは、リクエストが送られるポートで待ち受ける必要があります。",
    fix: "aws.ecs.Service の loadBalancers[].containerPort と、コンテナ内のサーバーのポートを同じにしてください。",
  },
  "vpc-origin-grpc": {
    holds:
      "VPC オリジンに向かうビヘイビアでは gRPC を使えません。CloudFront が対応していないためです。",
    fix: "ビヘイビアの grpcConfig を削除するか、パブリックなオリジン経由でロードバランサーに接続してください。",
  },
  "origin-mtls-requests": {
    holds:
      "CloudFront がクライアント証明書を提示するオリジン (オリジン mTLS) では、gRPC も WebSocket も使えません。CloudFront が対応していないためです。",
    fix: "gRPC と WebSocket は originMtlsConfig のないオリジンに送るか、originMtlsConfig を削除してください。",
  },
  "viewers-plain-http": {
    holds: "ビューワーの通信を盗聴や改ざんから守るため、TLS を使ってください。",
    fix: 'ビヘイビアに viewerProtocolPolicy: "redirect-to-https" を設定してください。CloudFront を使わない場合は、ロードバランサーに HTTPS リスナーを追加してください。',
  },
  "origin-protocol-mismatch": {
    holds: "CloudFront は、リスナーと同じプロトコルでロードバランサーを呼び出す必要があります。",
    fix: 'HTTPS リスナーには originProtocolPolicy: "https-only" を、HTTP リスナーには "http-only" を設定してください。',
  },
  "plain-http-to-public-load-balancer": {
    holds: "インターネット向けのロードバランサーへは、CloudFront から TLS で接続してください。",
    fix: 'originProtocolPolicy: "https-only" を設定し、ロードバランサーに HTTPS リスナーを追加してください。',
  },
  "origin-certificate-name-mismatch": {
    holds: "ロードバランサーの証明書には、CloudFront の TLS 検証に通る名前が必要です。",
    fix: "証明書にオリジンの domainName を含めるか、証明書にある名前をオリジンの domainName にしてください。",
  },
  "container-tls-mismatch": {
    holds: "TLS を使うかどうかは、ターゲットグループとコンテナで一致している必要があります。",
    fix: "コンテナのポートが TLS なら aws.lb.TargetGroup の protocol を HTTPS に、そうでなければ HTTP にしてください。",
  },
  "plain-text-inside-aws": {
    holds: "VPC オリジンの背後にあるロードバランサーへも、CloudFront から TLS で接続できます。",
    fix: "変更は必須ではありません。ロードバランサーに証明書と HTTPS リスナーを設定すれば、この接続も暗号化されます。",
  },
  "plain-text-shared-vpc": {
    holds:
      "ほかのシステムも使う可能性がある VPC では、ロードバランサーからタスクへの接続に TLS を使ってください。",
    fix: 'VPC をほかのシステムと共有している場合は、aws.lb.TargetGroup に protocol: "HTTPS" を設定し、コンテナで TLS を受け付けてください。',
  },
  "invalid-cidr": {
    holds: "セキュリティグループのルールには、正しい CIDR 範囲を書く必要があります。",
    fix: "IPv4 または IPv6 の範囲を、プレフィックス長を付けて書いてください（例: 203.0.113.0/24）。",
  },
  "vpc-origin-public-load-balancer": {
    holds: "VPC オリジンの背後にあるロードバランサーは、内部向けにしてください。",
    fix: "aws.lb.LoadBalancer に internal: true を設定してください。",
  },
  "public-origin-internal-load-balancer": {
    holds:
      "CloudFront がインターネット経由で呼び出すロードバランサーは、インターネット向けにする必要があります。",
    fix: "内部向けのロードバランサーには aws.cloudfront.VpcOrigin で接続するか、internal: false を設定してください。",
  },
  "load-balancer-closed-to-edge": {
    holds:
      "CloudFront の背後にあるロードバランサーのセキュリティグループは、CloudFront からの接続を許可する必要があります。",
    fix: "リスナーのポートで、CloudFront のマネージドプレフィックスリスト（aws.ec2.getManagedPrefixList）を許可してください。",
  },
  "load-balancer-open-behind-edge": {
    holds:
      "CloudFront の背後にあるインターネット向けロードバランサーは、CloudFront からの接続だけを許可してください。",
    fix: "アドレス範囲の代わりに、CloudFront のマネージドプレフィックスリスト（aws.ec2.getManagedPrefixList）を許可してください。",
  },
  "load-balancer-without-egress": {
    holds: "ロードバランサーのセキュリティグループは、ターゲットへの接続を許可する必要があります。",
    fix: "ロードバランサーの aws.ec2.SecurityGroup に、ターゲットのポートへの egress ルールを追加してください。すべてを許可する AWS のデフォルトのルールは、プロバイダーが削除します。",
  },
  "tasks-closed-to-load-balancer": {
    holds:
      "タスクやインスタンスのセキュリティグループは、ロードバランサーからの接続を許可する必要があります。",
    fix: "タスクまたはインスタンスのセキュリティグループの ingress で、そのポートへの接続をロードバランサーのセキュリティグループに許可してください。",
  },
  "health-check-port-closed": {
    holds: "セキュリティグループは、ヘルスチェックが使うポートへの接続も許可する必要があります。",
    fix: "タスクのセキュリティグループの ingress で、healthCheck.port への接続をロードバランサーのセキュリティグループに許可してください。または aws.lb.TargetGroup の healthCheck.port を削除し、リクエストと同じポートで確認してください。",
  },
  "tasks-open": {
    holds:
      "タスクは、ロードバランサーからの接続だけを許可してください。ロードバランサーがない場合も、インターネット全体には開かないでください。",
    fix: "タスクのセキュリティグループの ingress では、アドレス範囲の代わりにロードバランサーのセキュリティグループを許可してください。",
  },
  "no-secret-header": {
    holds:
      "どのディストリビューションからも届くロードバランサーでは、自分のディストリビューションだけが送るヘッダーを確認する必要があります。",
    fix: "オリジンの customHeaders でランダムな値を送り、その値を持つリクエストだけを転送し（httpHeader 条件を持つ aws.lb.ListenerRule）、それ以外には固定レスポンスで 403 を返してください。",
  },
  "vpc-origin-without-secret-header": {
    holds:
      "VPC オリジンの背後にあるロードバランサーでも、1 つのディストリビューションだけが送るヘッダーを確認できます。",
    fix: "アカウントに複数のディストリビューションがある場合は、オリジンの customHeaders でランダムな値を送り、その値を持つリクエストだけを転送してください（httpHeader 条件を持つ aws.lb.ListenerRule）。",
  },
  "secret-header-not-sent": {
    holds: "リスナーが要求するヘッダーを、CloudFront が送る必要があります。",
    fix: "オリジンの customHeaders で、リスナールールの条件にある値を持つヘッダーを送ってください。",
  },
  "idle-timeout-order": {
    holds:
      "コンテナは、ロードバランサーが再利用する時間より長く、アイドル接続を保持する必要があります。",
    fix: "aws.lb.LoadBalancer の idleTimeout を、コンテナのキープアライブより短くしてください。",
  },
  "edge-idle-timeout-order": {
    holds:
      "ロードバランサーは、CloudFront が再利用する時間より長く、アイドル接続を保持する必要があります。",
    fix: "オリジンの originKeepaliveTimeout を、aws.lb.LoadBalancer の idleTimeout より短くしてください。",
  },
  "client-certificate-behind-edge": {
    holds:
      "CloudFront の背後にあるリスナーがクライアント証明書を検証できるのは、CloudFront がオリジンに証明書を提示する場合だけです。",
    fix: "aws.lb.Listener の mutualAuthentication を削除し、ビューワーの証明書を検証する aws.cloudfront.Distribution に viewerMtlsConfig を設定してください。",
  },
  "host-rule-behind-edge": {
    holds:
      "CloudFront の背後にあるリスナールールは、CloudFront が実際に送るホスト名を条件にする必要があります。",
    fix: "オリジンリクエストポリシー AllViewer でビューワーの Host ヘッダーを転送するか、aws.lb.ListenerRule の hostHeader にオリジンの domainName を書いてください。",
  },
  "request-kind-cannot-work": {
    holds: "このパスで使うリクエストは、ビューワーからコンテナまで届く必要があります。",
    fix: "メッセージが原因として挙げている設定を変更してください。",
  },
  "request-kind-not-known": {
    holds: "このパスで使うリクエストが動くことは、AWS の文書で確認できる必要があります。",
    fix: "このようなリクエストは、originHttpVersion を設定しない別のビヘイビアとオリジンに送ってください。gRPC には grpcConfig: { enabled: true } を設定してください。",
  },
  "direct-http1-clients-464": {
    holds:
      "CloudFront を通さずにバージョン HTTP2 のターゲットグループを呼び出すクライアントは、すべて HTTP/2 を使う必要があります。",
    fix: 'HTTP/1.1 のクライアント、監視、WebSocket が必要な場合は、aws.lb.TargetGroup に protocolVersion: "HTTP1" を設定してください。',
  },
  "direct-open-to-internet": {
    holds:
      "CloudFront を使わず、一般公開もしないロードバランサーでは、許可するアドレス範囲を限定してください。",
    fix: "一般公開しない場合は、ロードバランサーのセキュリティグループの ingress で許可する範囲を狭めてください。",
  },
  "direct-waf-inside-vpc": {
    holds: "CloudFront のウェブ ACL は、リクエストが VPC に届く前に働きます。",
    fix: "変更は不要です。aws.cloudfront.Distribution のウェブ ACL なら、リクエストが VPC に届く前にブロックできます。",
  },
  "direct-no-static-site": {
    holds: "静的ファイルは、CloudFront 経由で S3 から配信します。",
    fix: "静的ファイルをコンテナから配信するか、前段に aws.cloudfront.Distribution を置いてください。",
  },
  "http3-unavailable-on-alb": {
    holds: "HTTP/3 を使うビューワーは、CloudFront を呼び出す必要があります。",
    fix: 'HTTP/3 が必要な場合は、httpVersion: "http2and3" の aws.cloudfront.Distribution を前段に置いてください。',
  },
};
