/** Names of components. */

/**
 * AWS allows a load balancer and a target group 32 characters; Pulumi adds a hyphen and 7 of its
 * own, the components up to 6 (`-tasks`).
 */
export const maxNameLength = 32 - 8 - "-tasks".length;

/** What is wrong with a name, as texts. */
export function nameProblems(name: string): string[] {
  if (/^[a-zA-Z][a-zA-Z0-9-]*$/.test(name) && name.length <= maxNameLength) return [];
  return [
    `The component's name is "${name}": use a letter, then letters, digits and hyphens, ` +
      `${maxNameLength} characters at most. AWS caps the names of load balancers and target ` +
      `groups at 32, and the components' and Pulumi's own endings come on top.`,
  ];
}
