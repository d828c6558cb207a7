/** A Pulumi project in a folder of its own, for programs that are written out in a test. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { evaluate, type EvaluateOptions, type Evaluation } from "../../local/program";

const modules = path.join(__dirname, "../../node_modules");

/** Makes the folder, with a stack `dev` in eu-west-1 and our packages. The caller removes it. */
function projectFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "hopwise-program-")));
  symlinkSync(modules, path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: any\nruntime: nodejs\n");
  writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
  return folder;
}

/** A project whose files a test writes before it is evaluated. */
export interface WrittenProject {
  readonly folder: string;
  /** Writes a file, whose folders need not exist. */
  readonly write: (file: string, ...lines: string[]) => void;
  readonly run: (options?: Partial<EvaluateOptions>) => Promise<Evaluation>;
  /** The message of the error with which the program ends. */
  readonly failure: (options?: Partial<EvaluateOptions>) => Promise<string>;
}

/** A new {@link projectFolder} for each test of the surrounding `describe`, removed after it. */
export function writtenProject(): WrittenProject {
  let folder = "";
  beforeEach(() => {
    folder = projectFolder();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (options: Partial<EvaluateOptions> = {}): Promise<Evaluation> =>
    evaluate({ projectDir: folder, ...options });
  return {
    get folder() {
      return folder;
    },
    write(file, ...lines) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${lines.join("\n")}\n`);
    },
    run,
    failure: (options) =>
      run(options).then(
        () => "it did not fail",
        (error: unknown) => (error as Error).message,
      ),
  };
}
