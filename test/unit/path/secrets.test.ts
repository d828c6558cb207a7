import { expect } from "chai";
import { secretParts, secretReference, storesOf } from "../../../path/secrets";

const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";
const parameter = "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/prod/url";

/** What is written, and where it leads; undefined if it leads nowhere. */
const rows: [text: string, expected: object | undefined][] = [
  [secret, { store: "secretsmanager", arn: secret, suffix: "" }],
  [`${secret}:password`, { store: "secretsmanager", arn: secret, suffix: ":password::" }],
  [`${secret}:password::`, { store: "secretsmanager", arn: secret, suffix: ":password::" }],
  [`${secret}::AWSPREVIOUS:`, { store: "secretsmanager", arn: secret, suffix: "::AWSPREVIOUS:" }],
  ["secretsmanager:prod/db", { store: "secretsmanager", name: "prod/db", suffix: "" }],
  ["secretsmanager:prod/db:user", { store: "secretsmanager", name: "prod/db", suffix: ":user::" }],
  [parameter, { store: "ssm", arn: parameter, suffix: "" }],
  ["ssm:/prod/url", { store: "ssm", name: "/prod/url", suffix: "" }],
  ["ssm:url", { store: "ssm", name: "url", suffix: "" }],
  // Which of the two stores is meant is not known.
  ["prod/db", undefined],
  ["/prod/url", undefined],
  ["arn:aws:s3:::bucket", undefined],
  [`${secret}:a:b:c:d`, undefined],
  ["ssm:has space", undefined],
  ["", undefined],
];

describe("references to secrets", () => {
  for (const [text, expected] of rows)
    it(text === "" ? "(empty)" : text, () => {
      expect(secretReference(text)).to.deep.equal(expected);
    });

  it("name their stores once", () => {
    expect(storesOf(["ssm:a", secret, "secretsmanager:b", "none"])).to.deep.equal([
      "ssm",
      "secretsmanager",
    ]);
  });

  it("are taken apart again as a task definition has them", () => {
    expect(secretParts(`${secret}:password::v1`)).to.deep.equal({
      arn: secret,
      key: "password",
      versionId: "v1",
    });
    expect(secretParts(secret)).to.deep.equal({
      arn: secret,
      key: undefined,
      versionId: undefined,
    });
  });
});
