/**
 * Controls of AWS Foundational Security Best Practices, checked on declared resources.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 */
import type { LocalResource, Props } from "../../../local/model/types";
import type { ScanVerdict } from "../verdict";

type Resources = readonly LocalResource[];

export interface Control {
  readonly id: string;
  readonly title: string;
  readonly judge: (resources: Resources) => ScanVerdict[];
}

/** What is wrong with a resource; undefined: nothing. Its outputs hold inputs, AWS's defaults, `id`. */
type Why = (outputs: Props, resources: Resources) => string | undefined;

/** A control that looks at every resource of a type. */
export function each(type: string, id: string, title: string, why: Why): Control {
  const judge = (resources: Resources): ScanVerdict[] =>
    ofType(resources, type).map((resource) => {
      const detail = why({ ...resource.outputs, id: resource.id }, resources);
      const passed = detail === undefined;
      return { source: "FSBP", check: id, title, resource, passed, detail };
    });
  return { id, title, judge };
}

/** The resource must be there, as seen from each resource of the first type. */
export const wants =
  (type: string, what: string, matches: (outputs: Props, subject: Props) => boolean): Why =>
  (subject, resources) =>
    ofType(resources, type).some(({ outputs }) => matches(outputs, subject)) ? undefined : what;

export const ofType = (resources: Resources, type: string): Resources =>
  resources.filter((resource) => resource.type === type);

/** Wrong, unless the condition holds. */
export const unless = (holds: boolean, what: string): string | undefined =>
  holds ? undefined : what;
