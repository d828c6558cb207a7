/** The connection log: the only record of a client that failed mutual TLS. */
import { expect } from "chai";
import { causeByCode } from "../../../logs/causes";
import { connectionCauses } from "../../../logs/causes/connection";
import { line, reasons } from "./connectionLines";
import { countsOf, read, reportText } from "./reading";

describe("connections that failed", () => {
  for (const [reason, code] of reasons)
    it(`${reason}: ${code}`, async () => {
      const { report } = await read(line(`Failed:${reason}`));
      expect(countsOf(report.connections?.causes)).to.deep.equal({ [code]: 1 });
      expect(report.connections?.causes[0]?.reasons.top[0]?.name).to.equal(
        `${reason}, CN=till-7,O=Example, NotBefore=2025-11-19T00:00:00Z;NotAfter=2026-11-19T00:00:00Z`,
      );
    });

  it("are those of every cause", () => {
    expect(new Set(reasons.map(([, code]) => code))).to.deep.equal(
      new Set(connectionCauses.map(({ code }) => code)),
    );
    for (const { code } of connectionCauses) expect(causeByCode(code).code).to.equal(code);
  });

  it("are counted among those that did not, with and without TLS", async () => {
    const log = [
      line("Success", " x25519 app/web/50dc6c495c0c9188 10.0.1.25"),
      "2026-11-20T10:16:30.123456Z 198.51.100.7 41235 80 - - - - - - - TID_1c71a68e - app/web/50dc6c495c0c9188 10.0.1.25",
      line("Failed:ClientCertExpired", " - app/web/50dc6c495c0c9188 10.0.1.25 new"),
      "2026-11-20T10:17:30.123456Z 2001:db8::7 41236 443 - - - - - - Failed:UnmappedConnectionError TID_1c71a68f",
    ];
    const { report } = await read(log.join("\n"));
    expect(report.connections).to.include({ requests: 4, errors: 2, notes: 0 });
    expect(report.connections?.causes[0]).to.deep.include({
      clients: { top: [{ name: "TLSv1.2, elsewhere", count: 1 }], others: 0 },
      loadBalancers: { top: [{ name: "app/web/50dc6c495c0c9188", count: 1 }], others: 0 },
      statuses: { top: [], others: 0 },
    });
    expect(report.connections?.timeline?.requests).to.deep.equal([2, 1, 1]);
    expect(report.loadBalancer).to.equal(undefined);
  });

  it("read as connections, not as requests", async () => {
    const { report } = await read([line("Success"), line("Failed:ClientCertCrlHit")].join("\n"));
    const text = reportText(report);
    expect(text)
      .to.contain("1 of 2 connections (50.0 %) to the load balancer failed.")
      .and.match(/TLS +1 +50\.0 % +the client's certificate is revoked/)
      .and.contain("1 connection, 50.0 % of all");
    expect(text).not.to.contain("request");
    const fine = reportText((await read(line("Success"))).report);
    expect(fine).to.contain("1 connection to the load balancer, and none that failed.");
  });

  it("outside of the wanted time are left out", async () => {
    const { report } = await read(line("Failed:ClientCertExpired"), { since: 2_000_000_000 });
    expect(report.connections).to.equal(undefined);
    expect(report.read.kinds).to.include({ outside: 1, connections: 0 });
  });
});
