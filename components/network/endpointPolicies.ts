/**
 * Policies of VPC endpoints: without one, anybody's credentials work through an endpoint, so that
 * code in a task could write to another account.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */

/** Where the policies are for. */
export interface EndpointPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/**
 * The services for which AWS documents endpoint policies:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-vpc-endpoint-policy
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-and-interface-VPC.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 */
const documented = new Set(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"]);

/** True for a service whose endpoint gets a policy; others keep AWS's, which allows everything. */
export const hasPolicy = (service: string): boolean => documented.has(service);

const ownPrincipals = ({ accountId }: EndpointPlace) => ({
  Sid: "OwnPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
});

/** The policy of an interface endpoint: roles and users of the own account only. */
export function endpointPolicy(place: EndpointPlace): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [ownPrincipals(place)] });
}

/**
 * The policy of S3's gateway endpoint: in addition, image layers, which are read with ECR's own
 * credentials.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
export function s3EndpointPolicy(place: EndpointPlace): string {
  const { partition, region } = place;
  const layers = {
    Sid: "ImageLayers",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [ownPrincipals(place), layers] });
}
