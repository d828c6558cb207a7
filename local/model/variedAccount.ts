/** The account as a check would find it, were its resources different. */
import type { AccountView } from "./row";
import type { LocalResource } from "./types";

/** An account whose resources look as `vary` makes them; what is changed in it is really changed. */
export function variedAccount(
  world: AccountView,
  vary: (resource: LocalResource) => LocalResource,
): AccountView {
  return {
    region: world.region,
    accountId: world.accountId,
    all: (type) => world.all(type).map(vary),
    lookup: (type, id) => {
      const found = world.lookup(type, id);
      return found && vary(found);
    },
    next: (key) => world.next(key),
    adopt: (type, id, outputs) => world.adopt(type, id, outputs),
    amend: (type, id, outputs) => {
      world.amend(type, id, outputs);
    },
  };
}
