/** Keys that have no effect, because another key switches them off. */
import { variantsTaking } from "../../path/variants";
import { type KeyName, keys as allKeys } from "../keys";
import type { View } from "../view";
import { takesGrpc } from "./grpc";
import { hasLoadBalancer } from "./loadBalancer";
import { adopts } from "./network";
import type { SettingsIssue, SettingsChange, SettingsRule } from "./rule";

/** Keys that depend on another one. */
interface Dependence {
  /** Names of keys, or of groups of them. */
  readonly keys: readonly string[];
  /** True where the keys have an effect. */
  readonly when: (view: View) => boolean;
  /** Why they have none otherwise. */
  readonly why: string;
  /** What gives them one, where a single change does. */
  readonly enable?: SettingsChange;
}

const on = (set: KeyName): SettingsChange => ({ set, to: "true" });
const nameIt: SettingsChange = { set: "domain.name", to: "<value>" };

/** The keys that shape the bucket of the logs. */
const bucketKeys = ["logs.retentionDays", "logs.forceDestroy"] as const;

/** True where any log is written into a bucket. */
function anyLog(view: View): boolean {
  return (
    view.get("logs.access") ||
    view.get("logs.connections") ||
    view.get("logs.healthChecks") ||
    (view.get("logs.edge") !== "off" && view.row.edge !== undefined) ||
    view.get("logs.flow") !== "off"
  );
}

/** Keys that only shape a VPC that the stack creates. */
const onlyCreated = [
  "network.cidr",
  "network.availabilityZones",
  "network.availabilityZoneNames",
  "network.egress",
] as const;

