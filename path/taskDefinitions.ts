/** Limits of ECS task definitions, and what an image's name says. */

/** KiB; AWS raises it for nobody. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const largestTaskDefinition = 64;

/** The page that says so. */
export const ecsQuotas =
  "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html";

/** KiB of a value written as JSON, without spaces. */
export function kibibytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length / 1024;
}

/** A size in a message: `64.2`. Rounded up, so that what is too large never reads as what is not. */
export const kibibytesText = (size: number): string => (Math.ceil(size * 10) / 10).toFixed(1);

/**
 * True where another push can change what an image's name means from one task to the next: no tag,
 * which means `latest`, or the tag `latest`. A digest names one image for ever.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function followsLatest(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = /:([\w][\w.-]*)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
}

/** The parameter of Systems Manager that holds an image, of `ssm:/NAME`; undefined for an image. */
export const parameterOf = (image: string): string | undefined =>
  /^ssm:(\/[A-Za-z0-9_./-]{1,2047})$/.exec(image)?.[1];

/** An environment as container definitions have it. */
export const environmentList = <Value>(
  environment: Readonly<Record<string, Value>>,
): { readonly name: string; readonly value: Value }[] =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));

/** Names of environment variables that several of the lists have. */
export function repeatedVariables(
  ...lists: readonly (Readonly<Record<string, unknown>> | undefined)[]
): string[] {
  const names = lists.flatMap((list) => Object.keys(list ?? {}));
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}
