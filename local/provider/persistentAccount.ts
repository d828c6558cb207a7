/** An account that outlives its process: its changes are recorded, and replayed at the start. */
import * as fs from "node:fs";
import { Account, type AccountOptions, type CreateArgs } from "../model";
import type { Props } from "../model/types";

/** One change that the account accepted; a line of the file. */
type Change =
  | { readonly create: CreateArgs }
  | { readonly update: { readonly type: string; readonly id: string; readonly inputs: Props } }
  | { readonly delete: { readonly type: string; readonly id: string } };

/**
 * An account stored in a file of JSON lines. The model gives the same ids to the same changes, so
 * replaying them results in the same account. The file contains secrets in plain text, as AWS
 * would, and only its owner can read it.
 */
export class PersistentAccount extends Account {
  private readonly file: string;

  /** @throws if the file exists and is not such a journal */
  constructor(file: string, options: AccountOptions = {}) {
    super(options);
    this.file = file;
    for (const change of read(file)) this.redo(change);
  }

  override create(args: CreateArgs): { id: string; outputs: Props } {
    const made = super.create(args);
    this.note({ create: args });
    return made;
  }

  override update(type: string, id: string, inputs: Props): Props {
    const outputs = super.update(type, id, inputs);
    this.note({ update: { type, id, inputs } });
    return outputs;
  }

  override delete(type: string, id: string): void {
    super.delete(type, id);
    this.note({ delete: { type, id } });
  }

  private redo(change: Change): void {
    if ("create" in change) super.create(change.create);
    else if ("update" in change)
      super.update(change.update.type, change.update.id, change.update.inputs);
    else super.delete(change.delete.type, change.delete.id);
  }

  private note(change: Change): void {
    fs.appendFileSync(this.file, `${JSON.stringify(change)}\n`, { mode: 0o600 });
  }
}

function read(file: string): Change[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as Change];
    } catch {
      throw new Error(
        `${file}:${index + 1} is not a change of a local account: name another file, or delete it.`,
      );
    }
  });
}
