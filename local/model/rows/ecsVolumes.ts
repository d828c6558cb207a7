/** What ECS requires of the EFS volumes of a task definition. */
import { bagsAt, textAt } from "../props";
import { Props } from "../types";
import { InputRule, oneOf, when } from "../rules";

const api = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const at = "volumes[].efsVolumeConfiguration";

/** The volumes of EFS that break a rule: the first one's name. */
const volume = (
  breaks: (efs: {
    encrypted: boolean;
    iam: boolean;
    accessPoint: boolean;
    root: string;
  }) => boolean,
  say: string,
  page: string,
): InputRule =>
  when(
    (inputs: Props) =>
      bagsAt(inputs, at).some((efs) =>
        breaks({
          encrypted: textAt(efs, "transitEncryption") === "ENABLED",
          iam: textAt(efs, "authorizationConfig.iam") === "ENABLED",
          accessPoint: textAt(efs, "authorizationConfig.accessPointId") !== undefined,
          root: textAt(efs, "rootDirectory") ?? "/",
        }),
      ),
    "volumes",
    { code: "ClientException", say, source: `${api}/${page}` },
  );

const authorization = "API_EFSAuthorizationConfig.html";

export const efsRules: readonly InputRule[] = [
  oneOf(`${at}.transitEncryption`, ["ENABLED", "DISABLED"], {
    code: "ClientException",
    source: `${api}/API_EFSVolumeConfiguration.html`,
  }),
  oneOf(`${at}.authorizationConfig.iam`, ["ENABLED", "DISABLED"], {
    code: "ClientException",
    source: `${api}/${authorization}`,
  }),
  volume(
    ({ iam, accessPoint, encrypted }) => (iam || accessPoint) && !encrypted,
    "EFS IAM authorization and access points need transitEncryption ENABLED.",
    authorization,
  ),
  volume(
    ({ accessPoint, root }) => accessPoint && root !== "/",
    "With an access point, rootDirectory must be omitted or set to /.",
    authorization,
  ),
];
