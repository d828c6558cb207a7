/** The region of a stack. */

/**
 * Region that the provider of AWS takes: of the stack's settings, else of the environment.
 * https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export function regionOf(
  config: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const named = [config["aws:region"], env.AWS_REGION, env.AWS_DEFAULT_REGION];
  return named.find((region) => region !== undefined && region !== "");
}
