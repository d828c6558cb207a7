/** Where the actions of a listener or rule forward to. */
import { block, blocks, text } from "../props";
import type { Props } from "../resource";

/** ARNs of the target groups that the actions forward to. */
export function forwardsTo(props: Props, actions: string): string[] {
  return blocks(props, actions)
    .filter((action) => text(action, "type") === "forward")
    .flatMap((action) => [
      ...[text(action, "targetGroupArn") ?? []].flat(),
      ...blocks(block(action, "forward") ?? {}, "targetGroups").flatMap(
        (g) => text(g, "arn") ?? [],
      ),
    ]);
}
