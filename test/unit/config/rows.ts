/** One wrong setting a row: what is set, which key is named, what is said. Shared by several tests. */

import { laterVariants } from "../../../path/variants";

/** Settings as plain values, as a stack file holds them. */
export type Raw = Record<string, unknown>;

export interface Row {
  readonly title: string;
  readonly raw: Raw;
  /** The key that the problem names, without the namespace. */
  readonly key: string;
  /** Part of what is said to be expected. */
  readonly expected: RegExp;
  /** Part of the change that is offered. */
  readonly change: RegExp;
}

export const region = "eu-west-1";

/** Settings without a problem, for each variant. */
export const edge: Raw = { variant: "h1-via-cloudfront", origin: { access: "vpc-origin" } };
export const named: Raw = { variant: "h1-via-cloudfront", domain: { name: "app.example.com" } };
export const direct: Raw = { variant: "h2-direct", domain: { name: "h2.example.com" } };
const calls: Raw = { variant: "grpc-via-cloudfront", domain: { name: "grpc.example.com" } };
export const adopted = {
  vpcId: "vpc-0123456789abcdef0",
  loadBalancerSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  taskSubnetIds: ["subnet-0123456789abcdef2"],
};

const certificate = (where: string) =>
  `arn:aws:acm:${where}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const listenerIn = (where: string) =>
  `arn:aws:elasticloadbalancing:${where}:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const kmsKey = `arn:aws:kms:${region}:111122223333:key/12345678-1234-1234-1234-123456789012`;
const publicImage = "public.ecr.aws/docker/library/httpd:2.4";
const ecrImage = (where: string) => `111122223333.dkr.ecr.${where}.amazonaws.com/app:1`;

/** Services at a load balancer that exists. */
const shared = (more: Raw = {}, loadBalancer: Raw = {}): Raw => ({
  variant: "h1-via-cloudfront",
  loadBalancer: {
    listenerArn: listenerIn(region),
    securityGroupId: "sg-0123456789abcdef0",
    ...loadBalancer,
  },
  network: { vpcId: adopted.vpcId, taskSubnetIds: adopted.taskSubnetIds },
  services: { api: { paths: ["/api/*"] } },
  ...more,
});

const oidc = {
  issuer: "https://id.example.com/",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "shop",
  clientSecret: "secret",
};
const signIn = (value: Raw): Raw => ({ ...named, signIn: { paths: ["/account/*"], ...value } });
const service = (value: Raw): Raw => ({ ...edge, service: value });
const app = (value: Raw, more: Raw = {}): Raw =>
  service({ app: { image: publicImage, port: 3000, ...value }, ...more });
