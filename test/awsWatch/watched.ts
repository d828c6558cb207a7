/**
 * What is watched. Of @pulumi/aws: the arguments of every resource that the model has a row for. Of
 * AWS's API: the operations that create these resources, where they decide a path, with all that
 * their inputs reach.
 */
import { rows } from "../../local/model/rows";

interface Service {
  /** Folder of the service in botocore/data. */
  readonly service: string;
  /** Operations by resource, where they are not `Create` and the resource's name. */
  readonly operations?: Readonly<Record<string, readonly string[]>>;
  /** Operations of resources without a row, which the model looks up or takes for existing. */
  readonly also?: readonly string[];
}

/** By module of @pulumi/aws. The model's other modules do not decide what a request gets. */
const services: Readonly<Record<string, Service>> = {
  acm: {
    service: "acm",
    operations: { Certificate: ["RequestCertificate"], CertificateValidation: [] },
  },
  cloudfront: {
    service: "cloudfront",
    also: ["CreateOriginRequestPolicy", "CreateResponseHeadersPolicy"],
  },
  ecs: {
    service: "ecs",
    operations: {
      ClusterCapacityProviders: ["PutClusterCapacityProviders"],
      TaskDefinition: ["RegisterTaskDefinition"],
    },
  },
  appautoscaling: {
    service: "application-autoscaling",
    operations: {
      Target: ["RegisterScalableTarget"],
      Policy: ["PutScalingPolicy"],
      ScheduledAction: ["PutScheduledAction"],
    },
  },
  lb: {
    service: "elbv2",
    operations: {
      LoadBalancer: ["CreateLoadBalancer", "ModifyLoadBalancerAttributes"],
      Listener: ["CreateListener", "ModifyListenerAttributes"],
      ListenerRule: ["CreateRule"],
      TargetGroup: ["CreateTargetGroup", "ModifyTargetGroupAttributes"],
      TrustStoreRevocation: ["AddTrustStoreRevocations"],
    },
  },
  wafv2: {
    service: "wafv2",
    operations: {
      WebAclAssociation: ["AssociateWebACL"],
      WebAclLoggingConfiguration: ["PutLoggingConfiguration"],
    },
  },
};

export interface ResourceType {
  /** `cloudfront` of `aws:cloudfront/vpcOrigin:VpcOrigin`. */
  readonly module: string;
  /** `vpcOrigin` */
  readonly file: string;
  /** `VpcOrigin` */
  readonly name: string;
}

/** Types of @pulumi/aws among these type tokens. */
export function resourceTypes(tokens: Iterable<string> = rows.keys()): ResourceType[] {
  return [...tokens].flatMap((token) => {
    const [, module, file, name] = /^aws:(\w+)\/(\w+):(\w+)$/.exec(token) ?? [];
    return module && file && name ? [{ module, file, name }] : [];
  });
}

/** Names of operations by service, in capitals or not as AWS writes them. */
export function operations(tokens?: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const types = resourceTypes(tokens);
  return new Map(
    Object.entries(services).map(([module, { service, operations, also = [] }]) => {
      const own = types
        .filter((type) => type.module === module)
        .flatMap(({ name }) => operations?.[name] ?? [`Create${name}`]);
      return [service, [...own, ...also]];
    }),
  );
}
