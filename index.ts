/**
 * The program: settings, then the path they come to, then its resources. Each decision has a place:
 * a protocol or a security-group rule in path/, a default in path/defaults.ts, a key in config/.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  ExternalDnsCertificates,
  FlowLogs,
  Network,
  pathComponents,
  secretHeaderName,
  ServicesAtListener,
  ThreatDetection,
} from "./components";
import { type DnsRecordToCreate, zoneFile } from "./components/dns/externalDns";
import { ViaCloudfront } from "./components/variants/viaCloudfront";
import { DeletionProtection } from "./components/shared/deletionProtection";
import { planServicesAtListener } from "./components/variants/servicesAtListener";
import { planPath, viewerNames } from "./components/variants/pathPlan";
import { reportFindings } from "./components/variants/reportFindings";
import { loadSettings, type AdoptedNetwork, type Settings } from "./config";
import { logsOf, makeQueries } from "./program/logs";
import { makeNetwork, place } from "./program/network";
import { originOutputs, serviceOutputs } from "./program/outputs";
import { pathChoices } from "./program/pathChoices";
import { deployed, deployedServices, ownImage } from "./program/services";

const name = "web";
const settings = loadSettings();

const { tags, deletionProtection, variant } = settings;
const everything = resourcesToCome();
const image = ownImage(name, settings);
const made = settings.loadBalancer === undefined ? makePath() : addServices(settings.loadBalancer);
new DeletionProtection(deletionProtection, everything);

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
  const service = deployed(settings.service, settings, "service", image);
  const services = deployedServices(settings, image);
  const network =
    settings.network.kind === "adopt"
      ? settings.network
      : makeNetwork(name, settings.network, settings, [service, ...Object.values(services)]);
  const placement = place(network, spec);
  const logs = logsOf(name, settings, spec);
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
  if (logs?.queries) makeQueries(name, logs, path, settings);
  return {
    url: path.url,
    imageUri: service.image,
    dashboardUrl: path.dashboard?.url,
    ...originOutputs(path, placement),
    ...serviceOutputs(name, path.services, {
      service: path.service,
      securityGroup: path.securityGroups.tasks,
    }),
    logBucketName: logs?.bucketName,
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
    ...{ variant, tags, services: deployedServices(settings, image) },
    listener: { listenerArn, securityGroupId, secretHeader, priorities },
    placement: { ...network, taskSubnetIds: [...network.taskSubnetIds] },
    runtimeMonitoring: settings.detection.guardDuty,
    dashboard: settings.dashboard.enabled,
  });
  reportFindings(settings.findings, path);
  return {
    dashboardUrl: path.dashboard?.url,
    ...serviceOutputs(name, path.services),
    findings: path.findings,
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

/** A list to which every resource of the program is added as it is made. */
function resourcesToCome(): readonly pulumi.Resource[] {
  const resources: pulumi.Resource[] = [];
  pulumi.runtime.registerStackTransformation(({ resource }) => {
    resources.push(resource);
    return undefined;
  });
  return resources;
}
