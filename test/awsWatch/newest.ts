/** botocore and @pulumi/aws as their registries have them, by pip and npm. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { CommandFailure, describeFailure } from "../../cli/failure";
import { npm } from "../packed";
import { botocoreEntries, Model } from "./botocore";
import { Collected, Entries } from "./entries";
import { pulumiEntries } from "./pulumiTypes";
import { operations, resourceTypes } from "./watched";

export interface Release {
  readonly version: string;
  readonly entries: Entries;
}

export const packages = ["botocore", "@pulumi/aws"] as const;
export type Package = (typeof packages)[number];

/**
 * Downloads a package and reads what is watched of it.
 *
 * @param version @default the newest
 * @param folder an empty one, for the download
 * @throws Failure where it cannot be had
 */
export function release(name: Package, version: string | undefined, folder: string): Release {
  try {
    return name === "botocore" ? botocore(version, folder) : pulumiAws(version, folder);
  } catch (error) {
    const which = version === undefined ? `The newest ${name}` : `${name} ${version}`;
    // pip says what is wrong last, after a list of every version that there is.
    const { stderr } = error as { stderr?: Buffer };
    const lines = stderr?.toString().trim().split("\n").slice(-3) ?? [];
    const said = lines.map((line) => line.slice(0, 200)).join("\n");
    const reason = said === "" ? describeFailure(error) : said;
    throw new CommandFailure(`${which} could not be had, so nothing is known of it.\n${reason}`);
  }
}

function botocore(version: string | undefined, folder: string): Release {
  const python = process.env.HOPWISE_PYTHON ?? "python3";
  // A Python that botocore no longer supports would get an old one; nothing of it is run.
  const options = ["--quiet", "--no-deps", "--no-compile", "--ignore-requires-python", "--upgrade"];
  const wanted = version === undefined ? "botocore" : `botocore==${version}`;
  const args = ["-m", "pip", "install", ...options, "--target", folder, wanted];
  execFileSync(python, args, { stdio: ["ignore", "ignore", "pipe"] });
  const found = fs.readdirSync(folder).map((file) => /^botocore-(.+)\.dist-info$/.exec(file)?.[1]);
  const entries = new Collected();
  for (const [service, names] of operations()) {
    const versions = path.join(folder, "botocore", "data", service);
    const newest = fs.readdirSync(versions).sort().at(-1) ?? "";
    const file = path.join(versions, newest, "service-2.json.gz");
    const model = JSON.parse(gunzipSync(fs.readFileSync(file)).toString()) as Model;
    for (const [shape, members] of botocoreEntries(service, model, names))
      entries.set(shape, new Map(members));
  }
  return { version: found.find((one) => one !== undefined) ?? "?", entries };
}

function pulumiAws(version: string | undefined, folder: string): Release {
  const [tarball = ""] = npm(
    ["pack", "--loglevel=error", `@pulumi/aws@${version ?? "latest"}`],
    folder,
  )
    .trim()
    .split("\n");
  execFileSync("tar", ["-xzf", tarball], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const read = (file: string): string | undefined => {
    const full = path.join(folder, "package", file);
    return fs.existsSync(full) ? fs.readFileSync(full, "utf8") : undefined;
  };
  const { version: found } = JSON.parse(read("package.json") ?? "{}") as { version: string };
  return { version: found, entries: pulumiEntries(read, resourceTypes()) };
}
