import { plus, sound, type Case, unknown } from "../caseParts";
import type { Props } from "../../../../topology/resource";
import { resource } from "../program";

const bucket = (made: Props, type = "aws:s3/bucket:Bucket") => resource(type, "logs", {}, made);
const on = (name: unknown) => ({ enabled: true, bucket: name });
const named = { id: "logs-1a2b3c4", bucket: "logs-1a2b3c4" };

export const cases: Case = {
  broken: {
    "its logical name": [plus(sound({}), bucket(named)), "alb", /access logs to the bucket "logs"/],
    "of an older kind of bucket": [
      plus(sound({}), bucket(named, "aws:s3/bucketV2:BucketV2")),
      "alb",
      /access logs/,
    ],
    "in another log": [
      plus(
        sound({ alb: { accessLogs: on("logs-1a2b3c4"), connectionLogs: on("logs") } }),
        bucket(named),
      ),
      "alb",
      /connection logs/,
    ],
  },
  fine: {
    "its name": plus(sound({ alb: { accessLogs: on("logs-1a2b3c4") } }), bucket(named)),
    "a fixed name": plus(
      sound({}),
      resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" }, { id: "logs" }),
    ),
    "a bucket of another program": sound({}),
    "a log that is off": plus(
      sound({ alb: { accessLogs: { enabled: false, bucket: "logs" } } }),
      bucket(named),
    ),
  },
  fix: "its name",
  unknown: {
    "the load balancer's bucket": sound({ alb: { accessLogs: on(unknown) } }),
    "what the bucket is called": plus(sound({}), bucket({ ...named, bucket: unknown })),
  },
};
