/** A running Caddy. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Supervised } from "../../nginx/supervised";
import { type CaddySettings, caddyConfig } from "./config";

/** Milliseconds after which a start or a change counts as failed. */
const startTimeoutMs = 60_000;

export interface CaddyOptions {
  /** The program. */
  readonly program: string;
  /** A folder for its configuration and data. */
  readonly stateDir: string;
  /** Called when it ends unexpectedly. */
  readonly onEnd: (why: string) => void;
}

/** Caddy's process, from its start to its end. */
export class Caddy {
  private closing = false;
  /** Called with each line that it prints. */
  private watch: (line: string) => void = () => undefined;
  private server?: Supervised;

  private constructor(
    private readonly options: CaddyOptions,
    private readonly configFile: string,
    private written = "",
  ) {}

  /** Starts it. Resolves when it listens. @throws with its output if it does not */
  static async start(
    settings: Omit<CaddySettings, "storageDir">,
    options: CaddyOptions,
  ): Promise<Caddy> {
    await mkdir(options.stateDir, { recursive: true, mode: 0o700 });
    // Two runs never have the same port.
    const file = path.join(options.stateDir, `caddy-${settings.port}.json`);
    const caddy = new Caddy(options, file);
    try {
      await caddy.write(settings);
      await caddy.run();
    } catch (error) {
      await caddy.close();
      throw error;
    } finally {
      await caddy.unwrite();
    }
    return caddy;
  }

  /** Loads the certificates if they have changed; outstanding requests are finished. */
  async renew(settings: Omit<CaddySettings, "storageDir">): Promise<void> {
    if (!(await this.write(settings))) return;
    try {
      const said = this.saying(/successfully reloaded/);
      this.server?.signal("SIGUSR1");
      await said;
    } finally {
      await this.unwrite();
    }
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.closing = true;
    // At once, unlike SIGTERM, which would wait for viewers to disconnect.
    this.server?.signal("SIGQUIT");
    await this.server?.ended;
  }

  private async run(): Promise<void> {
    const { program, stateDir, onEnd } = this.options;
    const folders = ["XDG_DATA_HOME", "XDG_CONFIG_HOME"].map((name) => `${name}=${stateDir}`);
    const command = ["env", ...folders, program, "run", "--config", this.configFile];
    const said = this.saying(/serving initial configuration/);
    this.server = await Supervised.start(command, {
      cwd: stateDir,
      onLine: (line) => {
        this.watch(line);
      },
    });
    const { ended, printed } = this.server;
    const gone = ended.then(() => {
      throw new Error(lastWords(printed));
    });
    await Promise.race([said, gone]);
    gone.catch(() => {
      if (!this.closing) onEnd(lastWords(printed));
    });
  }

  /** False if it is the same as before. */
  private async write(settings: Omit<CaddySettings, "storageDir">): Promise<boolean> {
    const config = caddyConfig({ ...settings, storageDir: this.options.stateDir });
    if (config === this.written) return false;
    this.written = config;
    await writeFile(this.configFile, config, { mode: 0o600 });
    return true;
  }

  /** The file contains keys and a secret, and Caddy has read it, so it is deleted. */
  private unwrite(): Promise<void> {
    return rm(this.configFile, { force: true });
  }

  /**
   * Resolves with the first matching line. @throws with an error that Caddy prints, or after the
   * timeout
   */
  private saying(wanted: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`Caddy took more than ${startTimeoutMs / 1000} s`));
      }, startTimeoutMs);
      this.watch = (line) => {
        const failed = line.includes('"level":"error"');
        if (!failed && !wanted.test(line)) return;
        clearTimeout(late);
        this.watch = () => undefined;
        if (failed) reject(new Error(lastWords([line])));
        else resolve();
      };
    });
  }
}

/** Why it ended: its last line, which is JSON or plain text. */
function lastWords(printed: readonly string[]): string {
  const last = printed.at(-1) ?? "it said nothing";
  try {
    const { msg, error } = JSON.parse(last) as { msg?: string; error?: string };
    return [msg, error].filter((part) => part !== undefined).join(": ");
  } catch {
    return last.replace(/^Error: /, "");
  }
}
