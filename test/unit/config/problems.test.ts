import { expect } from "chai";
import { RunError } from "@pulumi/pulumi/errors";
import { SettingsError } from "../../../config";
import { parseSettings } from "../../../config/load";
import { rows, sound, type Raw } from "./rows";
import { context, follow, problemsOf } from "./support";

describe("problems of the settings, one by one", () => {
  for (const { title, raw, key, expected, change } of rows) {
    it(title, () => {
      const problems = problemsOf(raw);
      expect(problems.map((problem) => problem.key)).to.deep.equal([`hopwise:${key}`]);
      expect(problems[0]?.expected).to.match(expected);
      expect(problems[0]?.change).to.match(change);
    });
  }
});

describe("settings without a problem", () => {
  for (const [title, raw] of sound) {
    it(title, () => {
      expect(problemsOf(raw)).to.deep.equal([]);
    });
  }
});

describe("the change that a problem offers", () => {
  let followed = 0;
  for (const { title, raw } of rows) {
    it(`fixes it: ${title}`, () => {
      for (const { key, expected, change } of problemsOf(raw)) {
        for (const one of change.split(", or ")) {
          const changed = follow(one, key, raw);
          if (changed === undefined) continue;
          followed += 1;
          const left = problemsOf(changed).filter((problem) => problem.key === key);
          const same = left.filter((problem) => problem.expected === expected);
          // What takes any text has no value to offer, and `<value>` is not one.
          if (!one.includes("<value>")) expect(same, one).to.deep.equal([]);
        }
      }
    });
  }
  it("can be followed for nearly every row", () => {
    expect(followed).to.be.greaterThan(rows.length - 10);
  });
});

describe("all problems at once", () => {
  const raw: Raw = {
    variant: "h2-drect",
    cpu: "3",
    deletionProtection: "yes",
    network: '{"cidr":"10.0.0.1/16","availabilityZones":9}',
    service: '{"cpu":300,"memroy":5,"app":{"port":70000}}',
    viewers: '{"allowedCidrs":["1.2.3.4"]}',
    origin: '{"timeouts":{"idle":5}}',
    tags: '{"aws:x":"1"}',
  };

  it("names every key, in one error", () => {
    expect(problemsOf(raw).map(({ key }) => key)).to.have.members([
      "hopwise:variant",
      "hopwise:cpu",
      "hopwise:deletionProtection",
      "hopwise:network.cidr",
      "hopwise:network.availabilityZones",
      "hopwise:service.cpu",
      "hopwise:service.memroy",
      "hopwise:service.app.image",
      "hopwise:service.app.port",
      "hopwise:viewers.allowedCidrs[0]",
      'hopwise:tags["aws:x"]',
    ]);
  });

  it("reports conflicts between keys together with wrong values", () => {
    const mixed = {
      variant: "h2-direct",
      service: { count: 0, port: 80 },
      origin: { access: "x" },
    };
    expect(problemsOf(mixed).map(({ key }) => key)).to.have.members([
      "hopwise:service.count",
      "hopwise:origin.access",
      "hopwise:origin.access",
      "hopwise:domain",
      "hopwise:service.port",
    ]);
  });

  it("draws nothing from a value that is wrong itself, or misspelt", () => {
    const bad = { variant: "h1-via-cloudfront", origin: { access: "vpc-origin" } };
    const keys = (service: Raw) => problemsOf({ ...bad, service }).map(({ key }) => key);
    expect(keys({ cpu: 300, memory: 4096 })).to.deep.equal(["hopwise:service.cpu"]);
    expect(keys({ cpu: 1024, memroy: 4096 })).to.deep.equal(["hopwise:service.memroy"]);
  });

  it("reads as one message", () => {
    const message = (stack?: string) => {
      try {
        parseSettings({ variant: "h2-direct", service: { port: 80 } }, { ...context, stack });
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(message("prod")).to.equal(
      `2 problems in the settings of stack prod; nothing was created.

  hopwise:domain
    found     nothing
    expected  a domain: h2-direct has an HTTPS listener, and its certificate needs a name (give an existing certificate in domain.loadBalancerCertificateArn)
    change    pulumi config set --stack prod --path hopwise:domain.name app.example.com

  hopwise:service.port
    found     80
    expected  1024 or higher: nginx runs without privileges in the image built here
    change    pulumi config set --stack prod --path hopwise:service.port 8080
`,
    );
    expect(message()).to.contain("in the settings; nothing was created");
  });

  it("is an error that the Pulumi CLI prints without a stack trace", () => {
    const error = new SettingsError([]);
    expect(RunError.isInstance(error)).to.equal(true);
  });

  it("says which default is in force where nothing is set", () => {
    const found = problemsOf({ ...rows[0]?.raw, variant: "h2-direct" }).map((one) => one.found);
    expect(found).to.deep.equal(["nothing"]);
    const idle = { access: "vpc-origin", timeouts: { idle: 5 } };
    const [problem] = problemsOf({ variant: "h1-via-cloudfront", origin: idle });
    expect(problem?.found).to.equal("nothing, so the default: 5");
  });

  it("quotes what a shell would take apart", () => {
    const [problem] = problemsOf({ ...direct(), tags: { "it's": "x" } });
    expect(problem?.change).to.equal(
      `rename it in the stack file, or pulumi config rm --path 'hopwise:tags["it'\\''s"]'`,
    );
  });
});

function direct(): Raw {
  return { variant: "h2-direct", domain: { name: "h2.example.com" } };
}
