/** The pictures of pages in docs/images, taken of the pages themselves. `UPDATE=1` takes them again. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { page as explained } from "../../cli/explain/page";
import type { Language } from "../../cli/language";
import { launch } from "../browser/chromium";
import { endVisiting, visiting, type Visiting } from "../browser/visitor";
import { run } from "../cli/hopwise";
import { variantStacks } from "../local/stacks/variants";
import { describeWith } from "../parts";
import { expectWhole, read, root } from "../unit/document";
import { albLine, cases } from "../unit/explain/lines";
import { read as readLog } from "../unit/explain/reading";

const folder = "docs/images";
/** What a reader of the repository waits for, at most. */
const maxBytes = 100_000;
const view = { viewport: { width: 960, height: 640 }, colorScheme: "light" } as const;

/** An hour in which CloudFront gets 464 for a while, and some targets are slow. */
function log(): string {
  const fieldsOf = (wanted: string) => cases.find(({ cause }) => cause === wanted)?.fields;
  const bad = fieldsOf("464-http1-from-cloudfront");
  const slow = fieldsOf("504-target-slow");
  return Array.from({ length: 3600 }, (_, second) => {
    const minute = Math.floor(second / 60);
    const time = new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
    const fields =
      minute >= 20 && minute < 42 && second % 3 > 0
        ? bad
        : minute >= 35 && minute < 50 && second % 7 === 0
          ? slow
          : {};
    return albLine({ ...fields, time, request_creation_time: time });
  }).join("\n");
}

/** Opens the inspector in a browser whose user reads a language. */
async function inspector(locale: string): Promise<Page> {
  const { browser, url } = await inspected();
  const page = await (await browser.newContext({ ...view, locale })).newPage();
  await page.goto(url);
  return page;
}

/** Opens the page of `hopwise explain`, in the first of its languages. */
async function explainPage(browser: Browser, languages: readonly Language[]): Promise<Page> {
  const page = await (await browser.newContext(view)).newPage();
  const { inLanguage } = await readLog(log());
  await page.setContent(explained(languages.map(inLanguage)));
  return page;
}

let visited: Promise<Visiting> | undefined;
const inspected = (): Promise<Visiting> =>
  (visited ??= visiting({ ...variantStacks["h1-via-cloudfront"], count: 2, port: 18503 }));

/** Opens the page that a picture shows. */
const pages: Readonly<Record<string, (browser: Browser) => Promise<Page>>> = {
  "inspector.png": () => inspector("en"),
  "inspector.ja.png": () => inspector("ja"),
  "explain.png": (browser) => explainPage(browser, ["en", "ja"]),
  "explain.ja.png": (browser) => explainPage(browser, ["ja", "en"]),
};

/** Takes no picture of a language that this machine has no letters for. */
function expectLetters(language: string): void {
  const { stdout } = spawnSync("fc-list", [`:lang=${language}`], { encoding: "utf8" });
  expect(stdout, `no font for ${language}: install fonts-ipaexfont-gothic`).not.to.equal("");
}

/** The headings of each page, as its picture has them. */
const headingsFile = `${folder}/headings.json`;

describeWith(["chromium", "nginx"], "the pictures of pages", () => {
  let browser: Browser;
  const headings: Record<string, string[]> = {};

  before(async () => {
    browser = await launch({ names: [], keys: [] });
  });
  after(async () => {
    await browser.close();
    await endVisiting();
  });

  for (const [name, open] of Object.entries(pages))
    it(`${name} is small`, async () => {
      const page = await open(browser);
      headings[name] = await page
        .locator("h1, h2, h3, summary")
        .and(page.locator(":visible"))
        .allInnerTexts();
      expect(headings[name]).not.to.be.empty;
      const file = path.join(root, folder, name);
      if (process.env.UPDATE === "1") {
        expectLetters((await page.locator("html").getAttribute("lang")) ?? "");
        await page.screenshot({ path: file });
      }
      await page.context().close();
      expect(fs.statSync(file).size).to.be.within(10_000, maxBytes);
    });

  it("have the headings that the pages have now", () => {
    expectWhole(headingsFile, `${JSON.stringify(headings, null, 2)}\n`);
  });
});

describe("docs/images", () => {
  it("has the picture that plan makes", async () => {
    const args = ["plan", "--program", "examples/article-464", "--format", "svg"];
    expectWhole(`${folder}/plan-article-464.svg`, (await run(args)).stdout);
  });

  it("has nothing that no document shows with words for those who do not see it", () => {
    const documents = fs
      .readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`);
    const shown = ["README.md", "README.ja.md", ...documents].flatMap((document) =>
      [...read(document).matchAll(/!\[([^\]]{10,})\]\(([^)]+)\)/g)].map(([, , link = ""]) =>
        path.posix.join(path.posix.dirname(document), link),
      ),
    );
    const pictures = fs
      .readdirSync(path.join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((name) => name !== headingsFile);
    expect([...new Set(shown)].sort()).to.deep.equal(pictures.sort());
  });
});
