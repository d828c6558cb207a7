import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { explainListenError } from "../../../local/serve/front";

const refused = (code: string, address = "127.0.2.1", port = 8443) =>
  Object.assign(new Error(code), { code, address, port });

describe("an address that the operating system refuses", () => {
  it("is taken, by the port that was asked for or another one", () => {
    expect(explainListenError(refused("EADDRINUSE"), 8443)).to.match(/--port/);
    expect(explainListenError(refused("EADDRINUSE"), 8444)).to.match(/the listener or container/);
  });

  it("is missing on macOS: one command adds all that are used", () => {
    const message = explainListenError(refused("EADDRNOTAVAIL"), 8443, "darwin") ?? "";
    const command = message.slice(message.indexOf("for net"));
    const added = execFileSync("sh", ["-c", command.replace("sudo ifconfig lo0 alias", "echo")], {
      encoding: "utf8",
    }).split("\n");
    expect(added).to.include.members(["127.0.1.1", "127.0.2.1", "127.0.3.50", "127.0.5.50"]);
  });

  it("is missing elsewhere", () => {
    const message = explainListenError(refused("EADDRNOTAVAIL"), 8443, "linux");
    expect(message).to.match(/^127\.0\.2\.1 is not an address of this machine\. .*127\.0\.0\.0\/8/);
  });

  it("is not to blame for other errors", () => {
    expect(explainListenError(refused("ECONNRESET"), 8443)).to.equal(undefined);
  });
});
