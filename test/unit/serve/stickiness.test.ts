import { expect } from "chai";
import type { Header } from "../../../local/serve/http/headers";
import {
  cookieNames,
  seal,
  stickyCookies,
  stuckTo,
  targetCookies,
  unseal,
} from "../../../local/serve/loadBalancer/stickiness";

const now = Date.parse("2026-11-20T10:00:00Z");
const pairOf = ([, cookie]: Header): string => cookie.split(";")[0] ?? "";

describe("cookies that keep a client where it was sent", () => {
  it("hide what they say, and show nobody what they hide", () => {
    const sealed = seal("10.0.2.3:8080", now + 1000);
    expect(sealed).not.to.include(Buffer.from("10.0.2.3").toString("base64url").slice(0, 8));
    expect(unseal(sealed, now)).to.equal("10.0.2.3:8080");
    expect(seal("10.0.2.3:8080", now + 1000)).not.to.equal(sealed);
  });

  it("are worth nothing after their time, when changed, and when made by somebody else", () => {
    const sealed = seal("a", now + 1000);
    const changed = (sealed.startsWith("A") ? "B" : "A") + sealed.slice(1);
    expect(unseal(sealed, now + 1000)).to.equal(undefined);
    expect(unseal(changed, now)).to.equal(undefined);
    expect(unseal(sealed.slice(0, 30), now)).to.equal(undefined);
    expect(unseal("hello", now)).to.equal(undefined);
  });

  it("come in pairs, the second one for pages of other sites", () => {
    const [own, cors] = stickyCookies("AWSALB", "a", 60, now).map(([, cookie]) => cookie);
    expect(own).to.match(/^AWSALB=[\w-]+; Expires=Fri, 20 Nov 2026 10:01:00 GMT; Path=\/$/);
    expect(cors).to.match(/^AWSALBCORS=[\w-]+; .*; Path=\/; SameSite=None; Secure$/);
  });

  it("are found among others, under either name", () => {
    const [own, cors] = stickyCookies("AWSALB", "a", 60, now).map(pairOf);
    expect(stuckTo([["Cookie", `x=1; ${own ?? ""}`]], "AWSALB", now)).to.equal("a");
    expect(stuckTo([["Cookie", `${cors ?? ""}; x=1`]], "AWSALB", now)).to.equal("a");
    expect(stuckTo([["Cookie", "AWSALB=forged"]], "AWSALB", now)).to.equal(undefined);
    expect(stuckTo([], "AWSALB", now)).to.equal(undefined);
  });

  it("follow an application's cookie, once that is set, and have no pair then", () => {
    const app = { type: "app_cookie", seconds: 60, cookieName: "session" } as const;
    const set: Header[] = [["Set-Cookie", "session=1; Path=/"]];
    const [cookie, ...more] = targetCookies(app, "a", set, now);
    expect(more).to.deep.equal([]);
    expect(cookie && stuckTo([["cookie", pairOf(cookie)]], cookieNames.application, now)).to.equal(
      "a",
    );
    expect(targetCookies(app, "a", [["set-cookie", "sessions=1"]], now)).to.deep.equal([]);
    expect(targetCookies(undefined, "a", set, now)).to.deep.equal([]);
  });
});
