/** Views of resources that a test writes out, without a program that declares them. */
import { Account } from "../../../local/model";
import type { DeclaredResource } from "../../../topology/resource";
import { type View, viewOf } from "../../../testing/view";

/** The kit's view of a stack with these resources. */
export function viewOfResources(resources: readonly DeclaredResource[]): View {
  const account = new Account({ region: "eu-west-1" });
  return viewOf({
    ...{ project: "test", stack: "dev", region: "eu-west-1", problems: [] },
    evaluation: {
      ...{ stack: "dev", cwd: __dirname, account, resources, outputs: {} },
      ...{ refusals: [], notChecked: [], logs: [], secrets: new Set<string>() },
    },
  });
}
