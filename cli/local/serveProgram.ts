import { join, relative } from "node:path";
import type { NginxChoice } from "../../local/nginx";
import { networks } from "../../local/serve/addresses";
import type { ServeEvent } from "../../local/serve/events";
import { readTopology } from "../../local/serve/topology";
import { prefixListNames } from "../../path/cloudfront";
import type { PathSpec } from "../../path/types";
import { Failure } from "../failure";
import type { Evaluated } from "./evaluateProgram";
import { pathOf, type PrefixLists } from "./pathOf";
import type { Places } from "./probes";

/** How a program is to be served. */
export interface ServeProgramOptions {
  readonly projectDir: string;
  readonly stack: string;
  readonly port?: number;
  readonly callerAddress?: string;
  readonly nginx: NginxChoice;
  readonly onEvent: (event: ServeEvent) => void;
}

/** A program that is being served. */
export interface ServedProgram {
  readonly path: PathSpec;
  readonly places: Places;
  readonly url: string;
  /** The CA that clients have to trust, as short as it can be named from here. */
  readonly caFile: string;
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Ids of CloudFront's prefix lists in the account, which knows them by name. */
function prefixLists({ account }: Evaluated): PrefixLists {
  const id = (name: string): string =>
    String(account.invoke("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name }).id);
  return new Map([
    [id(prefixListNames[4]), 4],
    [id(prefixListNames[6]), 6],
  ]);
}
