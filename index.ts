/**
 * The program: settings, then the path they come to, then its resources. Each decision has a place:
 * a protocol or a security-group rule in path/, a default in path/defaults.ts, a key in config/.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  ExternalDnsCertificates,
  FlowLogs,
  LogQueries,
  Network,
  NginxImage,
  pathComponents,
  secretHeaderName,
  ServicesAtListener,
  ThreatDetection,
} from "./components";
import {
  certificatesToCreate,
  type DnsRecordToCreate,
  zoneFile,
} from "./components/dns/externalDns";
import { logBuckets } from "./components/logs/logBuckets";
import { ViaCloudfront } from "./components/variants/viaCloudfront";
import { planServicesAtListener } from "./components/variants/servicesAtListener";
import { planPath, viewerNames } from "./components/variants/pathPlan";
import type { PlacementArgs } from "./components/network/placement";
import { reportFindings } from "./components/variants/reportFindings";
import { hasNginx } from "./path/appSocket";
import { execEndpoints } from "./path/exec";
import { storesOf } from "./path/secrets";
import type { PathSpec } from "./path/types";
import { loadSettings, type AdoptedNetwork, type CreatedNetwork, type Settings } from "./config";

const name = "web";
const settings = loadSettings();

const { tags, deletionProtection, variant } = settings;
const image = lazily(() => builtImage(settings));
const made = settings.loadBalancer === undefined ? makePath() : addServices(settings.loadBalancer);

// What the stack does not have is left out: Pulumi warns of an undefined output.
export = Object.fromEntries(
  Object.entries({ variant, ...made, findings: [...made.findings, ...settings.findings] }).filter(
    ([, value]) => value !== undefined,
  ),
);

/** The whole path of the variant, with its network and logs. */
function makePath() {
  const choices = pathChoices(settings);
  // Judged here as well as in the component, so that a bad path stops before an image or the
  // network exists.
  const { spec } = planPath(variant, name, choices);
  const { domain } = settings;
  const names = viewerNames(choices);
  const edge = spec.edge !== undefined;
  const external =
    domain?.dns === "elsewhere"
      ? new ExternalDnsCertificates(name, { ...{ names, edge, tags }, validated: domain.validated })
      : undefined;
  if (external && domain?.validated === false) {
    reportFindings(settings.findings, external);
    return { findings: [], ...recordsAndZone(external.validationRecords) };
  }
  const service = deployed(settings.service, "service");
  const services = deployedServices();
  const network =
    settings.network.kind === "adopt"
      ? settings.network
      : makeNetwork(settings.network, [service, ...Object.values(services)]);
  const placement = place(network, spec);
  const logs = logsOf(settings, spec);
  const runtimeMonitoring = settings.detection.guardDuty;
  const detection = detect(settings, network);
  const args = {
    ...{ ...choices, placement, service, services, logs, runtimeMonitoring },
    ...{ deletionProtection, tags },
    domain: choices.domain && { ...choices.domain, ...external?.certificateArns },
  };
  // GuardDuty's agent goes into tasks that start after it was switched on, and into no others.
  const opts = { dependsOn: detection === undefined ? [] : [detection] };
  const path = new pathComponents[variant](name, args, opts);
  reportFindings(settings.findings, path);

  const { flow } = settings.logs;
  if (logs && flow !== "off") {
    const { vpcId } = placement;
    new FlowLogs(name, { vpcId, bucketName: logs.bucketName, traffic: flow, tags });
  }
  if (logs?.queries) makeQueries(logs, path);
  return {
    url: path.url,
    loadBalancerDnsName: path.loadBalancer.loadBalancer.dnsName,
    imageUri: service.image,
    dashboardUrl: path.dashboard?.url,
    hops: path.hops,
    findings: path.findings,
    ...(external && recordsAndZone(external.recordsFor(names, viewersTarget(path)))),
  };
}

/** The records to create where the DNS is, and the same as lines of a zone file. */
function recordsAndZone(dnsRecords: pulumi.Output<DnsRecordToCreate[]>) {
  return { dnsRecords, dnsZoneFile: dnsRecords.apply(zoneFile) };
}

/** The name of AWS's that viewers' names lead to. */
function viewersTarget(path: InstanceType<(typeof pathComponents)[typeof variant]>) {
  return path instanceof ViaCloudfront
    ? path.distribution.distribution.domainName
    : path.loadBalancer.loadBalancer.dnsName;
}

/** Services at a load balancer that exists. */
function addServices(existing: NonNullable<Settings["loadBalancer"]>) {
  const { network } = settings;
  if (network.kind !== "adopt") throw new Error("config/rules/loadBalancer.ts asks for a VPC");
  const { listenerArn, securityGroupId, secretHeaderValues: values, priorities } = existing;
  // Judged here as well, for the same reason.
  planServicesAtListener(variant, name, { services: settings.services, listener: existing });
  const secretHeader = values && {
    name: secretHeaderName,
    values: values.map((value) => pulumi.secret(value)),
  };
  const path = new ServicesAtListener(name, {
    ...{ variant, tags, services: deployedServices() },
    listener: { listenerArn, securityGroupId, secretHeader, priorities },
    placement: { ...network, taskSubnetIds: [...network.taskSubnetIds] },
    runtimeMonitoring: settings.detection.guardDuty,
    dashboard: settings.dashboard.enabled,
  });
  reportFindings(settings.findings, path);
  return { dashboardUrl: path.dashboard?.url, findings: path.findings };
}

