import { iamTags, keysThatDifferInCase } from "../../path/tags";
import { isBag } from "../../topology/props";
import { token } from "../../topology/tokens";
import { type Fault, resourceRule } from "../rule";

export const tagKeysDifferInCase = resourceRule({
  code: "tag-keys-differ-in-case",
  severity: "error",
  holds: "Tag keys of IAM roles and users differ in more than case.",
  fix: "Rename one of the two keys, or leave it out.",
  source: iamTags,
  types: [token.role, token.user],
  check: ({ type, name, props }) => {
    const { tags } = props;
    if (!isBag(tags)) return undefined;
    const what = type === token.role ? "role" : "user";
    return keysThatDifferInCase(Object.keys(tags)).map((keys): Fault => ({
      message: `The ${what} ${name} has the tags ${keys.join(" and ")}: to IAM they are one key, so that it cannot have both.`,
      fix: `Rename one of the two in tags of the ${type === token.role ? "aws.iam.Role" : "aws.iam.User"} ${name}, or leave it out.`,
      settings: "Rename one of the two in tags, or leave it out.",
    }));
  },
});
