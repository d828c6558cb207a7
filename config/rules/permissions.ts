/** The permissions of the containers, and the folders of EFS in them. */
import { hasNginx } from "../../path/appSocket";
import { largestInlinePolicies, policyCharacters, statementOf } from "../../path/rolePolicies";
import { volumeProblems } from "../../path/volumes";
import { forEveryService } from "./perService";
import type { SettingsRule } from "./rule";

const policyFits: SettingsRule = (view) => {
  const statements = view.get("service.taskRoleStatements").map(statementOf);
  const size = policyCharacters(statements);
  if (size <= largestInlinePolicies) return [];
  const expected = `less than ${largestInlinePolicies} characters: IAM takes no more of a role`;
  return [
    {
      key: "service.taskRoleStatements",
      expected,
      detail: `${expected}, and these are ${size}`,
      change: { write: "put resources together with * in the stack file" },
    },
  ];
};

const volumesFit: SettingsRule = (view) => {
  const containers = [
    ...(hasNginx({ behindNginx: view.get("service.app.behindNginx") }) ? ["nginx"] : []),
    ...(view.given("service.app") ? ["app"] : []),
    ...Object.keys(view.get("service.sidecars")),
  ];
  return volumeProblems(view.get("service.volumes"), containers).map(({ volume, expected }) => ({
    key: "service.volumes",
    entry: volume,
    expected,
    change: { remove: "service.volumes", entry: volume },
  }));
};

/** In the order they are listed. */
export const permissionRules: readonly SettingsRule[] = [policyFits, volumesFit].map(
  forEveryService,
);
