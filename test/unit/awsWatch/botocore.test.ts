import { expect } from "chai";
import { botocoreEntries } from "../../awsWatch/botocore";
import { listed, textOfHtml } from "../../awsWatch/documentation";
import { digestOf } from "../../awsWatch/entries";
import { before } from "./models";

describe("what is watched of a model of botocore", () => {
  const entries = botocoreEntries("cdn", before, ["createdistribution"]);
  const forms = (shape: string) =>
    Object.fromEntries([...(entries.get(shape) ?? [])].map(([name, { form }]) => [name, form]));

  it("is what the operations reach, and nothing else", () => {
    expect([...entries.keys()]).to.have.members([
      "cdn CreateDistribution",
      "cdn Config",
      "cdn Origin",
    ]);
  });

  it("has types, values, bounds and what is required", () => {
    expect(forms("cdn Origin")).to.deep.equal({
      "": "structure",
      Id: "required string 1..32 /[a-z]+/",
      Protocols: "list of string {http1.1}",
      Within: "list 1.. of Origin",
    });
    expect(forms("cdn Config")).to.deep.equal({
      "": "structure",
      Origins: "required list 1.. of Origin",
      Tags: "map of string to string deprecated",
      Key: "string",
      "Key `idle.seconds`": "listed",
      "Key `old.enabled`": "listed",
    });
  });

  it("has the errors of an operation", () => {
    const errors = entries.get("cdn CreateDistribution");
    expect(errors?.get("InvalidOrigin")).to.deep.equal({
      form: "error",
      words: "The origin is <wrong>.",
    });
  });

  it("has the words of a member, of its type and of what it lists", () => {
    const words = (shape: string, member: string) => entries.get(shape)?.get(member)?.words;
    expect(words("cdn Origin", "Protocols")).to.equal("A protocol.");
    expect(words("cdn Origin", "Id")).to.equal("Its `Id`.");
    expect(words("cdn Config", "Key `idle.seconds`")).to.equal("From 1 to 4000.");
    expect(words("cdn Config", "Key")).to.equal("The following:");
  });

  it("needs every operation to be there", () => {
    expect(() => botocoreEntries("cdn", before, ["DeleteDistribution", "CreateThing"])).to.throw(
      "cdn has no operation CreateThing.",
    );
  });

  it("is a line for each member in the digest, with a hash where there are words", () => {
    const { Id, Protocols, Within } = digestOf(entries)["cdn Origin"] ?? {};
    expect(Id).to.match(/^required string 1\.\.32 \/\[a-z\]\+\/ #[0-9a-f]{6}$/);
    expect(Protocols).to.match(/^list of string \{http1\.1\} #[0-9a-f]{6}$/);
    expect(Within).to.equal("list 1.. of Origin");
  });
});

describe("documentation as text", () => {
  const cases: Readonly<Record<string, string>> = {
    "<p>One  two</p> <p> <b>three</b>.</p>": "One two\nthree.",
    "No tags &amp; no lines": "No tags & no lines",
    "<p>Any of:</p> <ul> <li> <p> <code>a</code> - First.</p> <p>More.</p> </li> <li>b</li> </ul> <p>End.</p>":
      "Any of:\n- `a` - First.\n  More.\n- b\nEnd.",
    "<ul> <li> <p>Out:</p> <ul> <li> <p>in</p> </li> </ul> </li> </ul>": "- Out:\n  - in",
    '<note> <p>See <a href="https://x.example/?a=1">this</a>.</p> </note>': "See this.",
    "<p></p>": "",
  };
  for (const [html, text] of Object.entries(cases))
    it(html, () => {
      expect(textOfHtml(html)).to.equal(text);
    });

  it("gives the words about each wanted value of a list", () => {
    const text = "All:\n- `a` - One.\n  More.\nSome:\n- `a` – Two.\n- `b`: Three.\n- other";
    const { rest, items } = listed(text, (value) => value !== "b");
    expect(Object.fromEntries(items)).to.deep.equal({ a: "One.\n  More.\nTwo." });
    expect(rest).to.equal("All:\nSome:\n- `b`: Three.\n- other");
  });
});