const efs = { fileSystemId: "fs-0123456789abcdef0", accessPointId: "fsap-0123456789abcdef0" };
const logGroup = `arn:aws:logs:${region}:111122223333:log-group:/ecs/commands`;
const network = (value: Raw): Raw => ({ ...edge, network: value });
const timeouts = (value: Raw): Raw => ({
  ...edge,
  origin: { access: "vpc-origin", timeouts: value },
});
const domain = (value: Raw): Raw => ({ ...named, domain: { name: "app.example.com", ...value } });
const cidrs = (...allowedCidrs: unknown[]): Raw => ({ ...direct, viewers: { allowedCidrs } });
const waf = (value: Raw): Raw => ({ ...edge, waf: { enabled: true, ...value } });
const tagged = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag${i}`, "x"]));

const alarms = (value: Raw): Raw => ({ ...edge, alarms: { enabled: true, ...value } });
const topic = (where: string) => `arn:aws:sns:${where}:111122223333:ops`;
const https = { cidr: "0.0.0.0/0", port: 443 };

/** `[title, raw, key, expected, change]` */
type Short = readonly [string, Raw, string, RegExp, RegExp];

// prettier-ignore
const values: readonly Short[] = [
  ["a variant that is missing", {}, "variant", /one of h1/, /set hopwise:variant h1-via/],
  ["a slip in the variant", { variant: "h2-drect" }, "variant", /one of/, /hopwise:variant h2-direct$/],
  ["half a variant", { variant: "h1" }, "variant", /one of/, /hopwise:variant h1-via-cloudfront$/],
  ...laterVariants.map((variant): Short => ["a variant of a later version", { variant }, "variant", new RegExp(`one of h1.*; ${variant} is not available in this version`), /set hopwise:variant h1-via-cloudfront/]),
  ["no boolean", { ...edge, deletionProtection: "yes" }, "deletionProtection", /true, false/, /true$/],
  ["an unknown group", { ...edge, servise: "{}x" }, "servise", /no such key/, /rename it to hopwise:service in the stack file$/],
  ["a key without its group", { ...edge, cpu: "512" }, "cpu", /there are variant,/, /^pulumi config set --path hopwise:service\.cpu 512 && pulumi config rm hopwise:cpu$/],
  ["an unknown key like no other", { ...edge, zzz: "1" }, "zzz", /no such key/, /config rm hopwise:zzz/],
  ["a slip within a group", service({ memroy: 1024 }), "service.memroy", /no such key/, /set --path hopwise:service\.memory 1024 && .*rm --path hopwise:service\.memroy$/],
  ["another spelling", service({ health_check_path: "/x" }), "service.health_check_path", /no such/, /set .*healthCheckPath \/x && .*rm/],
  ["a group that is text", { ...edge, service: "small" }, "service", /keys of image, port/, /under service:/],
  ["a group that is a list", { ...edge, service: "[1]" }, "service", /keys of image/, /under service:/],
  ["a fraction", service({ count: 1.5 }), "service.count", /whole number from 1 to 1000/, /count 2$/],
  ["a number too large", timeouts({ idle: 4001 }), "origin.timeouts.idle", /1 to 4000/, /idle 4000$/],
  ["a number too small", timeouts({ idle: 0 }), "origin.timeouts.idle", /1 to 4000/, /idle 1$/],
  ["too long a wait", timeouts({ read: 121 }), "origin.timeouts.read", /1 to 120/, /read 120$/],
  ["too long a keep-alive", timeouts({ keepAlive: 121 }), "origin.timeouts.keepAlive", /1 to 120/, /keepAlive 120$/],
  ["too long a drain", timeouts({ drain: 116 }), "origin.timeouts.drain", /1 to 115/, /drain 115$/],
  ["HTTP/3 to the origin", { ...named, origin: { httpVersion: "http3" } }, "origin.httpVersion", /http1\.1, http2/, /httpVersion http2$/],
  ["HTTP/2 to the origin by another word", { ...named, origin: { httpVersion: "H2" } }, "origin.httpVersion", /http1\.1, http2/, /httpVersion http2$/],
  ["a port that is none", service({ port: 65536 }), "service.port", /1 to 65535/, /port 65535$/],
  ["an unknown CPU value", service({ cpu: 300 }), "service.cpu", /256, 512/, /cpu 256$/],
  ["no /tmp", service({ tmpMiB: 0 }), "service.tmpMiB", /from 8 to/, /tmpMiB 8$/],
  ["an odd retention", service({ logRetentionDays: 31 }), "service.logRetentionDays", /1, 3, 5/, /logRetentionDays/],
  ["a processor by another name", service({ architecture: "ARM-64" }), "service.architecture", /arm64/, /arm64$/],
  ["an empty image", service({ image: " " }), "service.image", /an image, .*httpd/, /'<value>'$/],
  ["text that is no image", service({ image: "not an image" }), "service.image", /its tag or digest/, /service\.image/],
  ["an image with more after its tag", service({ image: "nginx:1.30.4 -v" }), "service.image", /its tag or digest/, /service\.image/],
  ["an ARN of something else", service({ clusterArn: certificate(region) }), "service.clusterArn", /ECS cluster, such as arn:.*cluster\/shared/, /'<value>'$/],
  ["a path without a slash", service({ healthCheckPath: "up" }), "service.healthCheckPath", /a path/, /\/up$/],
  ["a path with nginx's own syntax", service({ healthCheckPath: "/x;}" }), "service.healthCheckPath", /a path/, /'<value>'$/],
  ["the home page as health check", service({ healthCheckPath: "/" }), "service.healthCheckPath", /a path other than/, /'<value>'$/],
  ["an app without an image", service({ app: { port: 3000 } }), "service.app.image", /an image/, /httpd/],
  ["an app without a port", service({ app: { image: publicImage } }), "service.app.port", /1 to 65535/, /port 3000$/],
  ["an app as root", service({ app: { image: publicImage, port: 3000, user: "0:0" } }), "service.app.user", /other than root/, /'<value>'$/],
  ["a secret in no store", service({ app: { image: publicImage, port: 3000, secrets: { TOKEN: "/prod/token" } } }), "service.app.secrets.TOKEN", /secretsmanager: or ssm:/, /secrets\.TOKEN '<value>'$/],
  ["a secret with a bad name", service({ app: { image: publicImage, port: 3000, secrets: { "MY-VAR": "ssm:x" } } }), "service.app.secrets.MY-VAR", /another name: letters, digits and _/, /config rm/],
  ["a key that is a certificate", service({ app: { image: publicImage, port: 3000, secrets: { A: "ssm:x" }, secretKeyArns: [certificate(region)] } }), "service.app.secretKeyArns[0]", /KMS key/, /secretKeyArns\[0\]' '<value>'$/],
  ["a sidecar called app", service({ sidecars: { app: { image: publicImage } } }), "service.sidecars.app", /another name: up to 64 .* not nginx or app/, /config rm/],
  ["a sidecar without an image", service({ sidecars: { agent: { port: 4317 } } }), "service.sidecars.agent.image", /an image/, /agent\.image/],
  ["a slip within a sidecar", service({ sidecars: { agent: { image: publicImage, imgae: "x" } } }), "service.sidecars.agent.imgae", /no such key/, /config rm|rename|set/],
  ["a condition that ECS has not", service({ sidecars: { agent: { image: publicImage, dependsOn: { nginx: "RUNNING" } } } }), "service.sidecars.agent.dependsOn.nginx", /one of START, COMPLETE/, /dependsOn\.nginx/],
  ["a permission for no action", service({ taskRoleStatements: [{ actions: ["GetObject"], resources: ["*"] }] }), "service.taskRoleStatements[0].actions[0]", /an action of IAM.*s3:GetObject/, /'<value>'$/],
  ["a permission without a resource", service({ taskRoleStatements: [{ actions: ["s3:*"] }] }), "service.taskRoleStatements[0].resources", /list of one or more, each an ARN/, /resources: \[arn/],
  ["an access point's ARN", service({ volumes: { data: { ...efs, accessPointId: "arn:x", mountPath: "/data" } } }), "service.volumes.data.accessPointId", /id of an EFS access point/, /'<value>'$/],
  ["a mount path without a slash", service({ volumes: { data: { ...efs, mountPath: "data" } } }), "service.volumes.data.mountPath", /absolute path/, /\/data$/],
  ["an image with a variable that is not set", app({ image: "shop:${HOPWISE_TEST_NOT_SET}" }), "service.app.image", /the environment variable HOPWISE_TEST_NOT_SET is not set/, /app\.image/],
  ["a parameter without its slash", app({ image: "ssm:shop/image" }), "service.app.image", /an image, best with its tag/, /'<value>'$/],
  ["a folder without a slash", app({ workingDirectory: "srv/app" }), "service.app.workingDirectory", /an absolute path/, /\/srv\/app$/],
  ["a command that is text", app({ command: "node server.js" }), "service.app.command", /a list of one or more/, /command/],
  ["a check of no path", app({ healthCheck: { path: "health" } }), "service.app.healthCheck.path", /a path/, /\/health$/],
  ["a check too often", app({ healthCheck: { interval: 1 } }), "service.app.healthCheck.interval", /from 5 to 300/, /interval 5$/],
  ["a variable with a bad name", service({ app: { image: publicImage, port: 3000, environment: { "MY-VAR": "x" } } }), "service.app.environment.MY-VAR", /another name: letters, digits and _/, /config rm/],
  ["a range with host bits", network({ cidr: "10.0.0.1/16" }), "network.cidr", /which is 10\.0\.0\.0/, /10\.0\.0\.0\/16$/],
  ["an IPv6 range for the VPC", network({ cidr: "2001:db8::/32" }), "network.cidr", /IPv4 range/, /'<value>'$/],
  ["a zone by its id", network({ availabilityZoneNames: ["euw1-az1", "eu-west-1b"] }), "network.availabilityZoneNames[0]", /region and a letter/, /'<value>'|eu-west-1a/],
  ["one zone by its name", network({ availabilityZoneNames: ["eu-west-1a"] }), "network.availabilityZoneNames", /two to six zones/, /Names\[1\]' '<value>'$/],
  ["too small a VPC for three named zones", network({ cidr: "10.0.0.0/25", availabilityZoneNames: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }), "network.cidr", /\/16 to \/24/, /cidr 10\.0\.0\.0\/24$/],
  ["one availability zone", network({ availabilityZones: 1 }), "network.availabilityZones", /2 to 6/, /Zones 2$/],
  ["an unknown egress", network({ egress: "nat" }), "network.egress", /one of endpoints, nat-single/, /egress/],
  ["an address without a length", cidrs("203.0.113.7"), "viewers.allowedCidrs[0]", /add \/32/, /203\.0\.113\.7\/32$/],
  ["too long a length", cidrs("203.0.113.0/33"), "viewers.allowedCidrs[0]", /at most \/32/, /allowedCidrs\[0\]/],
  ["no address", cidrs("10.0.0.0/8", "office"), "viewers.allowedCidrs[1]", /IPv4 or an IPv6/, /allowedCidrs\[1\]/],
  ["an address with a zone", cidrs("fe80::1%eth0/64"), "viewers.allowedCidrs[0]", /CIDR/, /allowedCidrs\[0\]/],
  ["host bits in IPv6", cidrs("2001:db8::1/32"), "viewers.allowedCidrs[0]", /which is 2001:db8::/, /2001:db8::\/32$/],
  ["nobody admitted", cidrs(), "viewers.allowedCidrs", /one or more/, /allowedCidrs: \[203/],
  ["a range that is no list", { ...direct, viewers: { allowedCidrs: "10.0.0.0/8" } }, "viewers.allowedCidrs", /a list/, /allowedCidrs: \[/],
  ["an old TLS version", { ...named, viewers: { minimumTls: 1.1 } }, "viewers.minimumTls", /1\.2, 1\.3/, /minimumTls 1\.2$/],
  ["a domain without a name", { ...edge, domain: { zoneName: "example.com" } }, "domain.name", /DNS name/, /app\.example\.com$/],
  ["capitals in a name", domain({ name: "App.Example.com" }), "domain.name", /lower case/, /app\.example\.com$/],
  ["a URL for a name", domain({ name: "https://app.example.com/" }), "domain.name", /DNS name/, /app\.example\.com$/],
  ["a trailing dot", domain({ zoneName: "example.com." }), "domain.zoneName", /trailing dot/, /example\.com$/],
  ["a zone id that is none", domain({ zoneId: "example.com" }), "domain.zoneId", /zone id/, /'<value>'$/],
  ["a way out that is no list", service({ egress: "10.0.0.0/8" }), "service.egress", /a list of 1 to 50/, /egress: \[\{ cidr/],
  ["a way out without a port", service({ egress: [https, { cidr: "10.20.0.0/16" }] }), "service.egress[1].port", /1 to 65535/, /port' 443$/],
  ["a way out with host bits", service({ egress: [https, { cidr: "10.20.0.1/16", port: 1 }] }), "service.egress[1].cidr", /which is 10\.20/, /10\.20\.0\.0\/16$/],
  ["a slip in a way out", service({ egress: [{ ...https, ports: 1 }] }), "service.egress[0].ports", /no such key/, /set --path 'hopwise:service\.egress\[0\]\.port' 1 && /],
  ["an unknown mode of the web ACL", waf({ mode: "monitor" }), "waf.mode", /block, count/, /mode count$/],
  ["an unknown managed group", waf({ managedGroups: ["common", "sqli"] }), "waf.managedGroups[1]", /one of common, known-bad-inputs/, /managedGroups\[1\]' sql-injection$/],
  ["managed groups that are no list", waf({ managedGroups: "common" }), "waf.managedGroups", /a list, each of common/, /managedGroups: \[common, /],
  ["a rate limit too low", waf({ rateLimit: { requests: 9 } }), "waf.rateLimit.requests", /10 to 2000000000/, /requests 10$/],
  ["a window that AWS has not", waf({ rateLimit: { windowSeconds: 30 } }), "waf.rateLimit.windowSeconds", /60, 120, 300, 600/, /windowSeconds 60$/],
  ["more capacity than AWS gives", waf({ capacityBudget: 5001 }), "waf.capacityBudget", /1 to 5000/, /capacityBudget 5000$/],
  ["an address to block", waf({ blockCidrs: ["203.0.113.7"] }), "waf.blockCidrs[0]", /add \/32/, /203\.0\.113\.7\/32$/],
  ["an override that does nothing known", waf({ overrides: { common: { NoUserAgent_HEADER: "drop" } } }), "waf.overrides.common.NoUserAgent_HEADER", /one of count, block, allow/, /NoUserAgent_HEADER block$/],
  ["overrides by another name", waf({ overrides: { crs: { NoUserAgent_HEADER: "count" } } }), "waf.overrides.crs", /a managed group: common/, /config rm/],
  ["a kind of edge log that is none", { ...edge, logs: { edge: "v1" } }, "logs.edge", /off, v2, legacy/, /logs\.edge legacy$/],
  ["an unknown format of edge logs", { ...edge, logs: { edge: "v2", edgeFormat: "parquet" } }, "logs.edgeFormat", /w3c, json/, /edgeFormat/],
  ["flow logs as a boolean", { ...edge, logs: { flow: true } }, "logs.flow", /off, rejected, all/, /logs\.flow/],
  ["logs that are kept no day", { ...edge, logs: { access: true, retentionDays: 0 } }, "logs.retentionDays", /1 to 3653/, /retentionDays 1$/],
  ["a bucket's ARN", { ...edge, logs: { access: true, bucket: "arn:aws:s3:::logs" } }, "logs.bucket", /a bucket's name.*example-logs/, /'<value>'$/],
  ["an address that is none", alarms({ email: "ops" }), "alarms.email", /e-mail address/, /'<value>'$/],
  ["a topic that is a queue", alarms({ topicArn: `arn:aws:sqs:${region}:111122223333:ops` }), "alarms.topicArn", /SNS topic/, /'<value>'$/],
  ["a threshold of nothing", alarms({ thresholds: { target5xx: 0 } }), "alarms.thresholds.target5xx", /1 to 1000000/, /target5xx 1$/],
  ["more days than a certificate lives", alarms({ thresholds: { certificateDays: 199 } }), "alarms.thresholds.certificateDays", /1 to 198/, /Days 198$/],
  ["alarms by another word", alarms({ enabled: "yes" }), "alarms.enabled", /true, false/, /true$/],
  ["a detector's ARN", { ...edge, detection: { detectorId: "arn:x" } }, "detection.detectorId", /32 hexadecimal/, /'<value>'$/],
  ["a slip in what detects", { ...edge, detection: { guardduty: true } }, "detection.guardduty", /no such key/, /detection\.guardDuty true && /],
  ["a wildcard in the middle", domain({ edgeCertificateArn: certificate("us-east-1"), edgeCertificateNames: ["a.*.example.com"] }), "domain.edgeCertificateNames[0]", /first label/, /'<value>'$/],
  ["a key of a group, set without --path", { ...edge, "service.count": "3" }, "service.count", /set wrote it without --path/, /^pulumi config set --path hopwise:service\.count 3 && pulumi config rm hopwise:service\.count$/],
  ["an entry of a list, set without --path", { ...direct, "viewers.allowedCidrs[0]": "10.0.0.0/8" }, "viewers.allowedCidrs[0]", /without --path/, /set --path 'hopwise:viewers\.allowedCidrs\[0\]' 10\.0\.0\.0\/8 && .*rm 'hopwise:viewers\.allowedCidrs\[0\]'$/],
  ["a slip in a key, set without --path", { ...edge, "service.cont": "3" }, "service.cont", /without --path/, /set --path hopwise:service\.count 3 && .*rm hopwise:service\.cont$/],
  ["a word for false", { ...edge, deletionProtection: "off" }, "deletionProtection", /true, false/, /deletionProtection false$/],
  ["a word for neither", { ...edge, deletionProtection: "maybe" }, "deletionProtection", /true, false/, /'<value>'$/],
  ["another firewall's word", waf({ mode: "detect" }), "waf.mode", /block, count/, /mode count$/],
  ["a log by true", { ...edge, logs: { flow: "true" } }, "logs.flow", /off, rejected, all/, /flow all$/],
  ["an architecture by Docker's word", service({ architecture: "amd64" }), "service.architecture", /arm64/, /x86_64$/],
  ["memory with its unit", service({ memory: "1GB" }), "service.memory", /a whole number/, /'<value>'$/],
  ["more tasks than a target group takes", service({ count: 1001 }), "service.count", /1 to 1000/, /count 1000$/],
  ["AWS's own tags", { ...edge, tags: { "aws:x": "1" } }, 'tags["aws:x"]', /not starting with aws:/, /config rm/],
  ["a tag with a fraction", { ...edge, tags: { version: 1.1 } }, "tags.version", /text of up to 256/, /tags\.version/],
  ["too long a tag", { ...edge, tags: { long: "x".repeat(257) } }, "tags.long", /up to 256/, /tags\.long/],
];

// prettier-ignore
const between: readonly Short[] = [
  ["h2-direct without a domain", { variant: "h2-direct" }, "domain", /HTTPS listener/, /domain\.name app\.example\.com$/],
  ["h2-via-cloudfront without a domain, behind a VPC origin too", { variant: "h2-via-cloudfront", origin: { access: "vpc-origin" } }, "domain", /h2-via-cloudfront has an HTTPS listener/, /domain\.name app\.example\.com$/],
  ["HTTP/2 to a load balancer without a certificate", { ...edge, origin: { access: "vpc-origin", httpVersion: "http2" } }, "origin.httpVersion", /http1\.1, or a domain: .*HTTPS only/, /domain\.name app\.example\.com, or .*rm .*httpVersion$/],
  ["a version where the variant has its own", { variant: "h2-via-cloudfront", domain: { name: "app.example.com" }, origin: { httpVersion: "http2" } }, "origin.httpVersion", /only h1-via-cloudfront uses it, .*h2-via-cloudfront always asks for HTTP\/2$/, /rm .*httpVersion$/],
  ["a version to the origin without CloudFront", { ...direct, origin: { httpVersion: "http1.1" } }, "origin.httpVersion", /only h1-via/, /rm .*httpVersion$/],
  ["a public origin without a domain", { variant: "h1-via-cloudfront" }, "domain", /VPC origin/, /domain\.name .*, or .*origin\.access vpc-origin$/],
  ["allowedCidrs behind CloudFront", { ...edge, viewers: { allowedCidrs: ["10.0.0.0/8"] } }, "viewers.allowedCidrs", /only h2-direct/, /config rm/],
  ["gRPC without a domain", { variant: "grpc-via-cloudfront" }, "domain", /HTTPS listener/, /domain\.name app\.example\.com$/],
  ["services where all are called over gRPC", { ...calls, grpc: { services: ["a.B"] } }, "grpc.services", /takes every service/, /config rm/],
  ["a path where a service is asked for", { ...direct, grpc: { services: ["/a.B/*"] } }, "grpc.services[0]", /full name/, /grpc\.services/],
  ["a health check that is no method", { ...calls, grpc: { healthCheckPath: "/healthz" } }, "grpc.healthCheckPath", /a method/, /grpc\.healthCheckPath/],
  ["gRPC through a VPC origin", { ...calls, origin: { access: "vpc-origin" } }, "origin.access", /no gRPC through a VPC origin/, /prefix-list/],
  ["services through a VPC origin", { ...edge, grpc: { services: ["a.B"] } }, "origin.access", /no gRPC through a VPC origin/, /prefix-list[^]*rm/],
  ["gRPC without HTTP/2 at CloudFront", { ...calls, viewers: { httpVersions: "http3" } }, "viewers.httpVersions", /over HTTP\/2 only/, /http2and3/],
  ["gRPC on nginx's port", { ...calls, service: { app: { image: ecrImage(region), port: 3000 } }, grpc: { port: 8080 } }, "grpc.port", /another port/, /50051/],
  ["a port for gRPC without an app", { ...calls, grpc: { port: 50051 } }, "grpc.port", /without service\.app/, /service\.app\.image/],
  ["a gRPC health check without services", { ...named, grpc: { healthCheckPath: "/a.B/C" } }, "grpc.healthCheckPath", /without grpc\.services/, /grpc\.services/],
  ["a gRPC health check without a group for gRPC", { ...direct, grpc: { services: ["a.B"], healthCheckPath: "/a.B/C" } }, "grpc.healthCheckPath", /only h1-via-cloudfront/, /config rm/],
  ["redirectHttp behind CloudFront", { ...edge, viewers: { redirectHttp: false } }, "viewers.redirectHttp", /only h2-direct/, /config rm/],
  ["origin.access without CloudFront", { ...direct, origin: { access: "prefix-list" } }, "origin.access", /only h1-via/, /config rm/],
  ["httpVersions without CloudFront", { ...direct, viewers: { httpVersions: "http2" } }, "viewers.httpVersions", /only h1-via/, /config rm/],
  ["read without CloudFront", { ...direct, origin: { timeouts: { read: 30 } } }, "origin.timeouts.read", /only h1-via/, /config rm/],
  ["keepAlive without CloudFront", { ...direct, origin: { timeouts: { keepAlive: 5 } } }, "origin.timeouts.keepAlive", /only h1-via/, /config rm/],
  ["an edge certificate without CloudFront", { ...direct, domain: { name: "h2.example.com", edgeCertificateArn: certificate("us-east-1") } }, "domain.edgeCertificateArn", /only h1-via/, /config rm/],
  ["minimumTls without a domain", { ...edge, viewers: { minimumTls: "1.3" } }, "viewers.minimumTls", /CloudFront's own certificate/, /domain\.name '<value>', or .*config rm/],
  ["keepAlive as long as idle", timeouts({ keepAlive: 60 }), "origin.timeouts.keepAlive", /less than origin\.timeouts\.idle/, /keepAlive 59$/],
  ["idle below keepAlive's default", timeouts({ idle: 5 }), "origin.timeouts.keepAlive", /less than/, /keepAlive 4$/],
  ["idle of one second", timeouts({ idle: 1 }), "origin.timeouts.keepAlive", /less than/, /idle 6$/],
  ["an edge certificate elsewhere", domain({ edgeCertificateArn: certificate(region) }), "domain.edgeCertificateArn", /us-east-1/, /config rm/],
  ["a load balancer's certificate elsewhere", domain({ loadBalancerCertificateArn: certificate("us-east-1") }), "domain.loadBalancerCertificateArn", /in eu-west-1/, /config rm/],
  ["a zone by id and by name", domain({ zoneId: "Z0123456789", zoneName: "example.com" }), "domain.zoneName", /only one of them/, /rm .*zoneName, or .*rm .*zoneId/],
  ["a zone of another domain", domain({ zoneName: "example.org" }), "domain.zoneName", /belongs to/, /zoneName example\.com$/],
  ["a zone that only ends alike", domain({ name: "app.myexample.com", zoneName: "example.com" }), "domain.zoneName", /belongs to/, /myexample\.com$/],
  ["a name that no certificate fits", domain({ name: `${"a".repeat(53)}.example.com` }), "domain.name", /at most 64/, /'<value>'$/],
  ["a cluster elsewhere", service({ clusterArn: "arn:aws:ecs:us-east-1:111122223333:cluster/x" }), "service.clusterArn", /in eu-west-1/, /config rm/],
  ["a listener in another region", shared({}, { listenerArn: listenerIn("us-east-1") }), "loadBalancer.listenerArn", /a listener in eu-west-1/, /listenerArn '<value>'/],
  ["a load balancer without services", shared({ services: {} }), "services", /each with its paths or hosts/, /\/api\/\*/],
  ["a load balancer without its VPC", shared({ network: {} }), "network.vpcId", /the VPC of the load balancer/, /vpcId '<value>'/],
  ["priorities the wrong way round", shared({}, { priorities: { from: 3000, to: 2000 } }), "loadBalancer.priorities.to", /above loadBalancer\.priorities\.from/, /3999/],
  ["a web ACL for a load balancer that exists", shared({ waf: { enabled: true } }), "waf.enabled", /no effect with loadBalancer/, /config rm/],
  ["sign-in over plain HTTP", signIn({ oidc: { ...oidc, tokenEndpoint: "http://id.example.com/token" } }), "signIn.oidc.tokenEndpoint", /begins with https/, /--secret|tokenEndpoint/],
  ["sign-in without a secret", signIn({ oidc: { ...oidc, clientSecret: undefined } }), "signIn.oidc.clientSecret", /secret/, /clientSecret/],
  ["sign-in at no pool", signIn({ cognito: { userPoolArn: "eu-west-1_AbC", clientId: "x", domain: "shop" } }), "signIn.cognito.userPoolArn", /Cognito user pool/, /userPoolArn/],
  ["a session of no time", signIn({ oidc, sessionSeconds: 0 }), "signIn.sessionSeconds", /1 to 604800/, /sessionSeconds 1$/],
  ["an unknown outcome without sign-in", signIn({ oidc, onUnauthenticated: "redirect" }), "signIn.onUnauthenticated", /authenticate, deny, allow/, /authenticate$/],
  ["sign-in through a VPC origin without NAT", { ...signIn({ oidc }), origin: { access: "vpc-origin" }, network: { egress: "public-ip" } }, "network.egress", /NAT gateway/, /nat-single, or .*prefix-list$/],
  ["a slip in a service", { ...edge, services: { api: { pahts: ["/x"] } } }, "services.api.pahts", /no such key/, /config rm .*services\.api\.pahts/],
  ["a service's protocol", { ...edge, services: { api: { paths: ["/x"], protocol: "h2" } } }, "services.api.protocol", /http1, http2, grpc/, /services\.api\.protocol http2/],
  ["subnets without their VPC", network({ ...adopted, vpcId: undefined }), "network.vpcId", /an existing VPC needs/, /vpcId vpc-/],
  ["a VPC without task subnets", network({ ...adopted, taskSubnetIds: undefined }), "network.taskSubnetIds", /an existing VPC needs/, /taskSubnetIds\[0\]/],
  ["a range for an existing VPC", network({ ...adopted, cidr: "10.0.0.0/16" }), "network.cidr", /shapes a created VPC/, /config rm/],
  ["zones for an existing VPC", network({ ...adopted, availabilityZones: 2 }), "network.availabilityZones", /shapes a created/, /config rm/],
  ["names of zones for an existing VPC", network({ ...adopted, availabilityZoneNames: ["eu-west-1a", "eu-west-1b"] }), "network.availabilityZoneNames", /shapes a created/, /config rm/],
  ["a number of zones with their names", network({ availabilityZones: 2, availabilityZoneNames: ["eu-west-1a", "eu-west-1b"] }), "network.availabilityZones", /availabilityZoneNames says which/, /rm .*Zones$/],
  ["a zone twice", network({ availabilityZoneNames: ["eu-west-1a", "eu-west-1a", "eu-west-1b"] }), "network.availabilityZoneNames[1]", /each zone once/, /rm .*Names\[1\]/],
  ["a zone of another region", network({ availabilityZoneNames: ["eu-west-1a", "us-east-1b"] }), "network.availabilityZoneNames[1]", /a zone of eu-west-1/, /Names\[1\]' eu-west-1b$/],
  ["egress for an existing VPC", network({ ...adopted, egress: "endpoints" }), "network.egress", /shapes a created/, /config rm/],
  ["one subnet for the load balancer", network({ ...adopted, loadBalancerSubnetIds: ["subnet-01234567"] }), "network.loadBalancerSubnetIds", /two subnets or more/, /Ids\[1\]/],
  ["one subnet twice", network({ ...adopted, loadBalancerSubnetIds: ["subnet-01234567", "subnet-01234567"] }), "network.loadBalancerSubnetIds", /two subnets/, /Ids\[2\]/],
  ["assignPublicIp in a created VPC", network({ assignPublicIp: true }), "network.assignPublicIp", /network\.egress decides/, /rm/],
  ["dualstack in a created VPC", network({ ipAddressType: "dualstack" }), "network.ipAddressType", /pulumi-awsx#1049/, /config rm/],
  ["too small a VPC", network({ cidr: "10.0.0.0/26" }), "network.cidr", /\/16 to \/25/, /cidr 10\.0\.0\.0\/25$/],
  ["too small a VPC for six zones", network({ cidr: "10.0.0.0/24", availabilityZones: 6 }), "network.cidr", /\/16 to \/23/, /cidr 10\.0\.0\.0\/23$/],
  ["too large a VPC", network({ cidr: "10.0.0.0/8" }), "network.cidr", /\/16 to/, /cidr 10\.0\.0\.0\/16$/],
  ["a size of bodies without CloudFront", { ...direct, waf: { enabled: true, inspectedBodyKiB: 32 } }, "waf.inspectedBodyKiB", /only h1-via.*at a load balancer it is 8/, /rm .*inspectedBodyKiB$/],
  ["a size of bodies where all requests are gRPC", { ...calls, waf: { enabled: true, inspectedBodyKiB: 32 } }, "waf.inspectedBodyKiB", /bodies of gRPC are not read/, /rm .*inspectedBodyKiB$/],
  ["a web ACL beyond its budget", waf({ capacityBudget: 900 }), "waf.capacityBudget", /927 capacity units .*common 700/, /capacityBudget 927$/],
  ["a web ACL without rules", waf({ managedGroups: [], rateLimit: { enabled: false } }), "waf.managedGroups", /at least one group/, /rm .*managedGroups$/],
  ["a managed group twice", waf({ managedGroups: ["linux", "linux"] }), "waf.managedGroups[1]", /each group once/, /rm .*managedGroups\[1\]/],
  ["the whole internet allowed", waf({ allowCidrs: ["0.0.0.0/0"] }), "waf.allowCidrs[0]", /any length but \/0/, /rm .*allowCidrs\[0\]/],
  ["a range allowed and blocked", waf({ allowCidrs: ["10.0.0.0/8"], blockCidrs: ["10.0.0.0/8"] }), "waf.blockCidrs[0]", /evaluated first/, /rm .*blockCidrs\[0\]/],
  ["overrides of a group that is not asked", waf({ overrides: { linux: { LFI_HEADER: "count" } } }), "waf.overrides.linux", /which linux is not/, /set .*managedGroups\[3\]' linux, or .*config rm .*overrides\.linux$/],
  ["a range twice", cidrs("10.0.0.0/8", "10.0.0.0/8"), "viewers.allowedCidrs[1]", /each range once/, /rm .*allowedCidrs\[1\]/],
  ["IPv6 viewers of an IPv4 load balancer", cidrs("10.0.0.0/8", "::/0"), "viewers.allowedCidrs[1]", /dualstack/, /rm .*allowedCidrs\[1\]/],
  ["a pair that Fargate lacks", service({ cpu: 1024, memory: 512 }), "service.memory", /memory 2048 to 8192/, /memory 2048$/],
  ["a secret that is sent and not accepted", { ...edge, origin: { access: "vpc-origin", secret: { send: 3, accept: [1, 2] } } }, "origin.secret.accept", /holds origin\.secret\.send/, /accept\[2\]' 3$/],
  ["a secret that the default does not accept", { ...edge, origin: { access: "vpc-origin", secret: { send: 2 } } }, "origin.secret.accept", /holds origin\.secret\.send/, /accept\[0\]' 1 && .*accept\[1\]' 2$/],
  ["more /tmp than half of the memory", service({ tmpMiB: 300 }), "service.tmpMiB", /at most 256 for each of 1/, /tmpMiB 256, or .*memory/],
  ["more /tmp than two containers have", service({ tmpMiB: 129, app: { image: publicImage, port: 3000 } }), "service.tmpMiB", /at most 128 for each of 2/, /tmpMiB 128, or/],
  ["a variable and a secret of one name", service({ app: { image: publicImage, port: 3000, environment: { A: "x" }, secrets: { A: "ssm:x" } } }), "service.app.secrets.A", /has not/, /rm .*environment\.A, or .*rm .*secrets\.A$/],
  ["a key of secrets that are not there", service({ app: { image: publicImage, port: 3000, secretKeyArns: ["arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012"] } }), "service.app.secretKeyArns", /no effect without service\.app\.secrets/, /rm .*secretKeyArns$/],
  ["a check that does not end in time", app({ healthCheck: { interval: 5 } }), "service.app.healthCheck.timeout", /less than interval \(5\)/, /timeout '<value>', or .*interval/],
  ["nginx's path where an app is checked", { ...edge, service: { healthCheckPath: "/up", app: { image: publicImage, port: 3000 } } }, "service.healthCheckPath", /service\.app\.healthCheck\.path/, /rm .*healthCheckPath$/],
  ["the app's path where all requests are gRPC", { ...calls, service: { app: { image: publicImage, port: 3000, healthCheck: { path: "/up" } } } }, "service.app.healthCheck.path", /calls the method grpc\.healthCheckPath/, /grpc\.healthCheckPath '<value>' && .*rm .*healthCheck\.path, or .*rm/],
  ["nginx's path where all requests are gRPC", { ...calls, service: { healthCheckPath: "/up" } }, "service.healthCheckPath", /calls the method grpc\.healthCheckPath/, /grpc\.healthCheckPath '<value>' && .*rm .*service\.healthCheckPath, or .*rm/],
  ["a privileged port", service({ port: 80 }), "service.port", /1024 or higher/, /port 8080$/],
  ["one port for both containers", service({ app: { image: publicImage, port: 8080 } }), "service.app.port", /another port/, /port 3000$/],
  ["an image that endpoints do not reach", { ...edge, network: { egress: "endpoints" }, service: { image: publicImage } }, "service.image", /private ECR/, /nat-single$/],
  ["commands in containers that are read-only", { ...edge, service: { exec: { enabled: true } } }, "service.exec.enabled", /false, or a container with a writable/, /exec\.enabled false$/],
  ["commands in an app that is read-only", { ...edge, service: { exec: { enabled: "true" }, app: { image: publicImage, port: 3000 } } }, "service.exec.enabled", /readOnlyRoot: false/, /readOnlyRoot false, or .*exec\.enabled false$/],
  ["a key for commands that nobody can run", { ...edge, service: { exec: { kmsKeyArn: kmsKey } } }, "service.exec.kmsKeyArn", /while service\.exec\.enabled is false/, /enabled true, or .*rm/],
  ["a sidecar that nobody made", app({ dependsOn: { migrate: "SUCCESS" } }), "service.app.dependsOn.migrate", /another container of the task: nginx/, /rm .*dependsOn\.migrate$/],
  ["a sidecar that ends the task", { ...edge, service: { app: { image: publicImage, port: 3000, dependsOn: { migrate: "SUCCESS" } }, sidecars: { migrate: { image: publicImage } } } }, "service.app.dependsOn.migrate", /migrate is essential/, /config rm/],
  ["a sidecar without a check to pass", service({ sidecars: { a: { image: publicImage }, b: { image: publicImage, dependsOn: { a: "HEALTHY" } } } }), "service.sidecars.b", /a has no health check/, /under dependsOn of b/],
  ["sidecars that wait for themselves", service({ sidecars: { a: { image: publicImage, dependsOn: { a: "START" } } } }), "service.sidecars.a", /no circle: a waits for a too/, /under dependsOn of a/],
  ["a sidecar on nginx's port", service({ sidecars: { a: { image: publicImage, port: 8080 } } }), "service.sidecars.a", /no other container/, /sidecars\.a\.port '<value>'$/],
  ["a sidecar's variable twice", service({ sidecars: { a: { image: publicImage, environment: { A: "x" }, secrets: { A: "ssm:x" } } } }), "service.sidecars.a", /A in one of environment and secrets/, /stack file/],
  ["sidecars that take more than there is", service({ sidecars: { a: { image: publicImage, memory: 300 }, b: { image: publicImage, memory: 300 } } }), "service.sidecars", /it is 600/, /service\.memory '<value>'$/],
  ["more /tmp than three containers may have", service({ tmpMiB: 100, sidecars: { a: { image: publicImage }, b: { image: publicImage } } }), "service.tmpMiB", /at most 85 for each of 3/, /tmpMiB 85/],
  ["a sidecar that endpoints do not reach", { ...edge, network: { egress: "endpoints" }, service: { sidecars: { a: { image: publicImage } } } }, "service.sidecars.a", /private ECR/, /sidecars\.a\.image '<value>', or .*nat-single$/],
  ["the log of an existing cluster's commands, and no such cluster", app({ readOnlyRoot: false }, { exec: { enabled: true, logGroupArn: logGroup } }), "service.exec.logGroupArn", /without service\.clusterArn/, /config rm/],
  ["a folder of EFS and no app", service({ volumes: { data: { ...efs, mountPath: "/data" } } }), "service.volumes.data", /a container of the task \(nginx\), not app/, /rm .*volumes\.data$/],
  ["a folder of EFS in the place of /tmp", app({}, { volumes: { data: { ...efs, mountPath: "/tmp/data" } } }), "service.volumes.data", /other than \/ and \/tmp/, /config rm/],
  ["two folders of EFS at one place", app({}, { volumes: { a: { ...efs, mountPath: "/data" }, b: { ...efs, mountPath: "/data" } } }), "service.volumes.b", /app has one at \/data/, /config rm/],
  ["more permissions than a role takes", service({ taskRoleStatements: Array.from({ length: 200 }, (_, i) => ({ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::bucket-${i}/*`] })) }), "service.taskRoleStatements", /less than 10240 characters.* and these are/, /with \* in the stack file/],
  ["nginx's port where there is no nginx", app({ behindNginx: false }, { port: 9090 }), "service.port", /the load balancer calls service\.app\.port/, /behindNginx true, or .*rm/],
  ["a protocol of an app behind nginx", app({ protocols: ["http2"] }), "service.app.protocols", /which speaks HTTP\/1\.1 to the app/, /behindNginx false, or .*rm/],
  ["a folder of EFS in nginx, which is not there", app({ behindNginx: false }, { volumes: { data: { ...efs, mountPath: "/data", container: "nginx" } } }), "service.volumes.data", /\(app\), not nginx/, /config rm/],
  ["an app that endpoints do not reach", { ...edge, network: { egress: "endpoints" }, service: { app: { image: ecrImage("us-east-1"), port: 3000 } } }, "service.app.image", /private ECR/, /nat-single$/],
  ["a way out that misses the registry", service({ egress: [{ cidr: "10.20.0.0/16", port: 5432 }] }), "service.egress", /cidr: 0\.0\.0\.0\/0, port: 443/, /egress\[1\]\.cidr' 0\.0\.0\.0\/0 && .*egress\[1\]\.port' 443$/],
  ["a way out of an existing VPC without HTTPS", { ...edge, network: adopted, service: { egress: [{ cidr: "10.20.0.0/16", port: 5432 }] } }, "service.egress", /an entry with port 443/, /egress\[1\]\.port' 443$/],
  ["a way out twice", service({ egress: [https, https] }), "service.egress[1]", /once/, /rm .*egress\[1\]/],
  ["IPv6 out of a created VPC", service({ egress: [https, { cidr: "2001:db8::/32", port: 443 }] }), "service.egress[1]", /IPv4 range/, /rm .*egress\[1\]/],
  ["a bucket without a log", { ...edge, logs: { bucket: "example-logs" } }, "logs.bucket", /no log is switched on/, /logs\.access true, or .*rm .*bucket$/],
  ["a retention without a log", { ...edge, logs: { retentionDays: 30 } }, "logs.retentionDays", /no log is switched on/, /, or .*rm /],
  ["a retention for an existing bucket", { ...edge, logs: { access: true, bucket: "example-logs", retentionDays: 30 } }, "logs.retentionDays", /shapes a created bucket/, /rm .*retentionDays$/],
  ["a destroy of an existing bucket", { ...edge, logs: { flow: "all", bucket: "example-logs", forceDestroy: true } }, "logs.forceDestroy", /shapes a created bucket/, /rm .*forceDestroy$/],
  ["a format without version 2", { ...edge, logs: { edge: "legacy", edgeFormat: "json" } }, "logs.edgeFormat", /only logs\.edge v2/, /logs\.edge v2, or .*rm .*edgeFormat$/],
  ["edge logs without CloudFront", { ...direct, logs: { edge: "v2" } }, "logs.edge", /only h1-via/, /rm .*logs\.edge$/],
  ["names of a certificate that is made", domain({ edgeCertificateNames: ["app.example.com"] }), "domain.edgeCertificateNames", /no effect without domain\.edge/, /config rm/],
  ["an edge certificate for other names", domain({ edgeCertificateArn: certificate("us-east-1"), edgeCertificateNames: ["www.example.com"] }), "domain.edgeCertificateNames", /domain\.name/, /set .*edgeCertificateArn '<value>', or .*rm .*edgeCertificateArn && /],
  ["a load balancer's certificate for other names", { ...direct, domain: { name: "h2.example.com", loadBalancerCertificateArn: certificate(region), loadBalancerCertificateNames: ["*.h2.example.com"] } }, "domain.loadBalancerCertificateNames", /domain\.name/, /'<value>', or .*rm .*BalancerCertificateArn && /],
  ["a topic elsewhere", alarms({ topicArn: topic("us-east-1") }), "alarms.topicArn", /in eu-west-1/, /config rm/],
  ["an edge topic elsewhere", { ...named, alarms: { enabled: true, edgeTopicArn: topic(region) } }, "alarms.edgeTopicArn", /in us-east-1/, /config rm/],
  ["an edge topic without CloudFront", { ...direct, alarms: { edgeTopicArn: topic("us-east-1") } }, "alarms.edgeTopicArn", /only h1-via/, /config rm/],
  ["an address beside a topic", alarms({ email: "a@example.com", topicArn: topic(region) }), "alarms.email", /own subscribers/, /rm .*email, or .*rm .*topicArn/],
  ["an address beside both topics", { ...named, alarms: { enabled: true, email: "a@example.com", topicArn: topic(region), edgeTopicArn: topic("us-east-1") } }, "alarms.email", /own subscribers/, /rm .*email/],
  ["a site path twice", { ...edge, site: { folder: "docs", paths: ["/api/*", "/b", "/api/*"] } }, "site.paths[2]", /once/, /rm .*paths\[2\]/],
  ["tags that differ in case", { ...edge, tags: { Env: "a", env: "b" } }, "tags.env", /only one of Env and env/, /rm .*tags\.Env, or .*rm .*tags\.env$/],
  ["an environment of 65 KiB", service({ app: { image: publicImage, port: 3000, environment: { A: "x".repeat(66_560) } } }), "service.app.environment", /64 KiB .*this is 65\.\d KiB/, /move large values/],
  ...["0.0.0.0/16", "127.1.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "239.255.0.0/24"].map((cidr): Short => ["a range that no VPC can have", network({ cidr }), "network.cidr", /AWS takes for no VPC/, /'<value>'$/]),
  ["more tasks than addresses", { ...edge, network: { cidr: "10.0.0.0/25" }, service: { count: 55 } }, "service.count", /at most 54: 2 subnets/, /network\.cidr 10\.0\.0\.0\/24, or .*count 54$/],
  ["more tasks than three zones' addresses", { ...edge, network: { cidr: "10.1.128.0/23", availabilityZones: 3 }, service: { count: 178 } }, "service.count", /at most 177/, /network\.cidr 10\.1\.128\.0\/22, or/],
  ["memory that goes with another CPU value", service({ memory: 16384 }), "service.memory", /cpu 256 goes with/, /cpu 2048, or .*memory 2048$/],
  ["an address without alarms", { ...edge, alarms: { email: "ops@example.org" } }, "alarms.email", /no effect while alarms\.enabled is false/, /alarms\.enabled true, or .*rm .*email$/],
  ["an address with alarms off", { ...edge, alarms: { enabled: false, email: "ops@example.org" } }, "alarms.email", /no effect/, /enabled true, or/],
  ["a threshold without alarms", { ...edge, alarms: { thresholds: { target5xx: 3 } } }, "alarms.thresholds.target5xx", /no effect/, /alarms\.enabled true, or/],
  ["a rate limit without a web ACL", { ...edge, waf: { rateLimit: { requests: 100 } } }, "waf.rateLimit.requests", /no effect while waf\.enabled is false/, /waf\.enabled true, or/],
  ["a rate limit that is on without a web ACL", { ...edge, waf: { rateLimit: { enabled: true } } }, "waf.rateLimit.enabled", /no effect while waf\.enabled/, /waf\.enabled true, or/],
  ["a rate of a limit that is off", waf({ rateLimit: { enabled: false, requests: 100 } }), "waf.rateLimit.requests", /while waf\.rateLimit\.enabled is false/, /rateLimit\.enabled true, or/],
  ["a retention of a log that is off", waf({ logging: false, logRetentionDays: 30 }), "waf.logRetentionDays", /while waf\.logging is false/, /logging true, or/],
  ["a mode without a web ACL", { ...edge, waf: { enabled: "false", mode: "count" } }, "waf.mode", /no effect/, /waf\.enabled true, or/],
  ["a detector without GuardDuty", { ...edge, detection: { inspector: true, detectorId: "0123456789abcdef0123456789abcdef" } }, "detection.detectorId", /while detection\.guardDuty is false/, /guardDuty true, or/],
  ["days of a certificate without a domain", alarms({ thresholds: { certificateDays: 20 } }), "alarms.thresholds.certificateDays", /no effect without a domain/, /domain\.name '<value>', or/],
  ["an edge topic without a domain", alarms({ edgeTopicArn: topic("us-east-1") }), "alarms.edgeTopicArn", /no effect without a domain/, /, or .*rm/],
  ["queries without a log", { ...edge, logs: { queries: true, edge: "v2" } }, "logs.queries", /no effect.*is off/, /logs\.access true, or/],
  ["too many tags", { ...edge, tags: tagged(46) }, "tags", /at most 45/, /remove 1 of the 46/],
];

/** Every row. */
export const rows: readonly Row[] = [...values, ...between].map(
  ([title, raw, key, expected, change]) => ({ title, raw, key, expected, change }),
);

/** Settings that stand at the edge of a rule and are right. */
// prettier-ignore
export const sound: readonly (readonly [string, Raw])[] = [
  ["a VPC origin without a domain", edge],
  ["a public origin with a domain", named],
  ["h2-direct with a domain", direct],
  ["gRPC only", calls],
  ["gRPC only, with an app's times and a method to check", { ...calls, grpc: { healthCheckPath: "/shop.v1.Cart/Ping" }, service: { app: { image: publicImage, port: 3000, healthCheck: { interval: 30 } } } }],
  ["gRPC next to ordinary requests, with both paths", { ...named, grpc: { services: ["shop.v1.Cart"] }, service: { app: { image: publicImage, port: 3000, healthCheck: { path: "/up" } } } }],
  ["gRPC next to ordinary requests", { ...named, grpc: { services: ["shop.v1.Cart"] } }],
  ["an app with a port for each", { ...named, service: { app: { image: ecrImage(region), port: 3000 } }, grpc: { services: ["Cart"], port: 50051, healthCheckPath: "/AWS.ALB/healthcheck" } }],
  ["larger bodies for the web ACL", { ...edge, waf: { enabled: true, inspectedBodyKiB: "64" } }],
  ["services at a load balancer that exists", shared({}, { priorities: { from: 2000, to: "2999" }, secretHeaderValues: ["abc123"] })],
  ["several services", { ...edge, services: { api: { paths: ["/api/*"], protocol: "http1", count: "3" }, "b-2": { hosts: ["b.example.com"], priority: 5 } } }],
  ["zones by their names", network({ availabilityZoneNames: ["eu-west-1a", "eu-west-1c"] })],
  ["an existing VPC", network({ ...adopted, assignPublicIp: true, ipAddressType: "dualstack" })],
  ["the smallest VPC for two zones", network({ cidr: "10.0.0.0/25" })],
  ["the smallest VPC for six zones", network({ cidr: "10.0.0.0/23", availabilityZones: 6 })],
  ["as much /tmp as two containers have", service({ tmpMiB: 128, app: { image: publicImage, port: 3000 } })],
  ["secrets of either store", service({ app: { image: publicImage, port: 3000, secrets: { A: "ssm:x", B: "secretsmanager:x:KEY" } } })],
  ["an app with a command and a check of its own", app({ command: ["node", "server.js"], entryPoint: ["/init"], workingDirectory: "/srv", healthCheck: { path: "/up?full=1", command: ["true"] } })],
  ["a given image on a privileged port", service({ image: publicImage, port: 80 })],
  ["images that endpoints reach", { ...edge, network: { egress: "endpoints" }, service: { image: ecrImage(region) } }],
  ["the built image and endpoints", network({ egress: "endpoints" })],
  ["IPv6 viewers of a dual-stack load balancer", { ...cidrs("::/0"), network: { ...adopted, ipAddressType: "dualstack" } }],
  ["a long name with given certificates", domain({ name: `${"a".repeat(53)}.example.com`, edgeCertificateArn: certificate("us-east-1"), loadBalancerCertificateArn: certificate(region) })],
  ["keepAlive just below idle", timeouts({ idle: 120, keepAlive: 119 })],
  ["as many tags as fit", { ...edge, tags: tagged(45) }],
  ["an image by digest", service({ image: `r.example.com:5000/a/b@sha256:${"0".repeat(64)}` })],
  ["a certificate whose names fit", domain({ edgeCertificateArn: certificate("us-east-1"), edgeCertificateNames: ["*.example.com"] })],
  ["alarms with an address", alarms({ enabled: "true", email: "ops@example.com", thresholds: { loadBalancer4xx: "3" } })],
  ["an address for the edge's topic beside a given one", { ...named, alarms: { enabled: true, email: "a@example.com", topicArn: topic(region) } }],
  ["GuardDuty with a detector", { ...edge, detection: { guardDuty: true, inspector: true, detectorId: "0123456789abcdef0123456789abcdef" } }],
  ["ways out beside HTTPS", service({ egress: [https, { cidr: "10.20.0.0/16", port: "5432" }] })],
  ["a way out beside endpoints", { ...edge, network: { egress: "endpoints" }, service: { egress: [{ cidr: "10.20.0.0/16", port: 5432 }] } }],
  ["HTTPS to an existing VPC's own endpoints", { ...edge, network: adopted, service: { egress: [{ cidr: "10.20.0.0/16", port: 443 }] } }],
  ["every log, in a bucket that exists", { ...edge, logs: { access: true, connections: true, healthChecks: true, edge: "v2", edgeFormat: "json", flow: "all", bucket: "example-logs" } }],
  ["legacy edge logs alone", { ...edge, logs: { edge: "legacy", retentionDays: 3653, forceDestroy: true } }],
  ["IPv6 out of an existing VPC", { ...edge, network: adopted, service: { egress: [{ cidr: "::/0", port: 443 }] } }],
  ["switches that are off, within what is off", { ...edge, waf: { enabled: false, logging: false, rateLimit: { enabled: false } }, alarms: { enabled: "false" } }],
  ["an image without a tag", service({ image: "nginx", app: { image: "r.example.org:5000/a/b:latest", port: 3000 } })],
  ["a reserved range", network({ cidr: "240.0.0.0/16" })],
  ["as many tasks as addresses", { ...edge, network: { cidr: "10.0.0.0/25" }, service: { count: 54 } }],
  ["as many tasks in an existing VPC as a target group takes", { ...edge, network: adopted, service: { count: 1000 } }],
  ["three existing subnets", network({ ...adopted, loadBalancerSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"] })],
  ...[61440, 122880, 249856].map((memory): readonly [string, Raw] => ["32 vCPUs", service({ cpu: 32768, memory })]),
  ["a site path that an earlier one covers", { ...edge, site: { folder: "docs", paths: ["/api/*", "/api/v1/*"] } }],
  ["a tag called like a method", { ...edge, tags: { toString: "x", constructor: "y" } }],
  ["minimumTls with a domain", { ...named, viewers: { minimumTls: "1.3" } }],
];
