/**
 * The language host of programs that a command starts, in place of Pulumi's own hosts for Go and Java:
 * a program finds the engine by its environment.
 */
import {
  type LanguageHost,
  runCommand,
  serveLanguage,
  type Running,
} from "../engine/serveLanguage";

/** @param command relative to the folder of the program */
export function startProgramHost(
  name: string,
  command: readonly [string, ...string[]],
): Promise<LanguageHost> {
  return serveLanguage(name, (running) => runCommand(command, environment(running), running));
}

/** What Pulumi's SDKs for Go and Java read: `getEnvInfo` of the one, `DeploymentImpl` of the other. */
function environment({ request, engineAddress }: Running): Readonly<Record<string, string>> {
  return {
    PULUMI_MONITOR: request.getMonitorAddress(),
    PULUMI_ENGINE: engineAddress,
    PULUMI_ORGANIZATION: request.getOrganization(),
    PULUMI_PROJECT: request.getProject(),
    PULUMI_STACK: request.getStack(),
    PULUMI_DRY_RUN: String(request.getDryrun()),
    PULUMI_PARALLEL: String(request.getParallel()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
