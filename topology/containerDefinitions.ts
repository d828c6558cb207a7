/** The JSON text of a task definition's containers. */

/** The keys of container definitions, whose case the program may have changed, and of what is in them. */
const keys = [
  ...["name", "image", "cpu", "memory", "memoryReservation", "links", "essential", "hostname"],
  ...["portMappings", "containerPort", "hostPort", "protocol", "appProtocol", "containerPortRange"],
  ...["command", "entryPoint", "environment", "value", "environmentFiles", "type", "secrets"],
  ...["valueFrom", "secretOptions", "logConfiguration", "logDriver", "options", "healthCheck"],
  ...["interval", "timeout", "retries", "startPeriod", "dependsOn", "containerName", "condition"],
  ...["startTimeout", "stopTimeout", "mountPoints", "sourceVolume", "containerPath", "readOnly"],
  ...["volumesFrom", "sourceContainer", "linuxParameters", "capabilities", "add", "drop"],
  ...["initProcessEnabled", "sharedMemorySize", "tmpfs", "maxSwap", "swappiness", "devices"],
  ...["user", "workingDirectory", "privileged", "readonlyRootFilesystem", "disableNetworking"],
  ...["ulimits", "softLimit", "hardLimit", "dockerLabels", "dockerSecurityOptions", "extraHosts"],
  ...["dnsServers", "dnsSearchDomains", "interactive", "pseudoTerminal", "systemControls"],
  ...["resourceRequirements", "firelensConfiguration", "repositoryCredentials"],
  ...["credentialsParameter", "credentialSpecs", "restartPolicy", "versionConsistency"],
];
const byLowerCase = new Map(keys.map((key) => [key.toLowerCase(), key]));

/** Maps whose keys are the program's own. */
const ownKeys = new Set(["options", "dockerLabels"]);

/**
 * The containers with their keys as AWS writes them. The provider takes `PortMappings` and
 * `portmappings` too: it decodes the text with Go's `encoding/json`, to which case does not matter.
 * https://pkg.go.dev/encoding/json#Unmarshal
 *
 * @throws SyntaxError where the text is not JSON
 */
export function parseContainers(written: string): unknown {
  return named(JSON.parse(written));
}

function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([written, inner]) => {
      const key = byLowerCase.get(written.toLowerCase()) ?? written;
      return [key, ownKeys.has(key) ? inner : named(inner)];
    }),
  );
}
