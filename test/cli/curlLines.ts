/** The curl commands that a screen shows, as people paste them. */
import { execFile } from "node:child_process";
import { expect } from "chai";

/** The curl commands on the screen, each with the comment above it. */
export function tries(screen: string): { title: string; command: string }[] {
  const blocks = screen.matchAll(/^ {2}# (.+)\n((?: {2}.*\\\n)* {2}.+)$/gm);
  return [...blocks].map(([, title = "", command = ""]) => ({ title, command }));
}

/** What a pasted command got: the first line of its answer, or nothing. */
export function paste(command: string): Promise<string> {
  return new Promise((resolve) => {
    execFile("sh", ["-c", `${command} --silent --max-time 120`], (_error, stdout) => {
      resolve(/^HTTP\/\S+ (\d+)/.exec(stdout)?.[1] ?? "not admitted");
    });
  });
}

/** Pastes all of them: each gets what the comment above it says. */
export async function pasteAll(screen: string): Promise<void> {
  const found = tries(screen);
  expect(found.length).to.be.at.least(2);
  for (const { title, command } of found) {
    const [, expected] = /: ([^:]+)$/.exec(title) ?? [];
    const got = await paste(command);
    const where = `${title}\n${command}`;
    if (expected === "as the container answers") expect(got, where).to.match(/^[2-4]\d\d$/);
    else expect(got, where).to.equal(expected);
  }
}
