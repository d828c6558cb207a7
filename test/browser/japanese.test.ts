/** The inspector page in Japanese: as complete as in English, and chosen by the browser. */
import { expect } from "chai";
import { source as axe } from "axe-core";
import type { Page } from "playwright-core";
import { variantStacks } from "../local/stacks/variants";
import { describeWith } from "../parts";
import { read } from "../unit/document";
import { picture, sayWhere } from "./pictures";
import { endVisiting, visiting, type Visiting } from "./visitor";

/** What is written alike in Japanese: names, and what a file or a header calls itself. */
const names = [
  ...[
    "AWS",
    "CloudFront",
    "English",
    "HTTP\\d?",
    "GRPC",
    "gRPC",
    "ID",
    "JSON",
    "JavaScript",
    "TLS",
    "hopwise",
  ],
  ...["nginx", "h[12]-(?:via-cloudfront|direct)", "[\\w-]*-[\\w*-]+", "Via", "h2"],
];
const name = new RegExp(`(?<!\\w)(?:${names.join("|")})(?!\\w)`, "g");

/** The texts of a page that a person reads or hears, without the values of this request. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const values = "#seen, #words, .headers dd, footer";
    const texts = [document.title];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode())
      if (!all.currentNode.parentElement.closest(values)) texts.push(all.currentNode.textContent);
    for (const element of document.querySelectorAll("[aria-label]"))
      texts.push(element.getAttribute("aria-label"));
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  })()`);

/** A page's parts in order, without its words: elements, attributes, and what nginx puts in. */
function shapeOf(file: string): string[] {
  const html = read(file)
    .replace(/aria-label="[^"]*"/g, "aria-label")
    .replace(/<a href="\/\?lang=[^>]*>/, "<a>")
    .replace(/<html[^>]*>/, "");
  return [...html.matchAll(/<[^>]*?>|"\w+": "/g)].map(([part]) =>
    part
      .replace(/default="[^"]*"/, "default")
      .replace(/\s+/g, " ")
      .replace(" >", ">"),
  );
}

describe("the inspector page's texts", () => {
  it("have the same places in both languages", () => {
    const [english, japanese] = ["index", "index.ja"].map((file) =>
      shapeOf(`nginx/page/${file}.html`),
    );
    expect(japanese).to.deep.equal(english);
  });

  it("have values of the same names in what the script says", () => {
    const [english = [], japanese] = ["index", "index.ja"].map((file) =>
      [...read(`nginx/page/${file}.html`).matchAll(/"(\w+)": "([^"]*)"/g)].map(
        ([, key, text = ""]) => [key, (text.match(/\{\w+\}/g) ?? []).sort()],
      ),
    );
    expect(english).not.to.be.empty;
    expect(japanese).to.deep.equal(english);
  });
});

describeWith(["chromium", "nginx"], "the inspector page in Japanese", () => {
  const stacks: Visiting[] = [];
  before(async () => {
    stacks.push(
      await visiting({ ...variantStacks["h1-via-cloudfront"], count: 2, port: 18504 }),
      await visiting({ ...variantStacks["h2-direct"], count: 2, port: 18505 }),
    );
  });
  after(endVisiting);
  after(sayWhere);

  async function open({ browser, url }: Visiting, languages: string): Promise<Page> {
    const context = await browser.newContext({
      extraHTTPHeaders: { "accept-language": languages },
    });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  for (const [languages, wanted] of [
    ["ja", "ja"],
    ["ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja"],
    ["de-DE, de;q=0.9, ja;q=0.5", "ja"],
    ["en-US,en;q=0.9,ja;q=0.8", "en"],
    ["jam, de", "en"],
    ["fr", "en"],
  ] as const)
    it(`is ${wanted} for ${languages}`, async () => {
      const page = await open(stacks[0] ?? expect.fail(), languages);
      expect(await page.locator("html").getAttribute("lang")).to.equal(wanted);
    });

  it("has a link to the other language, and stays there", async () => {
    const page = await open(stacks[0] ?? expect.fail(), "ja");
    const language = () => page.locator("html").getAttribute("lang");
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "Your request, hop by hop" }).waitFor();
    expect(await language()).to.equal("en");
    expect(await page.locator(".path").innerText()).to.contain("not encrypted");
    await page.getByRole("link", { name: "日本語" }).click();
    await page.getByRole("heading", { name: "このリクエストが通った経路" }).waitFor();
    expect(await language()).to.equal("ja");
    expect(await page.locator(".path").innerText()).to.contain("暗号化なし");
  });

  for (const index of [0, 1])
    it(`leaves nothing in English but names, and axe finds no flaw: stack ${index + 1}`, async () => {
      const page = await open(stacks[index] ?? expect.fail(), "ja");
      const seen = await page.locator("#seen").innerText();
      await page.getByRole("button", { name: "もう一度送る" }).click();
      await page.getByRole("rowheader", { name: "1", exact: true }).waitFor();
      await page.route("**/.well-known/hopwise*", (route) => route.fulfill({ status: 502 }));
      await page.getByRole("button", { name: "JSON をコピー" }).click();
      await page.locator("#copied").filter({ hasText: "。" }).waitFor();
      for (const question of await page.locator("summary").all()) await question.click();
      const left = (await textsOf(page)).filter(
        (text) => /[A-Za-z]{2}/.test(text.replace(name, "")) && !seen.includes(`"${text}"`),
      );
      expect(left).to.deep.equal([]);
      await page.getByRole("button", { name: "もう一度送る" }).click();
      await page.getByText("ステータスは 502 です").waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
      expect(violations.map(({ id }) => id)).to.deep.equal([]);
      await picture(page, `japanese-${index + 1}`);
    });
});
