/** The inspector page as a browser shows it, through CloudFront and without. */
import { expect } from "chai";
import { source as axe } from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describeWith } from "../parts";
import { get, start, stopAll } from "../local/nginx-support";
import { picture, sayWhere } from "./pictures";
import { endVisiting, visiting, type Visiting } from "./visitor";
import { variantStacks } from "../local/stacks/variants";

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 800 };

/** Opens the page in a context of its own. */
async function open(
  { browser, url }: Visiting,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** The path as it stands at the top: nodes and, between them, protocols. */
const pathOf = (page: Page): Promise<string[]> =>
  page.locator(".path .node, .path strong").allInnerTexts();

/** The facts of a hop, by their names. */
async function factsOf(page: Page, title: string): Promise<Record<string, string>> {
  const card = page
    .locator(".hops > li")
    .filter({ has: page.getByRole("heading", { name: title, exact: true }) });
  const [names, values] = await Promise.all([
    card.locator("dt").allInnerTexts(),
    card.locator("dd").allInnerTexts(),
  ]);
  return Object.fromEntries(names.map((name, i) => [name, (values[i] ?? "").replace(/\s+/g, " ")]));
}

describeWith(["chromium", "nginx"], "the inspector page in Chromium", () => {
  const stacks: Partial<Record<"h1" | "h2", Visiting>> = {};
  const of = (name: "h1" | "h2"): Visiting => {
    const found = stacks[name];
    if (!found) throw new Error(`${name} is not served`);
    return found;
  };
  before(async () => {
    stacks.h1 = await visiting({ ...variantStacks["h1-via-cloudfront"], count: 2, port: 18501 });
    stacks.h2 = await visiting({ ...variantStacks["h2-direct"], count: 2, port: 18502 });
  });
  after(endVisiting);
  after(stopAll);
  after(sayWhere);

  describe("h1-via-cloudfront", () => {
    it("shows HTTP/2 up to CloudFront, and HTTP/1.1 behind it", async () => {
      const page = await open(of("h1"));
      expect(await pathOf(page)).to.deep.equal([
        ...["Your browser", "HTTP/2", "CloudFront", "HTTP/1.1"],
        ...["Load balancer", "HTTP/1.1", "nginx"],
      ]);
      expect(await page.locator(".lead").innerText()).to.contain("h1-via-cloudfront");
      const spoken = "performance.getEntriesByType('navigation')[0].nextHopProtocol";
      expect(await page.evaluate(spoken)).to.equal("h2");
    });

    it("tells each hop's protocol, TLS and addresses, and who says so", async () => {
      const page = await open(of("h1"));
      const first = await factsOf(page, "Your browser to CloudFront");
      expect(first).to.deep.equal({
        "Your browser says": "HTTP/2 as “h2”",
        "CloudFront says": "HTTP/2 in Via",
        Encryption: "TLS",
        "Your address": "198.51.100.7 in X-Forwarded-For, the entry that trusted hops wrote",
      });
      const second = await factsOf(page, "CloudFront to the load balancer");
      expect(second["Known from"]).to.equal("the stack’s settings; no header shows it");
      expect(second.Encryption).to.match(/^TLS /);
      expect(second["CloudFront’s address"]).to.match(/^130\.176\.0\.1 /);
      const third = await factsOf(page, "The load balancer to nginx");
      expect(third).to.include({ "Known from": "nginx’s own view", Encryption: "not encrypted" });
      expect(third["Load balancer’s address"]).to.match(/^127\.0\.2\.\d+$/);
      expect((await factsOf(page, "nginx")).Task).to.match(/^web-\d$/);
    });

    it("asks again, and shows what each request used", async () => {
      const page = await open(of("h1"));
      for (const request of ["1", "2", "3"]) {
        await page.getByRole("button", { name: "Ask again" }).click();
        await page.getByRole("rowheader", { name: request, exact: true }).waitFor();
      }
      const rows = await page.locator("#answers tbody tr").allInnerTexts();
      expect(rows).to.have.length(4);
      for (const row of rows)
        expect(row).to.match(/\tHTTP\/2\tHTTP\/1\.1\tweb-\d\t\d+, request \d+$/);
      expect(new Set(rows.map((row) => /web-\d/.exec(row)?.[0]))).to.have.property("size", 2);
      const status = "Request 3: HTTP/2 to the first hop, HTTP/1.1 to nginx.";
      expect(await page.getByRole("status").first().innerText()).to.equal(status);
    });

    it("says so when nobody answers", async () => {
      const page = await open(of("h1"));
      await page.route("**/.well-known/hopwise*", (route) => route.fulfill({ status: 502 }));
      await page.getByRole("button", { name: "Ask again" }).click();
      await page.getByText("Request 1 got no answer from nginx: status 502.").waitFor();
    });

    it("copies the JSON", async () => {
      const page = await open(of("h1"), { permissions: ["clipboard-read", "clipboard-write"] });
      await page.getByRole("button", { name: "Copy JSON" }).click();
      await page.getByText("Copied.", { exact: true }).waitFor();
      const copied = JSON.parse(await page.evaluate("navigator.clipboard.readText()")) as object;
      expect(copied).to.include({ version: 1, variant: "h1-via-cloudfront", path: "cloudfront" });
      expect(copied).to.deep.equal(JSON.parse(await page.locator("#seen").innerText()));
    });
  });

  describe("h2-direct", () => {
    it("shows HTTP/2 from the browser to nginx", async () => {
      const page = await open(of("h2"));
      expect(await pathOf(page)).to.deep.equal([
        ...["Your browser", "HTTP/2", "Load balancer", "HTTP/2", "nginx"],
      ]);
      const first = await factsOf(page, "Your browser to the load balancer");
      expect(first["Your browser says"]).to.equal("HTTP/2 as “h2”");
      expect(first["It follows that"]).to.match(/^HTTP\/2 as a load balancer may turn/);
      expect(await page.locator(".lead").innerText()).to.contain("h2-direct");
    });
  });

  describe("without JavaScript", () => {
    it("has all that the server knows, and no button that does nothing", async () => {
      const page = await open(of("h1"), { javaScriptEnabled: false });
      expect(await pathOf(page)).to.include.members(["HTTP/2", "HTTP/1.1", "CloudFront"]);
      const first = await factsOf(page, "Your browser to CloudFront");
      expect(first["Your browser says"]).to.equal("only a script can ask it");
      expect(await page.getByRole("button").count()).to.equal(0);
      expect(JSON.parse(await page.locator("#seen").innerText())).to.include({ version: 1 });
      expect(await page.getByText("This needs JavaScript.").isVisible()).to.equal(true);
    });
  });

  describe("whatever headers hold", () => {
    const evil = `<img src=x onerror="window.hit=1"><script>window.hit=2</script>`;

    it("runs nothing of what forwarding headers and User-Agent say", async () => {
      const page = await open(of("h1"), {
        userAgent: evil,
        extraHTTPHeaders: { "x-forwarded-for": evil, "cloudfront-viewer-tls": evil },
      });
      await page.getByRole("button", { name: "Ask again" }).click();
      await page.getByRole("rowheader", { name: "1", exact: true }).waitFor();
      expect(await page.evaluate("window.hit")).to.equal(undefined);
      expect(await page.locator("img").count()).to.equal(0);
      expect(await page.locator(".headers").innerText()).to.contain(evil);
    });

    it("runs nothing of a Host header, even where no policy forbids it", async () => {
      // A browser writes no such header, so that the page comes from nginx by another client.
      const { url } = await start("nginx");
      const host = "<script>window.hit=3";
      const { status, body } = await get(url, { headers: { host, "user-agent": evil } });
      expect(status).to.equal(200);
      const context = await of("h1").browser.newContext();
      const page = await context.newPage();
      await page.route("**/", (route) => route.fulfill({ contentType: "text/html", body }));
      await page.goto(of("h1").url);
      expect(await page.locator("body").innerText())
        .to.contain(host)
        .and.contain(evil);
      expect(await page.evaluate("window.hit")).to.equal(undefined);
      expect(await page.locator("script, img").count()).to.equal(1);
    });

    it("shows no secret header, no matter who sends it", async () => {
      const page = await open(of("h1"), { extraHTTPHeaders: { authorization: "Bearer hunter2" } });
      expect(await page.content()).to.not.match(/s3cr3tOfTheEdge42|hunter2/);
    });
  });

  describe("for everybody", () => {
    for (const name of ["h1", "h2"] as const)
      for (const [device, viewport] of Object.entries({ phone, desktop }))
        for (const colorScheme of ["light", "dark"] as const)
          it(`${name} has no flaw that axe finds on a ${device}, ${colorScheme}, and fits`, async () => {
            const page = await open(of(name), { viewport, colorScheme });
            const noise: string[] = [];
            page.on("console", (message) => noise.push(message.text()));
            await page.getByRole("button", { name: "Ask again" }).click();
            await page.getByRole("rowheader", { name: "1", exact: true }).waitFor();
            for (const question of await page.locator("summary").all()) await question.click();
            await page.evaluate(axe);
            const { violations } = await page.evaluate<{ violations: { id: string }[] }>(
              "axe.run()",
            );
            expect(violations.map(({ id }) => id)).to.deep.equal([]);
            const width = await page.evaluate("document.documentElement.scrollWidth");
            expect(width).to.be.at.most(viewport.width);
            expect(noise).to.deep.equal([]);
            await picture(page, `${name}-${device}-${colorScheme}`);
          });

    it("is read in order with the keyboard alone", async () => {
      const page = await open(of("h1"));
      const reached: string[] = [];
      for (let i = 0; i < 10; i += 1) {
        await page.keyboard.press("Tab");
        const focused = "(document.activeElement.textContent || '').trim().slice(0, 16)";
        reached.push(await page.evaluate(focused));
      }
      const stops = [
        "Skip to the hops",
        "status 464",
        "Ask again",
        "What is status 4",
        "Copy JSON",
      ];
      expect(reached.filter((text) => stops.includes(text))).to.deep.equal(stops);
      await page.getByRole("link", { name: "status 464" }).click();
      const answer = page.getByText("A load balancer answers 464 if");
      expect(await answer.isVisible()).to.equal(true);
    });

    it("holds still for who asks for it", async () => {
      const behaviour = "getComputedStyle(document.documentElement).scrollBehavior";
      const still = await open(of("h1"), { reducedMotion: "reduce" });
      expect(await still.evaluate(behaviour)).to.equal("auto");
      const moving = await open(of("h1"), { reducedMotion: "no-preference" });
      expect(await moving.evaluate(behaviour)).to.equal("smooth");
    });

    it("asks nobody else for anything", async () => {
      const context = await of("h1").browser.newContext();
      const page = await context.newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(of("h1").url);
      const own = ["", "inspector.css", "inspector.js"].map((path) => of("h1").url + path);
      expect(asked.filter((url) => !url.startsWith("data:"))).to.have.members(own);
    });
  });
});
