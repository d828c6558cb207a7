/** The page of `hopwise explain --html` as a browser shows it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { source as axe } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { page as explained } from "../../cli/explain/page";
import { temporaryFolder } from "../packed";
import { describeWith } from "../parts";
import { line as connectionLine } from "../unit/explain/connectionLines";
import { failed, header, line as edgeLine, miss } from "../unit/explain/edgeLines";
import { edgeFields } from "../../logs/edge/fields";
import { albLine, cases } from "../unit/explain/lines";
import { read } from "../unit/explain/reading";
import { launch } from "./chromium";
import { picture, sayWhere } from "./pictures";

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };
/** Without spaces and quotes: a part of a line's field. */
const evil = "<img/src=x/onerror=window.hit=1><script>window.hit=2</script>";

const fieldsOf = (wanted: string) => cases.find(({ cause }) => cause === wanted)?.fields;
const refused = albLine(fieldsOf("464-http1-from-cloudfront"));

/** Logs by what they are, each as text. */
const logs = {
  refused: `${refused}\n`.repeat(12) + `${albLine()}\n`.repeat(30),
  everything: [
    // Enough of them for a long page that axe is through with soon.
    ...cases.filter((_, i) => i % 9 === 0).map(({ fields }) => albLine(fields)),
    ...Array<string>(40).fill(refused),
    albLine({
      request: `GET https://app.example.com:443/${evil} HTTP/1.1`,
      elb_status_code: "502",
    }),
    ...["ClientCertExpired", "Success"].map((status) => connectionLine(status)),
    evil,
    ...[header(edgeFields), ...[miss, failed(504, "OriginCommError")].map((one) => edgeLine(one))],
  ].join("\n"),
  fine: albLine(),
  nothing: "no log\n",
} as const;

describeWith(["chromium"], "the page of hopwise explain", () => {
  let browser: Browser;
  const folder = temporaryFolder();
  before(async () => {
    browser = await launch({ names: [], keys: [] });
    for (const [name, text] of Object.entries(logs)) {
      const { inLanguage } = await read(text);
      for (const languages of [["en", "ja"] as const, ["ja", "en"] as const])
        fs.writeFileSync(
          path.join(folder, `${name}.${languages[0]}.html`),
          explained(languages.map(inLanguage)),
        );
    }
  });
  after(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  });
  after(sayWhere);

  async function open(name: string, options: Parameters<Browser["newContext"]>[0] = {}) {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(pathToFileURL(path.join(folder, `${name}.html`)).href);
    return page;
  }
  const flaws = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{
      violations: { id: string; nodes: { html: string }[] }[];
    }>("axe.run()");
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  };

  for (const language of ["en", "ja"] as const)
    for (const [device, viewport] of Object.entries({ phone, desktop }))
      for (const colorScheme of ["light", "dark"] as const)
        it(`has no flaw that axe finds on a ${device}, ${colorScheme}, ${language}, and fits`, async () => {
          for (const name of Object.keys(logs)) {
            const page = await open(`${name}.${language}`, { viewport, colorScheme });
            expect(await flaws(page), name).to.deep.equal([]);
            const width = await page.evaluate("document.documentElement.scrollWidth");
            expect(width, name).to.be.at.most(viewport.width);
            await picture(page, `explain-${name}-${language}-${device}-${colorScheme}`);
            await page.context().close();
          }
        });

  it("says on a phone's first screen what is wrong, how often, and the first change", async () => {
    const page = await open("refused.en", { viewport: phone });
    const change = page.getByText('Set protocolVersion: "HTTP1" on the aws.lb.TargetGroup').first();
    for (const shown of [page.locator("h1:visible"), page.getByText("12 of 42").first(), change]) {
      const box = await shown.boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).to.be.at.most(phone.height);
    }
    expect(await page.locator("h1:visible").innerText()).to.match(
      /^464 HTTP\/1\.1 from CloudFront/,
    );
    await page.context().close();
  });

  for (const [opened, other, first, second] of [
    ["en", "日本語", /^464 HTTP/, /^464 ターゲットグループ/],
    ["ja", "English", /^464 ターゲットグループ/, /^464 HTTP/],
  ] as const)
    it(`opens in ${opened}, and is in ${other} after its link, without JavaScript`, async () => {
      const page = await open(`refused.${opened}`, { javaScriptEnabled: false });
      const heading = page.locator("h1:visible");
      expect(await page.locator("html").getAttribute("lang")).to.equal(opened);
      expect(await heading.innerText()).to.match(first);
      await page.getByRole("link", { name: other }).click();
      expect(await heading.count()).to.equal(1);
      expect(await heading.innerText()).to.match(second);
      // A link to a cause stays in the language.
      await page.locator(".legend a:visible").first().click();
      expect(await heading.innerText()).to.match(second);
      await page.context().close();
    });

  it("leaves nothing in English in Japanese but names and the log's own lines", async () => {
    const page = await open("everything.ja");
    const texts = await page.evaluate<string[]>(`(() => {
      const own = "pre, code, td, nav, .dim a, title";
      const all = document.createTreeWalker(document.querySelector("#ja"), NodeFilter.SHOW_TEXT);
      const texts = [];
      while (all.nextNode())
        if (!all.currentNode.parentElement.closest(own)) texts.push(all.currentNode.textContent);
      return texts;
    })()`);
    const english = texts.filter((text) => /(?<=\s)(?:the|is|of|that|and|to|in)(?=\s)/.test(text));
    expect(english).to.deep.equal([]);
    await page.context().close();
  });

  it("runs nothing of what a log holds, and asks nobody for anything", async () => {
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(path.join(folder, "everything.en.html")).href);
    expect(await page.evaluate("window.hit")).to.equal(undefined);
    expect(await page.locator("img, script").count()).to.equal(0);
    expect(await page.locator("#en").innerText()).to.contain("<img/src=x/onerror=");
    expect(asked).to.have.length(1);
    await page.context().close();
  });
});