/** What decides the path, in the components' words. */
function pathChoices(settings: Settings) {
  const { domain, network, origin, viewers, service, services, grpc, site, waf } = settings;
  const { alarms, dashboard, signIn } = settings;
  return {
    domain: domain && {
      ...domain,
      zoneId: domain.zone && "id" in domain.zone ? domain.zone.id : undefined,
      zoneName: domain.zone && "name" in domain.zone ? domain.zone.name : undefined,
      ...(domain.dns === "elsewhere" && certificatesToCreate(viewerNames({ domain, services }))),
    },
    origin,
    viewers: viewersOf(viewers),
    service,
    services,
    grpc,
    signIn,
    site,
    placement: {
      ipAddressType: network.kind === "adopt" ? network.ipAddressType : undefined,
      // Only whether there are endpoints weighs here; their group is not there yet.
      endpointSecurityGroupId:
        network.kind === "create" && network.egress === "endpoints" ? "" : undefined,
    },
    sharedVpc: network.kind === "adopt",
    alarms: alarms.enabled ? alarms : undefined,
    dashboard: dashboard.enabled ? dashboard : undefined,
    waf: waf.enabled ? waf : undefined,
  };
}

/** Who may call; what the stack keeps secret stays one. */
function viewersOf({ maintenance, password, ...viewers }: Settings["viewers"]) {
  const { enabled, ...page } = maintenance;
  const value = settings.secrets.includes("viewers")
    ? pulumi.secret(password?.value ?? "")
    : (password?.value ?? "");
  return {
    ...viewers,
    maintenance: enabled ? page : undefined,
    password: password && { ...password, value },
  };
}

function makeNetwork(
  { availabilityZoneNames: zones, ...network }: CreatedNetwork,
  all: readonly Pick<Deployed, "app" | "sidecars" | "exec">[],
): Network {
  const { cidr, availabilityZones, egress } = network;
  const guardDutyEndpoint = settings.detection.guardDuty;
  const own = all.flatMap(({ app, sidecars }) => [
    ...(app === undefined ? [] : [app]),
    ...Object.values(sidecars),
  ]);
  const secretStores = storesOf(
    own.flatMap(({ secrets, secretEnvironment }) => [
      ...Object.values(secrets),
      ...(secretEnvironment === undefined ? [] : ["secretsmanager:own"]),
    ]),
  );
  return new Network(name, {
    cidr,
    availabilityZones,
    availabilityZoneNames: zones && [...zones],
    egress,
    guardDutyEndpoint,
    secretStores,
    endpointServices: execEndpoints(all.map(({ exec }) => exec)),
    tags,
  });
}

/** The given VPC, or the one that was made. */
function place(network: AdoptedNetwork | Network, spec: PathSpec): PlacementArgs {
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
function logsOf({ logs, tags }: Settings, spec: PathSpec) {
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
function makeQueries(logsMade: NonNullable<ReturnType<typeof logsOf>>, path: object) {
  const { bucketName, retentionDays, connections, edge, edgeFormat } = logsMade;
  const distribution = path instanceof ViaCloudfront ? path.distribution.distribution : undefined;
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

type Deployed = ReturnType<typeof deployedServices>[string];

function deployedServices() {
  return mapValues(settings.services, (one) => deployed(one, "services"));
}

/** A service of the settings as it is deployed. */
function deployed<Service extends Settings["services"][string] | Settings["service"]>(
  one: Service,
  key: "service" | "services",
) {
  const { app, sidecars } = one;
  return {
    ...one,
    architecture: settings.service.architecture,
    image: hasNginx(app) ? (one.image ?? image()) : app?.image,
    app: app && storeSecrets(app, key),
    sidecars: mapValues(sidecars, (sidecar) => storeSecrets(sidecar, key)),
  };
}

/** Environment variables, in plain text or stored in a secret. */
interface Variables {
  readonly environment?: Record<string, string>;
  readonly secretEnvironment?: Record<string, string>;
}

/** An environment that the stack keeps secret is kept in AWS as a secret too. */
function storeSecrets<Container extends { environment: Record<string, string> }>(
  container: Container,
  key: "service" | "services",
): Omit<Container, "environment"> & Variables {
  const { environment, ...rest } = container;
  // Pulumi says of a whole group only that it is secret.
  const secret = settings.secrets.includes(key) && Object.keys(environment).length > 0;
  return secret
    ? { ...rest, environment: undefined, secretEnvironment: environment }
    : { ...rest, environment, secretEnvironment: undefined };
}

/** The same names, each with another value. */
function mapValues<In, Out>(values: Readonly<Record<string, In>>, to: (value: In) => Out) {
  const entries = Object.entries(values).map(([name, value]) => [name, to(value)] as const);
  return Object.fromEntries(entries) as Record<string, Out>;
}

/** What makes a value when it is first needed. */
function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
