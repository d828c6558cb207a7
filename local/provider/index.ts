/**
 * The local AWS as provider plugins of the real Pulumi engine: `PULUMI_DEBUG_PROVIDERS` makes the
 * engine attach to a running provider instead of starting its own.
 */
import * as fs from "node:fs";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Account } from "../model";
import { Calls } from "./calls";
import { startComponents } from "./components";
import { listenGrpc } from "./grpc";
import { customResources } from "./service";

/** Packages whose custom resources the account implements. */
const PACKAGES = ["aws", "random"] as const;

export interface ProviderOptions {
  /** The account that is served. @default an empty one */
  readonly account?: Account;
}

export interface Providers {
  /** Value of `PULUMI_DEBUG_PROVIDERS` for the engine, e.g. `aws:4001,random:4002,awsx:4003`. */
  readonly debugProviders: string;
  readonly account: Account;
  /** Log of calls, and fault injection. */
  readonly calls: Calls;
  /** Stops the servers. */
  readonly close: () => void;
}

/**
 * Serves an account to the engine: custom resources and functions from this process, awsx's
 * components from a separate process.
 * @throws if the components' process cannot start
 */
export async function startProviders(options: ProviderOptions = {}): Promise<Providers> {
  const account = options.account ?? new Account();
  const calls = new Calls();
  const servers = await Promise.all(PACKAGES.map((name) => serve(name, account, calls)));
  const port = await startComponents(account.region);
  return {
    debugProviders: [...servers, { name: "awsx", port }]
      .map(({ name, port }) => `${name}:${port}`)
      .join(","),
    account,
    calls,
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

async function serve(name: string, account: Account, calls: Calls) {
  const service = customResources(account, calls, installedVersion(name));
  return { name, ...(await listenGrpc([[ResourceProviderService, { ...service }]])) };
}

/** Version of the SDK of a package, which a provider of the same version serves. */
function installedVersion(name: string): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}

export type { Call } from "./calls";
