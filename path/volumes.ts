/** Folders of EFS in the containers of a task. */

/** Port of NFS, which EFS speaks. https://docs.aws.amazon.com/efs/latest/ug/network-access.html */
export const nfsPort = 2049;

/** The container that has a volume where none is named. */
export const usualVolumeContainer = "app";

/** A folder of EFS, as far as it is checked before anything exists. */
interface Mount {
  readonly mountPath: string;
  readonly container?: string;
}

/** What is wrong with a volume. */
export interface VolumeProblem {
  readonly volume: string;
  readonly expected: string;
}

/** The problems of the volumes of a task with these containers. */
export function volumeProblems(
  volumes: Readonly<Record<string, Mount>>,
  containers: readonly string[],
): VolumeProblem[] {
  const entries = Object.entries(volumes);
  return entries.flatMap(([volume, { mountPath, container = usualVolumeContainer }], index) => {
    const problem = (expected: string): VolumeProblem[] => [{ volume, expected }];
    if (!containers.includes(container))
      return problem(`a container of the task (${containers.join(", ")}), not ${container}`);
    // The tmpfs of every container is there.
    if (/^\/+(?:tmp(?:\/.*)?)?$/.test(mountPath))
      return problem("a mountPath other than / and /tmp, which is kept in memory");
    const twin = entries
      .slice(0, index)
      .some(
        ([, one]) =>
          one.mountPath === mountPath && (one.container ?? usualVolumeContainer) === container,
      );
    return twin ? problem(`another mountPath: ${container} has one at ${mountPath}`) : [];
  });
}
