/** The whole matrix, a process for each core: clients, hops and containers keep one busy each. */
import { fork } from "node:child_process";
import path from "node:path";
import type { Cell } from "./run";

const processes = 2;

/** Asks every request of every lane that AWS creates. @throws with what a process printed when it failed */
export async function runMatrix(): Promise<Cell[]> {
  const shares = Array.from({ length: processes }, (_, number) => runShare(number));
  return (await Promise.all(shares)).flat();
}

function runShare(number: number): Promise<Cell[]> {
  const share = fork(path.join(__dirname, "share.ts"), [String(number), String(processes)], {
    execArgv: ["-r", path.join(__dirname, "../../startup")],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  let printed = "";
  share.stderr?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    share.once("message", (cells) => {
      resolve(cells as Cell[]);
    });
    share.once("close", (code) => {
      reject(
        new Error(`share ${number} of the matrix ended with ${code ?? "a signal"}:\n${printed}`),
      );
    });
  });
}
