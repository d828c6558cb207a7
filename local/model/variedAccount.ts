/** The account as a check would find it, were its resources different. */
import type { AccountView } from "./row";
import type { LocalResource } from "./types";

/** An account whose resources look as `vary` makes them; what is changed in it is really changed. */
export function variedAccount(
  account: AccountView,
  vary: (resource: LocalResource) => LocalResource,
): AccountView {
  return {
    region: account.region,
    accountId: account.accountId,
    all: (type) => account.all(type).map(vary),
    lookup: (type, id) => {
      const found = account.lookup(type, id);
      return found && vary(found);
    },
    next: (key) => account.next(key),
    adopt: (...what) => account.adopt(...what),
    amendInputs: (type, id, inputs) => {
      account.amendInputs(type, id, inputs);
    },
    amend: (type, id, outputs) => {
      account.amend(type, id, outputs);
    },
  };
}
