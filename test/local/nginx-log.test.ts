import { expect } from "chai";
import { eventually } from "../eventually";
import { describeWith } from "../parts";
import { get, start, stopAll, type Running } from "./nginx-support";

/** Longer than any test: nothing is written because of its age. */
const never = { HOPWISE_LOG_SECONDS: "99", HOPWISE_WORKERS: "2" };

interface Line {
  readonly uri: string;
  readonly request_id: string;
}

/** The access log so far. Fails if two lines are mixed up. */
function lines({ log }: Running): Line[] {
  return log.filter((line) => !line.includes(" [")).map((line) => JSON.parse(line) as Line);
}

describeWith("nginx", "nginx's access log", () => {
  afterEach(stopAll);

  it("has a request's line after HOPWISE_LOG_SECONDS, without another request", async () => {
    const origin = await start("nginx", { HOPWISE_LOG_SECONDS: "1" });
    await get(`${origin.url}/once`);
    await eventually("it is logged", () => lines(origin).some(({ uri }) => uri === "/once"));
  });

  it("has every line while many wait, and at a graceful end the rest", async () => {
    const origin = await start("nginx", never);
    const uris = Array.from({ length: 100 }, (_, number) => `/${number}`);
    await Promise.all(uris.map((uri) => get(origin.url + uri)));
    await eventually("full buffers are written", () => origin.log.length > 0);
    // More than a buffer takes.
    const long = `/long?${"x".repeat(6000)}`;
    await get(origin.url + long);
    await origin.quit();
    await eventually("all are logged", () => lines(origin).length >= uris.length + 1);
    expect(lines(origin).map(({ uri }) => uri)).to.have.members([...uris, long]);
  });

  it("has every line when nginx is asked to end at once", async () => {
    const origin = await start("nginx", never);
    await get(`${origin.url}/last`);
    await origin.kill();
    await eventually("it is logged", () => lines(origin).some(({ uri }) => uri === "/last"));
  });

  it("has the id of a request whose answer shows it", async () => {
    const origin = await start("nginx");
    const { requestId } = JSON.parse((await get(`${origin.url}/.well-known/hopwise`)).body) as {
      readonly requestId: string;
    };
    await get(`${origin.url}/inspector.css`);
    await eventually("both are logged", () => lines(origin).length === 2);
    expect(lines(origin).map(({ request_id }) => request_id)).to.deep.equal([requestId, ""]);
  });
});
