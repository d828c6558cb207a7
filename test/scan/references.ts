/** Which strings in a stack's resources come from another resource of it. */
import type { LocalResource } from "../../local/model/types";

export interface Reference {
  readonly resource: LocalResource;
  /** Pulumi's name of the property that holds the string; `id` for the id. */
  readonly property: string;
}

/** Properties that name their own resource. Others, such as `vpcId`, repeat their inputs. */
const identities = [
  ...["arn", "name", "bucket", "dnsName", "domainName", "bucketRegionalDomainName"],
  ...[
    "bucketDomainName",
    "fqdn",
    "keyId",
    "arnSuffix",
    "repositoryUrl",
    "cloudfrontAccessControlPath",
  ],
];

/** A reference per string that AWS would give, so that nobody could have written it down. */
export function referencesOf(resources: readonly LocalResource[]): ReadonlyMap<string, Reference> {
  const found = new Map<string, Reference>();
  for (const resource of resources) {
    const given = new Set(Object.values(resource.inputs));
    const candidates: [string, unknown][] = [
      ["id", resource.id],
      ...identities.map((property): [string, unknown] => [property, resource.outputs[property]]),
    ];
    for (const [property, value] of candidates) {
      if (typeof value !== "string" || value.length < 6) continue;
      // A bucket's name is known beforehand where the program gives it. The first resource of an
      // id made it: the settings of a bucket have the bucket's.
      if ((property !== "id" && given.has(value)) || found.has(value)) continue;
      found.set(value, { resource, property });
    }
  }
  return found;
}
