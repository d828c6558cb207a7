import { expect } from "chai";
import { mapsOf, Variables, type Builtin } from "../../../local/nginx/embeddedMaps";
import { fillPage } from "../../../local/nginx/embeddedPage";

function variables(configuration: string, builtins: Record<string, string> = {}): Variables {
  const maps = new Map(mapsOf(configuration).map((map) => [map.name, map]));
  const builtin: Builtin = (name) => builtins[name];
  return new Variables(maps, builtin);
}

describe("nginx's maps, evaluated by the embedded server", () => {
  const configuration = `
    # map $ignored $comment { default 1; }
    map $http_a $quoted { default "a \\"b\\" \\\\ #;{}"; }
    map "$http_a|$http_b" $joined {
      default none;
      "One|Two" both;   # strings first, without regard to case
      "~^o(?<rest>.*)\\|" "rest $rest";
      "~*^O" late;
    }
    map $joined $next { default "<$joined>"; "" empty; }
    map "" $constant { default '{"a":$next}'; }
    map $http_a $nothing { x y; }
    server { listen 80; }
  `;

  for (const [a, b, joined] of [
    ["ONE", "two", "both"],
    ["one", "three", "rest ne"],
    ["Other", "", "late"],
    ["x", "", "none"],
    ["", "", "none"],
  ] as const) {
    it(`finds ${joined} for ${a}|${b}`, () => {
      const found = variables(configuration, { http_a: a, http_b: b });
      expect(found.get("joined")).to.equal(joined);
      expect(found.get("constant")).to.equal(`{"a":<${joined}>}`);
    });
  }

  it("reads quotes, escapes and comments as nginx does", () => {
    expect(variables(configuration).get("quoted")).to.equal('a "b" \\ #;{}');
    expect(variables(configuration).get("comment")).to.equal("");
  });

  it("makes nothing of what no map and no request has", () => {
    expect(variables(configuration).get("nothing")).to.equal("");
    expect(variables(configuration).fill("[$unheard_of]")).to.equal("[]");
  });

  it("takes what becomes known later", () => {
    const found = variables(configuration);
    found.set("joined", "later");
    expect(found.get("next")).to.equal("<later>");
  });
});

describe("the page's server-side includes, in the embedded server", () => {
  const filled = (page: string, values: Record<string, string>): string =>
    fillPage(page, variables("", values));

  it("echoes values as text, and the default for none", () => {
    const page = '<b><!--# echo var="a" default="?" --></b>';
    expect(filled(page, { a: `<img src="x" onerror='y'>&` })).to.equal(
      "<b>&lt;img src=&quot;x&quot; onerror='y'&gt;&amp;</b>",
    );
    expect(filled(page, {})).to.equal("<b>?</b>");
    expect(filled(page, { a: "" })).to.equal("<b></b>");
  });

  it("does not read a value for commands", () => {
    const page = '<!--# echo var="a" default="" -->';
    expect(filled(page, { a: '<!--# echo var="b" default="" -->', b: "secret" })).to.not.contain(
      "secret",
    );
  });

  for (const [expression, a, shown] of [
    ["$a", "1", "yes"],
    ["$a", "", "no"],
    ["$a = one", "one", "yes"],
    ["$a = one", "two", "no"],
    ["$a != one", "two", "yes"],
  ] as const) {
    it(`shows ${shown} for ${expression} where a is "${a}"`, () => {
      const page = `[<!--# if expr="${expression}" -->yes<!--# else -->no<!--# endif -->]`;
      expect(filled(page, { a })).to.equal(`[${shown}]`);
    });
  }

  it("refuses what it does not understand", () => {
    expect(() => filled('<!--# include virtual="/x" -->', {})).to.throw("include");
    expect(() => filled('<!--# if expr="$a ~ x" -->', {})).to.throw("$a ~ x");
  });
});
