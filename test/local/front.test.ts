/**
 * What viewers get before a service: maintenance page, countries, allow list, password, redirects and
 * error pages, as predicted and as served.
 */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { H1ViaCloudfront, H2Direct } from "../../components";
import { answerIn } from "../../testing/answer";
import type { RequestOptions } from "../../testing";
import { domain, placement, record, service } from "../unit/components/record";
import { viewOfResources } from "../unit/testing/views";
import { type Call, call, endServing, serving, type Serving } from "./serving";

const user = "staging";
const value = "a-long-password-of-the-viewers";
const authorization = `Basic ${Buffer.from(`${user}:${value}`).toString("base64")}`;

/** The same request, for the prediction and for a client. */
interface Row {
  readonly title: string;
  readonly status: number;
  /** @default / of the one name */
  readonly url?: string;
  readonly predicted?: RequestOptions;
  readonly sent?: Omit<Call, "url">;
  readonly body?: RegExp;
  readonly location?: string;
}

const named = { ...domain, aliases: ["www.example.com"], canonical: true };
const withPassword = { predicted: { password: true }, sent: { headers: { authorization } } };
const elsewhere = (address: string) => ({
  predicted: { from: { address } },
  sent: { from: address.replace("198.51.100", "127.0.0") },
});

const cases: Record<string, [make: (folder: string) => unknown, rows: readonly Row[]]> = {
  "everything at CloudFront": [
    (folder) =>
      new H1ViaCloudfront("web", {
        ...{ placement, service, domain: named },
        viewers: {
          allowedCidrs: ["198.51.100.0/29"],
          countries: { deny: ["FR"] },
          password: { user, value },
          redirects: { "/old": "/new" },
          errorPages: { folder, pages: { "403": "403.html", "404": "404.html" } },
        },
      }),
    [
      { title: "without the password", status: 401, body: /Unauthorized/ },
      { title: "with the password", status: 200, ...withPassword },
      {
        title: "from a refused country, with the error page",
        status: 403,
        ...{ predicted: { country: "FR" }, body: /not for you/ },
        sent: { headers: { "X-Hopwise-Viewer-Country": "fr" } },
      },
      {
        title: "from another country",
        status: 200,
        predicted: { country: "DE", password: true },
        sent: { headers: { authorization, "x-hopwise-viewer-country": "DE" } },
      },
      { title: "from outside the allow list", status: 403, ...elsewhere("198.51.100.9") },
      {
        title: "by another name",
        status: 301,
        ...{ url: "https://www.example.com/a?b=1", location: "https://app.example.com/a?b=1" },
        sent: { name: "www.example.com" },
      },
      {
        title: "by another name, with a body",
        status: 308,
        url: "https://www.example.com/a",
        predicted: { method: "POST" },
        sent: { name: "www.example.com", method: "POST", body: "x" },
      },
      {
        title: "an old path",
        ...{ status: 301, url: "https://app.example.com/old", location: "/new" },
        ...withPassword,
      },
    ],
  ],
  "one country only": [
    () =>
      new H1ViaCloudfront("web", {
        ...{ placement, service, domain },
        viewers: { countries: { allow: ["DE"] } },
      }),
    [
      { title: "a viewer whose country is not known", status: 200 },
      {
        title: "a viewer from there",
        ...{ status: 200, predicted: { country: "DE" } },
        sent: { headers: { "x-hopwise-viewer-country": "DE" } },
      },
      {
        title: "a viewer from elsewhere",
        ...{ status: 403, predicted: { country: "AT" } },
        sent: { headers: { "x-hopwise-viewer-country": "AT" } },
      },
    ],
  ],
  "maintenance at CloudFront": [
    () =>
      new H1ViaCloudfront("web", {
        ...{ placement, service, domain },
        viewers: { maintenance: { text: "Back at noon", allowedCidrs: ["198.51.100.9/32"] } },
      }),
    [
      { title: "a viewer", status: 503, body: /^Back at noon$/ },
      { title: "one who may pass", status: 200, ...elsewhere("198.51.100.9") },
    ],
  ],
  "maintenance and one name at the load balancer": [
    () =>
      new H2Direct("web", {
        ...{ placement, service, domain: named },
        viewers: { maintenance: { text: "Back at noon", allowedCidrs: ["198.51.100.9/32"] } },
      }),
    [
      { title: "a viewer", status: 503, body: /^Back at noon$/ },
      { title: "one who may pass", status: 200, ...elsewhere("198.51.100.9") },
    ],
  ],
  "one name at the load balancer": [
    () => new H2Direct("web", { placement, service, domain: named }),
    [
      { title: "the one name", status: 200 },
      {
        title: "another name",
        status: 301,
        ...{ url: "https://www.example.com/a?b=1", location: "https://app.example.com/a?b=1" },
        sent: { name: "www.example.com" },
      },
    ],
  ],
};

for (const [title, [make, rows]] of Object.entries(cases))
  describe(`what viewers get first: ${title}`, () => {
    let folder: string;
    let served: Serving;
    let resources: Parameters<typeof viewOfResources>[0];

    before(async () => {
      folder = fs.mkdtempSync(path.join(tmpdir(), "hopwise-front-"));
      fs.writeFileSync(path.join(folder, "403.html"), "<h1>not for you</h1>");
      fs.writeFileSync(path.join(folder, "404.html"), "<h1>not here</h1>");
      const made = await record(() => make(folder));
      resources = made.resources;
      served = await serving(made.resources, "embedded", { projectDir: process.cwd() });
    });

    after(async () => {
      await endServing();
      fs.rmSync(folder, { recursive: true });
    });

    for (const { title: one, status, url, predicted, sent, body, location } of rows)
      it(`${one}: ${status}`, async () => {
        const called = new URL(url ?? "https://app.example.com/");
        expect(answerIn(viewOfResources(resources), called.href, predicted).status).to.equal(
          status,
        );
        const { pathname, search, hostname } = called;
        const at = new URL(pathname + search, served.front.url).href;
        const got = await call(served, { url: at, name: hostname, ...sent });
        expect(got.status, JSON.stringify(got)).to.equal(status);
        if (body !== undefined) expect(got.body).to.match(body);
        // A load balancer writes its port into the address; here it is another one than on AWS.
        const to = String(got.headers.location).replace(/:\d+\//, "/");
        if (location !== undefined) expect(to).to.equal(location);
      });
  });
