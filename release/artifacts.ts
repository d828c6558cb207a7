/**
 * `npm run artifacts`: what a release consists of, in artifacts/: the package, its bill of materials
 * and the checksums of both. Nothing is uploaded.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { npm } from "../test/packed";

const root = path.join(__dirname, "..");
const folder = path.join(root, "artifacts");

/** Makes them anew. @returns their paths from the root */
export function makeArtifacts(): string[] {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  npm(["pack", "--silent", "--pack-destination", folder], root);
  const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const tarball = `hopwise-${version}.tgz`;
  const bill = `hopwise-${version}.cdx.json`;
  fs.writeFileSync(path.join(folder, bill), billOfMaterials());
  const sums = [tarball, bill].map((file) => {
    const content = fs.readFileSync(path.join(folder, file));
    return `${createHash("sha256").update(content).digest("hex")}  ${file}\n`;
  });
  fs.writeFileSync(path.join(folder, "SHA256SUMS"), sums.join(""));
  return [tarball, bill, "SHA256SUMS"].map((file) => `artifacts/${file}`);
}

/** What the lock file pins of what the package depends on, in CycloneDX. */
export function billOfMaterials(): string {
  const options = ["--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"];
  const bill = JSON.parse(npm(["sbom", ...options], root)) as {
    metadata: { component: { name: string } };
  };
  // npm writes the name of the checkout's folder.
  bill.metadata.component.name = "hopwise";
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

if (require.main === module) console.log(makeArtifacts().join("\n"));
