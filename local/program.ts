/** Runs a Pulumi program in this process against the local account: no CLI, no engine. */
import { mocksFor } from "./mocks";
import { Account } from "./model/account";
import type { AwsRefusal } from "./model/refusal";
import { readProject } from "./project";
import { loadProblem } from "./programErrors";
import { collectingErrors, freshModules, oneAtATime, within } from "./programScope";
import { engineThatLogs, LogMessage, ProgramSdk, sdkOf } from "./programSdk";
import { cheapTraces } from "./programTraces";
import { LocalResource, Props, Refusal } from "./types";

export interface EvaluateOptions {
  /** Folder with Pulumi.yaml. */
  readonly projectDir: string;
  /** @default the only stack with a file, or else `dev` */
  readonly stack?: string;
  /** @default an empty account in the region that the stack's `aws:region` says */
  readonly account?: Account;
  /** Outputs of other stacks that the program refers to, by the name it uses. */
  readonly stackOutputs?: ReadonlyMap<string, Props>;
  /** Called for every resource, in the order of creation. */
  onResource?(resource: LocalResource): void;
}

export interface Evaluation {
  /** The stack that was evaluated. */
  readonly stack: string;
  /** Working directory of the program; paths in its resources are relative to it. */
  readonly cwd: string;
  readonly account: Account;
  readonly resources: readonly LocalResource[];
  /** The stack's outputs, secrets unwrapped: see `secrets` before showing any. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program said through `pulumi.log`. */
  readonly logs: readonly LogMessage[];
  /** Values that the program holds as secrets: nothing that contains one may be shown. */
  readonly secrets: ReadonlySet<string>;
}

/** A program that threw, logged an error, or asked AWS for what it refuses. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    message: string,
    /** Everything AWS refused, over all resources. */
    readonly refusals: readonly Refusal[],
    readonly logs: readonly LogMessage[],
    cause?: unknown,
    /** What there was until it failed: resources that depend on a refused one are not in it. */
    readonly until?: Evaluation,
  ) {
    super(message, { cause });
  }
}

/**
 * Evaluates a stack's program and waits until all its registrations and outputs are there. Programs
 * run one after another, each with its own files loaded afresh.
 *
 * @throws ProjectError when a project file is missing or broken
 * @throws ProgramError when the program fails; it names every resource that AWS refuses
 */
export function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  return oneAtATime(() => run(options));
}

async function run(options: EvaluateOptions): Promise<Evaluation> {
  const project = readProject(options.projectDir, options.stack);
  const sdk = sdkOf(project.cwd);
  const account = options.account ?? new Account({ region: project.config["aws:region"] });
  const logs: LogMessage[] = [];
  const secrets = new Set<string>();
  const refused: AwsRefusal[] = [];
  let outputs: Record<string, unknown> = {};

  const errors = await cheapTraces(() =>
    collectingErrors((givenUp) =>
      within(project.cwd, () =>
        freshModules([project.cwd, project.root], async (load) => {
          await sdk.state.withLocalStorage(async () => {
            const events = {
              onResource: options.onResource?.bind(options),
              onRefusal: (refusal: AwsRefusal) => refused.push(refusal),
              onSecret: (value: string) => secrets.add(value),
              stackOutputs: options.stackOutputs,
              folder: project.root,
            };
            const { runtime } = sdk.pulumi;
            await runtime.setMocks(
              mocksFor(account, events, sdk.file),
              project.name,
              project.stack,
            );
            sdk.state.getStore().settings.engine = engineThatLogs(logs);
            runtime.setAllConfig({ ...project.config }, [...project.secretKeys]);
            const ended = stackOutputs(sdk, () => load(project.entry));
            outputs = (await Promise.race([ended, givenUp])) ?? {};
          });
        }),
      ),
    ),
  );
  const evaluation = {
    ...{ stack: project.stack, cwd: project.cwd, account, resources: account.resources },
    ...{ outputs, logs, secrets },
  };
  const failed = logs.filter((log) => log.severity === "error");
  if (refused.length + errors.length + failed.length > 0) {
    throw failure(refused, errors, evaluation, project.root);
  }
  return evaluation;
}

/** Runs the program as the stack's, as Pulumi does; all registrations are over when this returns. */
async function stackOutputs(
  sdk: ProgramSdk,
  program: () => unknown,
): Promise<Record<string, unknown>> {
  const { runtime } = sdk.pulumi;
  try {
    const outputs = await runtime.runInPulumiStack(async () => {
      const exported = mainExport(program());
      // A program may export an async function, whose result then is the outputs.
      return typeof exported === "function" ? await (exported as () => unknown)() : exported;
    });
    return outputs ?? {};
  } finally {
    await runtime.disconnect();
  }
}

/** An ES module's default export is the program, as with the engine, unless it exports more. */
function mainExport(exported: unknown): unknown {
  const names = typeof exported === "object" && exported !== null ? Object.keys(exported) : [];
  return names.length === 1 && names[0] === "default"
    ? (exported as { default: unknown }).default
    : exported;
}

/**
 * One error for all that went wrong. What depends on a refused resource fails with an error that
 * repeats the refusal: it only adds where in the program the resource stands.
 */
function failure(
  refused: readonly AwsRefusal[],
  errors: readonly unknown[],
  until: Evaluation,
  root: string,
): ProgramError {
  const { logs, secrets } = until;
  const hide = (text: string): string => hidden(text, secrets);
  const repeats = (error: unknown, refusal: AwsRefusal): error is Error =>
    error instanceof Error && error.message.includes(refusal.message);
  const repeated = (refusal: AwsRefusal): Error | undefined =>
    errors.find((error): error is Error => repeats(error, refusal));
  const others = errors.filter((error) => !refused.some((refusal) => repeats(error, refusal)));
  const messages = [
    ...refused.map((refusal) => withPlace(refusal.message, repeated(refusal))),
    ...others.map((error) => describe(error, root)),
    ...logs.filter((log) => log.severity === "error").map((log) => log.message),
  ];
  const refusals = refused
    .flatMap((refusal) => refusal.refusals)
    .map((refusal) => ({ ...refusal, message: hide(refusal.message) }));
  const message = hide([...new Set(messages)].join("\n"));
  return new ProgramError(message, refusals, logs, others[0], until);
}

/** Text without the secrets in it, longest first, since one may be part of another. */
function hidden(text: string, secrets: ReadonlySet<string>): string {
  const longestFirst = [...secrets].filter((s) => s !== "").sort((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}

/** What went wrong, for people: an error made for them as it is, another one with where it was. */
function describe(error: unknown, root: string): string {
  if (!(error instanceof Error)) return `The program threw ${String(error)}.`;
  const loading = loadProblem(error, root);
  if (loading !== undefined) return loading;
  // The SDK spells the second mark like this.
  const made = ["__pulumiRunError", "__pulumResourceError"].some((mark) => mark in error);
  const bare = made && (!("hideStack" in error) || error.hideStack === true);
  return bare ? error.message : withPlace(error.message, error);
}

/** A message with the line of the program that an error comes from. */
function withPlace(message: string, error: Error | undefined): string {
  const frames = (error?.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const place = frames.find((line) => !/node_modules|node:|local[/\\]program/.test(line));
  return [message, ...(place === undefined ? [] : [place])].join("\n");
}
