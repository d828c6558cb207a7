import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const subnet = (name: string, cidrBlock: unknown) =>
  resource("aws:ec2/subnet:Subnet", name, { cidrBlock }, { id: `subnet-0${name.repeat(16)}` });
const subnets = ["a", "b"].map((name) => `subnet-0${name.repeat(16)}`);
const running = (web: object, cidr: unknown = "10.0.9.0/27") =>
  plus(
    sound({ web: { networkConfiguration: { subnets, securityGroups: [] }, ...web } }),
    subnet("a", "10.0.8.0/28"),
    subnet("b", cidr),
  );

export const cases: Case = {
  broken: {
    // 16 and 32 addresses, of which AWS keeps five each.
    "39 tasks": [running({ desiredCount: 39 }), "web", /39 tasks.* 38 at most/],
  },
  fine: {
    "38 tasks": running({ desiredCount: 38 }),
    "a subnet that is not the program's": running({
      desiredCount: 1000,
      networkConfiguration: { subnets: [...subnets, "subnet-0cccccccccccccccc"] },
    }),
    "a task on each instance": running({ desiredCount: 39, schedulingStrategy: "DAEMON" }),
    "no network of its own": sound({ web: { desiredCount: 1000 } }),
  },
  fix: "38 tasks",
  unknown: {
    "how many": running({ desiredCount: unknown }),
    "the range of a subnet": running({ desiredCount: 39 }, unknown),
    "the subnets": running({ desiredCount: 39, networkConfiguration: { subnets: unknown } }),
  },
};
