/**
 * The program: settings, then the path they come to, then its resources. Each decision has a place:
 * a protocol or a security-group rule in path/, a default in path/defaults.ts, a key in config/.
 */
import {
  FlowLogs,
  LogQueries,
  Network,
  NginxImage,
  pathComponents,
  ThreatDetection,
} from "./components";
import { logBuckets } from "./components/logs/logBuckets";
import { planPath } from "./components/variants/pathPlan";
import type { PlacementArgs } from "./components/network/placement";
import { reportFindings } from "./components/variants/reportFindings";
import { execEndpoints } from "./path/exec";
import { storesOf } from "./path/secrets";
import { loadSettings, type AdoptedNetwork, type CreatedNetwork, type Settings } from "./config";

const name = "web";
const settings = loadSettings();

const tasks = chosen(settings.service);
const choices = pathChoices(settings);
// Judged here as well as in the component, so that a bad path stops before the network exists.
const { spec } = planPath(settings.variant, name, choices);

const { tags, deletionProtection } = settings;
const network =
  settings.network.kind === "adopt" ? settings.network : makeNetwork(settings.network);
const placement = place(network);
const service = {
  ...tasks,
  image: settings.service.image ?? builtImage(settings),
  app: settings.service.app && storeSecrets(settings.service.app),
  sidecars: Object.fromEntries(
    Object.entries(tasks.sidecars).map(([key, sidecar]) => [key, storeSecrets(sidecar)]),
  ),
};
const logs = logsOf(settings);
const runtimeMonitoring = settings.detection.guardDuty;
const detection = detect(settings, network);
const args = { ...choices, placement, service, logs, runtimeMonitoring, deletionProtection, tags };
// GuardDuty's agent goes into tasks that start after it was switched on, and into no others.
const opts = { dependsOn: detection === undefined ? [] : [detection] };
const path = new pathComponents[settings.variant](name, args, opts);

reportFindings(settings.findings, path);

const { flow } = settings.logs;
if (logs && flow !== "off") {
  const { vpcId } = placement;
  new FlowLogs(name, { vpcId, bucketName: logs.bucketName, traffic: flow, tags });
}

if (logs?.queries) makeQueries(logs);

export const variant = settings.variant;
export const url = path.url;
export const loadBalancerDnsName = path.loadBalancer.loadBalancer.dnsName;
export const imageUri = service.image;
export const hops = path.hops;
export const findings = [...path.findings, ...settings.findings];

/** What decides the path, in the components' words. */
function pathChoices(settings: Settings) {
  const { domain, network, origin, viewers, grpc, site, alarms, waf } = settings;
  return {
    domain: domain && {
      ...domain,
      zoneId: domain.zone && "id" in domain.zone ? domain.zone.id : undefined,
      zoneName: domain.zone && "name" in domain.zone ? domain.zone.name : undefined,
    },
    origin,
    viewers,
    service: tasks,
    grpc,
    site,
    placement: {
      ipAddressType: network.kind === "adopt" ? network.ipAddressType : undefined,
      // Only whether there are endpoints weighs here; their group is not there yet.
      endpointSecurityGroupId:
        network.kind === "create" && network.egress === "endpoints" ? "" : undefined,
    },
    sharedVpc: network.kind === "adopt",
    alarms: alarms.enabled ? alarms : undefined,
    waf: waf.enabled ? waf : undefined,
  };
}

/** The tasks, without what is switched off. */
function chosen({ exec, ...service }: Settings["service"]) {
  return { ...service, exec: exec.enabled ? exec : undefined };
}

function makeNetwork({ cidr, availabilityZones, egress }: CreatedNetwork): Network {
  const guardDutyEndpoint = settings.detection.guardDuty;
  const { app, sidecars } = settings.service;
  const secretStores = storesOf(
    [...(app ? [app] : []), ...Object.values(sidecars)].flatMap(({ environment, secrets }) => [
      ...Object.values(secrets),
      ...(isSecret(environment) ? ["secretsmanager:own"] : []),
    ]),
  );
  return new Network(name, {
    cidr,
    availabilityZones,
    egress,
    guardDutyEndpoint,
    secretStores,
    services: tasks.exec && execEndpoints(tasks.exec),
    tags,
  });
}

/** The given VPC, or the one that was made. */
function place(network: AdoptedNetwork | Network): PlacementArgs {
  if (!(network instanceof Network)) {
    const { loadBalancerSubnetIds, taskSubnetIds } = network;
    return {
      ...network,
      loadBalancerSubnetIds: [...loadBalancerSubnetIds],
      taskSubnetIds: [...taskSubnetIds],
    };
  }
  const internal = spec.listener.scheme === "internal";
  return {
    ...network.placement,
    loadBalancerSubnetIds: internal ? network.internalSubnetIds : network.publicSubnetIds,
  };
}

/** GuardDuty and Inspector; undefined where neither is asked for. */
function detect(
  { detection, tags }: Settings,
  network: AdoptedNetwork | Network,
): ThreatDetection | undefined {
  if (!detection.guardDuty && !detection.inspector) return undefined;
  // Where GuardDuty finds no endpoint it makes one, and AWS then refuses the VPC's own.
  const dependsOn = (network instanceof Network ? network.endpoints : undefined) ?? [];
  return new ThreatDetection(name, { ...detection, tags }, { dependsOn });
}

/** Each log that is on, and the bucket it goes to; undefined where none is. */
function logsOf({ logs, tags }: Settings) {
  const writers = {
    loadBalancer: logs.access || logs.connections || logs.healthChecks,
    edge: spec.edge ? logs.edge : "off",
    flow: logs.flow !== "off",
  };
  const { bucket, retentionDays, forceDestroy } = logs;
  const buckets = logBuckets(name, { writers, bucket, retentionDays, forceDestroy, tags });
  return buckets && { ...logs, ...buckets };
}

/** Athena over the logs. */
function makeQueries(logsMade: NonNullable<typeof logs>) {
  const { bucketName, retentionDays, connections, edge, edgeFormat } = logsMade;
  const distribution = "distribution" in path ? path.distribution.distribution : undefined;
  const edgeLogs =
    distribution && edge === "v2"
      ? { distributionId: distribution.id, format: edgeFormat }
      : undefined;
  new LogQueries(name, { bucketName, retentionDays, connections, edge: edgeLogs, tags });
}

/** The image of nginx/, built and pushed. */
function builtImage({ service, tags, deletionProtection }: Settings) {
  const { architecture } = service;
  return new NginxImage(name, { architecture, forceDelete: !deletionProtection, tags }).imageUri;
}

/** An environment that the stack keeps secret is kept in AWS as a secret too. */
function storeSecrets<Container extends { environment: Record<string, string> }>(
  container: Container,
) {
  const { environment, ...rest } = container;
  return isSecret(environment)
    ? { ...rest, secretEnvironment: environment }
    : { ...rest, environment };
}

/** True where there are variables that may be secret: Pulumi says it of the whole group only. */
function isSecret(environment: Record<string, string> = {}): boolean {
  return settings.secrets.includes("service") && Object.keys(environment).length > 0;
}
