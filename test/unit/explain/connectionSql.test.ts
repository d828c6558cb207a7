/** The saved query of connection logs gives the answers of `hopwise explain`, on the same lines. */
import { expect } from "chai";
import { connectionColumns, connectionRegex } from "../../../logs/sql/connectionTable";
import { connectionQueries } from "../../../logs/sql/queries";
import { Engine } from "./engine";
import { albLine, notSent } from "./lines";
import { read } from "./reading";

describe("the queries of connection logs", () => {
  const reasons = [
    ...["ClientCertExpired", "ClientCertNotYetValid", "ClientCertUntrusted", "ClientCertCrlHit"],
    ...["ClientCertCrlProcessingError", "ClientCertMaxChainDepthExceeded", "ClientCertInvalid"],
    ...["ClientCertMaxSizeExceeded", "ClientCertTypeUnsupported", "ClientCertPurposeInvalid"],
    ...["ClientCertIncompatible", "ClientCertRejected", "UnmappedConnectionError", "SomethingNew"],
  ];
  const start = "2026-11-20T10:15:30.123456Z 198.51.100.7 41234 443 TLSv1.3 TLS_AES_128_GCM_SHA256";
  const log = [
    ...reasons.flatMap((reason) => [
      `${start} - "CN=a, O='b'" NotBefore=x;NotAfter=y FE Failed:${reason} TID_1`,
      `${start} - - - - Failed:${reason} TID_1 - app/web/50dc 10.0.1.25 new`,
    ]),
    `${start} 0.012 "CN=a" NotBefore=x;NotAfter=y FE Success TID_2 x25519 app/web/50dc 10.0.1.25`,
    "2026-11-20T10:15:30.123456Z 2001:db8::7 41234 80 - - - - - - - TID_3",
  ];

  it("agree with hopwise explain on causes, among the lines of other logs", async () => {
    const engine = await Engine.start();
    try {
      await engine.loadAlb(
        [...log, albLine(), albLine({ ...notSent, elb_status_code: "464" }), "not a log line"],
        "2026/11/20",
      );
      const { report } = await read(log.join("\n"));
      const sums = new Map<string, number>();
      for (const { cause, connections } of await engine.query(
        connectionQueries[0]?.sql ?? "",
        "2026-11-21",
      ))
        sums.set(String(cause), (sums.get(String(cause)) ?? 0) + Number(connections));
      const causes = report.connections?.causes ?? [];
      expect(Object.fromEntries(sums)).to.deep.equal(
        Object.fromEntries(causes.map(({ code, count }) => [code, count])),
      );
      expect(report.connections).to.include({ requests: log.length, errors: 2 * reasons.length });
    } finally {
      engine.stop();
    }
  });

  it("have a column for each group of their regular expression", () => {
    const groups = (new RegExp(`${connectionRegex}|`).exec("")?.length ?? 0) - 1;
    expect(connectionColumns.length).to.equal(groups);
  });
});
