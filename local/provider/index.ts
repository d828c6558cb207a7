/**
 * The local AWS as provider plugins of the real Pulumi engine: `PULUMI_DEBUG_PROVIDERS` makes the
 * engine attach to a running provider in place of starting its own.
 */
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Account } from "../model/account";
import { Calls } from "./calls";
import { startComponents } from "./components";
import { listen } from "./grpc";
import { customResources } from "./service";

/** Packages of custom resources that the account answers for. */
const PACKAGES = ["aws", "random"] as const;

export interface ProviderOptions {
  /** The account that is served. @default an empty one */
  readonly account?: Account;
  /** Port of the custom resources' provider on 127.0.0.1. @default any free port */
  readonly port?: number;
}

export interface Providers {
  /** Value of `PULUMI_DEBUG_PROVIDERS` for the engine, e.g. `aws:4001,random:4001,awsx:4002`. */
  readonly debugProviders: string;
  readonly account: Account;
  /** Order log and fault injection. */
  readonly calls: Calls;
  /** Stops the servers and the process of the components. */
  close(): Promise<void>;
}

/**
 * Serves an account to the engine: custom resources and functions from this process, awsx's
 * components from a process of their own.
 * @throws when the port is taken or the components' process cannot start
 */
export async function startProviders(options: ProviderOptions = {}): Promise<Providers> {
  const account = options.account ?? new Account();
  const calls = new Calls();
  const custom = await listen(
    [[ResourceProviderService, { ...customResources(account, calls) }]],
    options.port,
  );
  const components = await startComponents(account.region);
  const ports = [...PACKAGES.map((name) => `${name}:${custom.port}`), `awsx:${components.port}`];
  return {
    debugProviders: ports.join(","),
    account,
    calls,
    close: async () => {
      custom.close();
      await components.close();
    },
  };
}

export { Calls, type Call, type Fault, type Operation } from "./calls";
