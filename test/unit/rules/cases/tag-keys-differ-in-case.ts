import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const tagged = (tags: unknown) => sound({ execution: { tags } });

export const cases: Case = {
  broken: {
    "a role": [tagged({ Env: "a", team: "x", env: "b" }), "execution", /Env and env/],
    "a user": [
      plus(sound({}), resource("aws:iam/user:User", "ci", { tags: { Name: "a", NAME: "b" } })),
      "ci",
      /Name and NAME/,
    ],
  },
  fine: {
    "keys that differ in more": tagged({ Env: "a", Environment: "a" }),
    // For every other resource they are two keys.
    "a load balancer": sound({ alb: { tags: { Env: "a", env: "b" } } }),
    "no tags": tagged(undefined),
  },
  unknown: { "the tags": tagged(unknown) },
};
