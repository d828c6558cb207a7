/** What of the arguments can be wrong before anything exists. Of an `Input` only its presence counts. */
import type * as pulumi from "@pulumi/pulumi";
import type { AppProtocol } from "../../path/appSocket";
import type { EgressRule } from "../../path/egress";
import type { CheckTimes } from "../../path/healthChecks";
import type { PathAlarmsArgs } from "../alarms/alarms";
import type { OwnContainerArgs } from "../service/appArgs";
import type { ExecArgs } from "../service/exec";
import type { ScalingArgs } from "../service/scaling";
import type { SidecarArgs } from "../service/sidecars";
import type { SpotArgs } from "../service/spot";
import type { TaskRoleStatementArgs } from "../service/taskPolicy";
import type { VolumeArgs } from "../service/volumes";
import type { H1OriginArgs } from "./h1ViaCloudfrontArgs";
import type { H2ViewersArgs } from "./h2DirectArgs";
import type { GrpcArgs } from "./pathArgs";
import type { PlacementArgs } from "../network/placement";
import type { ServedListenerArgs } from "../service/listenerService";
import type { RouteArgs } from "../service/routes";
import type { SiteArgs } from "../site/staticSite";
import type { CloudfrontViewersArgs } from "./viaCloudfrontArgs";
import type { DomainArgs } from "../dns/domain";
import type { WafArgs } from "../security/webAclArgs";
import type { ServiceProtocol } from "../../path/variants";

/** What of a service's arguments can be wrong before anything exists. */
export interface ServicePlanArgs {
  readonly port?: number;
  readonly cpu?: number;
  readonly memory?: number;
  readonly tmpMiB?: number;
  readonly healthCheckPath?: string;
  readonly egress?: readonly EgressRule[];
  readonly image?: pulumi.Input<string>;
  readonly app?: Partial<OwnContainerArgs> & {
    readonly port: number;
    readonly behindNginx?: boolean;
    readonly protocols?: readonly AppProtocol[];
    readonly keepAliveSeconds?: number;
    readonly healthCheck?: CheckTimes & { readonly path?: string; readonly command?: string[] };
  };
  readonly sidecars?: Readonly<Record<string, SidecarArgs>>;
  readonly taskRoleStatements?: readonly TaskRoleStatementArgs[];
  readonly volumes?: Readonly<Record<string, VolumeArgs>>;
  readonly exec?: ExecArgs;
  readonly count?: number;
  readonly scaling?: ScalingArgs;
  readonly spot?: SpotArgs;
}

/** The same of a service that gets some of the requests. */
export interface RoutedServicePlanArgs extends ServicePlanArgs, RouteArgs {
  readonly protocol?: ServiceProtocol;
  readonly grpcHealthCheckPath?: string;
}

/** Arguments that decide the path of any variant, without those that only connect resources. */
export interface PathPlanArgs {
  readonly domain?: DomainArgs;
  readonly origin?: H1OriginArgs;
  readonly viewers?: CloudfrontViewersArgs & H2ViewersArgs;
  readonly site?: SiteArgs;
  readonly service?: ServicePlanArgs;
  readonly services?: Readonly<Record<string, RoutedServicePlanArgs>>;
  /** Present if the services are added to a listener that exists. */
  readonly listener?: Pick<ServedListenerArgs, "priorities">;
  readonly placement?: Pick<PlacementArgs, "ipAddressType" | "endpointSecurityGroupId">;
  readonly grpc?: GrpcArgs;
  readonly sharedVpc?: boolean;
  readonly alarms?: PathAlarmsArgs;
  readonly waf?: WafArgs;
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
}
