/** What decides the path, of the settings, in the components' words. */
import * as pulumi from "@pulumi/pulumi";
import { certificatesToCreate } from "../components/dns/externalDns";
import { viewerNames } from "../components/variants/pathPlan";
import type { Settings } from "../config";

/** What decides the path, in the components' words. */
export function pathChoices(settings: Settings) {
  const { domain, network, origin, service, services, grpc, site, waf } = settings;
  const { alarms, dashboard, signIn } = settings;
  return {
    domain: domain && {
      ...domain,
      zoneId: domain.zone && "id" in domain.zone ? domain.zone.id : undefined,
      zoneName: domain.zone && "name" in domain.zone ? domain.zone.name : undefined,
      ...(domain.dns === "elsewhere" && certificatesToCreate(viewerNames({ domain, services }))),
    },
    origin,
    viewers: viewersOf(settings),
    service,
    services,
    grpc,
    signIn,
    site,
    placement: {
      ipAddressType: network.ipAddressType,
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
function viewersOf({ viewers: { maintenance, password, ...viewers }, secrets }: Settings) {
  const { enabled, ...page } = maintenance;
  const value = secrets.includes("viewers")
    ? pulumi.secret(password?.value ?? "")
    : (password?.value ?? "");
  return {
    ...viewers,
    maintenance: enabled ? page : undefined,
    password: password && { ...password, value },
  };
}
