/** The secret header's rotation, each step as the program would be on its own `pulumi up`. */
import { expect } from "chai";
import { H1ViaCloudfront, type OriginSecretArgs } from "../../../components";
import { planPath } from "../../../components/variants/pathPlan";
import type { Props } from "../../../local/model/types";
import { placement, plainPlaces, recorded, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };

async function step(secret: OriginSecretArgs | undefined) {
  const made = await recorded(H1ViaCloudfront, { placement, service, domain, origin: { secret } });
  const [origin] = made.one("Distribution").inputs.origins as Props[];
  const [header] = origin?.customHeaders as { value: string }[];
  const [condition] = made.one("ListenerRule").inputs.conditions as Props[];
  const { values } = condition?.httpHeader as { values: string[] };
  return { made, sent: header?.value, accepted: values };
}

describe("rotation of the secret header", () => {
  it("sends one value that is accepted, at every step, and ends without the old one", async () => {
    const start = await step(undefined);
    const both = await step({ send: 1, accept: [1, 2] });
    const moved = await step({ send: 2, accept: [1, 2] });
    const end = await step({ send: 2, accept: [2] });

    expect(start.accepted).to.deep.equal([start.sent]);
    expect(both.sent, "CloudFront goes on with the old value").to.equal(start.sent);
    expect(both.accepted).to.include(start.sent).and.to.have.lengthOf(2);
    expect(moved.accepted).to.deep.equal(both.accepted);
    expect(moved.sent).not.to.equal(start.sent);
    expect(both.accepted, "what is sent next is accepted already").to.include(moved.sent);
    expect(end.sent).to.equal(moved.sent);
    expect(end.accepted).to.deep.equal([moved.sent]);
  });

  it("keeps every value a secret", async () => {
    const { made, accepted } = await step({ send: 1, accept: [1, 2] });
    expect(accepted).to.have.lengthOf(2);
    for (const value of accepted) expect(plainPlaces(made, value)).to.deep.equal([]);
  });

  it("forgets a version that is no longer listed, so that it never comes back", async () => {
    const names = (await step({ send: 2, accept: [2] })).made
      .all("RandomPassword")
      .map((password) => password.name);
    expect(names).to.deep.equal(["web-origin-secret-2"]);
  });

  const refused: { secret: OriginSecretArgs; says: string }[] = [
    { secret: { send: 2 }, says: "Add 2 to origin.secret.accept first" },
    { secret: { accept: [] }, says: "list one to three" },
    { secret: { accept: [1, 2, 3, 4] }, says: "lists 4 versions" },
  ];
  for (const { secret, says } of refused) {
    it(`refuses ${JSON.stringify(secret)}`, () => {
      expect(() => planPath("h1-via-cloudfront", "web", { domain, origin: { secret } })).to.throw(
        says,
      );
    });
  }
});