/** Outer switches first: a key is reported once. */
const dependences: readonly Dependence[] = [
  {
    keys: [
      ...["domain", "service", "grpc", "origin", "viewers", "waf", "site", "logs", "alarms"],
      ...["network.loadBalancerSubnetIds", "network.ipAddressType", "deletionProtection"],
    ],
    when: (view) => !hasLoadBalancer(view),
    why: "no effect with loadBalancer: the stack makes services only, and the load balancer and what is in front of it exist",
  },
  {
    keys: ["waf"],
    when: (view) => view.get("waf.enabled"),
    why: "no effect while waf.enabled is false",
    enable: on("waf.enabled"),
  },
  {
    keys: ["domain.validated"],
    when: (view) => view.get("domain.dns") === "elsewhere",
    why: "no effect unless domain.dns is elsewhere: validation records are created in the zone",
  },
  {
    keys: [
      ...["domain.zoneId", "domain.zoneName", "domain.edgeCertificateArn"],
      ...["domain.loadBalancerCertificateArn"],
    ],
    when: (view) => view.get("domain.dns") !== "elsewhere",
    why: "no effect with domain.dns elsewhere: certificates are created, and no zone is used",
  },
  {
    keys: ["viewers.maintenance"],
    when: (view) => view.get("viewers.maintenance.enabled"),
    why: "no effect while viewers.maintenance.enabled is false",
    enable: on("viewers.maintenance.enabled"),
  },
  {
    keys: ["viewers.maintenance.text"],
    when: (view) => view.get("viewers.maintenance.page") === undefined,
    why: "no effect with viewers.maintenance.page, which is shown in its place",
  },
  {
    keys: ["waf.rateLimit"],
    when: (view) => view.get("waf.rateLimit.enabled"),
    why: "no effect while waf.rateLimit.enabled is false",
    enable: on("waf.rateLimit.enabled"),
  },
  {
    keys: ["waf.logRetentionDays"],
    when: (view) => view.get("waf.logging"),
    why: "no effect while waf.logging is false",
    enable: on("waf.logging"),
  },
  {
    keys: ["alarms"],
    when: (view) => view.get("alarms.enabled"),
    why: "no effect while alarms.enabled is false",
    enable: on("alarms.enabled"),
  },
  {
    keys: ["alarms.edgeTopicArn", "alarms.thresholds.certificateDays"],
    when: (view) => view.get("domain.name") !== undefined,
    why: "no effect without a domain: there is no certificate of the stack's to watch",
    enable: nameIt,
  },
  {
    keys: ["grpc.port", "grpc.healthCheckPath"],
    when: takesGrpc,
    why: "no effect without grpc.services: nothing is called over gRPC",
    enable: { set: "grpc.services", entry: 0, to: "<value>" },
  },
  {
    keys: ["grpc.port"],
    when: (view) => view.get("service.app.port") !== undefined,
    why: "no effect without service.app: nginx answers by itself",
    enable: { set: "service.app.image", to: "<value>" },
  },
  {
    keys: ["detection.detectorId"],
    when: (view) => view.get("detection.guardDuty"),
    why: "no effect while detection.guardDuty is false",
    enable: on("detection.guardDuty"),
  },
  {
    keys: [...bucketKeys, "logs.bucket"],
    when: anyLog,
    why: "no effect: no log is switched on, so there is no bucket",
    enable: on("logs.access"),
  },
  {
    keys: bucketKeys,
    when: (view) => !view.given("logs.bucket"),
    why: "no effect: it shapes a created bucket, and logs.bucket names an existing one",
  },
  {
    keys: ["logs.queries"],
    when: (view) => view.get("logs.access"),
    why: "no effect: the load balancer's access log, which it is about, is off",
    enable: on("logs.access"),
  },
  {
    keys: ["logs.edgeFormat"],
    when: (view) => view.row.edge === undefined || view.get("logs.edge") === "v2",
    why: "no effect: only logs.edge v2 has a choice of formats",
    enable: { set: "logs.edge", to: "v2" },
  },
  {
    keys: ["domain.edgeCertificateNames"],
    when: (view) => view.get("domain.edgeCertificateArn") !== undefined,
    why: "no effect without domain.edgeCertificateArn: a certificate that the stack creates has the names it needs",
    enable: { set: "domain.edgeCertificateArn", to: "<value>" },
  },
  {
    keys: ["domain.loadBalancerCertificateNames"],
    when: (view) => view.get("domain.loadBalancerCertificateArn") !== undefined,
    why: "no effect without domain.loadBalancerCertificateArn: a certificate that the stack creates has the names it needs",
    enable: { set: "domain.loadBalancerCertificateArn", to: "<value>" },
  },
  ...(["service.healthCheckPath", "service.app.healthCheck.path"] as const).map((key) => ({
    keys: [key],
    when: (view: View) => view.row.target !== "GRPC",
    why: "no effect where all requests are gRPC: the load balancer calls the method grpc.healthCheckPath",
    enable: { all: [{ set: "grpc.healthCheckPath", to: "<value>" }, { remove: key }] } as const,
  })),
  {
    keys: ["service.count"],
    when: (view) => !view.given("service.scaling"),
    why: "no effect with service.scaling, which starts with service.scaling.min tasks and then changes the number",
  },
  {
    keys: ["service.healthCheckPath"],
    when: (view) => !view.given("service.app"),
    why: "no effect with service.app: service.app.healthCheck.path is checked instead",
  },
  {
    keys: ["service.app.secretKeyArns"],
    when: (view) => view.given("service.app.secrets"),
    why: "no effect without service.app.secrets: the key of the stack's own secret is AWS's",
  },
  {
    keys: ["service.image", "service.port", "grpc.port"],
    when: (view) => view.get("service.app.behindNginx") !== false,
    why: "no effect without nginx: the load balancer calls service.app.port for everything",
    enable: { set: "service.app.behindNginx", to: "true" },
  },
  {
    keys: ["service.app.protocols", "service.app.keepAliveSeconds"],
    when: (view) => view.get("service.app.behindNginx") === false,
    why: "no effect behind nginx, which speaks HTTP/1.1 to the app",
    enable: { set: "service.app.behindNginx", to: "false" },
  },
  {
    keys: ["service.exec"],
    when: (view) => view.get("service.exec.enabled"),
    why: "no effect while service.exec.enabled is false",
    enable: on("service.exec.enabled"),
  },
  {
    keys: ["service.exec.logGroupArn"],
    when: (view) => view.given("service.clusterArn"),
    why: "no effect without service.clusterArn: the stack's own cluster has a log group for commands",
  },
  {
    keys: onlyCreated,
    when: (view) => !adopts(view),
    why: "no effect: it shapes a created VPC, and other keys name an existing one",
  },
  {
    keys: ["network.vpcCidr"],
    when: adopts,
    why: "no effect in a created VPC, whose range is network.cidr",
  },
  {
    keys: ["network.availabilityZones"],
    when: (view) => !view.given("network.availabilityZoneNames"),
    why: "no effect: network.availabilityZoneNames says which zones there are",
  },
  {
    keys: ["network.assignPublicIp"],
    when: adopts,
    why: "no effect in a created VPC, where network.egress decides it",
    enable: {
      all: [{ set: "network.egress", to: "public-ip" }, { remove: "network.assignPublicIp" }],
    },
  },
  // The certificate for *.cloudfront.net fixes the security policy at TLSv1.
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValues-security-policy
  {
    keys: ["viewers.minimumTls"],
    when: (view) => view.row.edge === undefined || view.get("domain.name") !== undefined,
    why: "no effect: without a domain viewers get CloudFront's own certificate, which leaves no choice of TLS version",
    enable: nameIt,
  },
];

const within = (name: string, group: string): boolean =>
  name === group || name.startsWith(`${group}.`);

/**
 * What is written and right, but for `false`: under a switch that is off it says the same as the
 * switch.
 */
function written(view: View): KeyName[] {
  const [variant] = view.check(() => [view.get("variant")]);
  return allKeys
    .map(({ name }) => name)
    .filter((name) => view.given(name) && view.check(() => [view.get(name) !== false])[0])
    .filter((name) => variant === undefined || variantsTaking(name).includes(variant));
}

const hasEffect: SettingsRule = (view) => {
  const reported = new Set<KeyName>();
  return dependences.flatMap(({ keys, when, why, enable }) => {
    const own = enable && "set" in enable ? enable.set : undefined;
    const names = written(view)
      .filter((name) => keys.some((group) => within(name, group)))
      .filter((name) => name !== own && !reported.has(name));
    // If that is not known, another problem is reported first.
    if (names.length === 0 || view.check(() => [when(view)])[0] !== false) return [];
    return names.map((key): SettingsIssue => {
      reported.add(key);
      const remove: SettingsChange = { remove: key };
      const change = enable === undefined ? remove : { either: [enable, remove] };
      return { key, expected: `nothing: it has ${why}`, change };
    });
  });
};

/** In the order they are listed. */
export const effectRules: readonly SettingsRule[] = [hasEffect];
