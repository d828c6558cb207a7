/** Pictures of pages, for people: `artifacts/browser/` of the checkout, which git ignores and CI keeps. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectDir } from "../cli/hopwise";

const folder = join(projectDir, "artifacts", "browser");
const taken: string[] = [];

/** Takes a picture of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  taken.push(name);
}

/** Says where the pictures are; for the last `after`. */
export function sayWhere(): void {
  if (taken.length > 0) console.log(`${taken.length} pictures in artifacts/browser/`);
}
