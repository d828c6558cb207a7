import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const vpc = (cidrBlock: unknown) =>
  plus(sound({}), resource("aws:ec2/vpc:Vpc", "vpc", { cidrBlock }));

export const cases: Case = {
  broken: { "the last sixteenth": [vpc("240.0.0.0/16"), "vpc", /240\.0\.0\.0\/16/] },
  fine: {
    "a private range": vpc("10.0.0.0/16"),
    "one of the internet": vpc("198.18.0.0/16"),
    "one that AWS refuses": vpc("127.0.0.0/16"),
    "a range of IPAM": vpc(undefined),
  },
  unknown: { "the range": vpc(unknown) },
};
