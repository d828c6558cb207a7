/** One process's share of the matrix: `share.ts NUMBER OF`. Tells its parent the cells, and ends. */
import { runLanes } from "./run";
import { buildLanes } from "./stack";

const [number = 0, of = 1] = process.argv.slice(2).map(Number);

async function main(): Promise<void> {
  const { built } = buildLanes();
  // Lanes that share a listener stay together.
  const cells = await runLanes(built.filter(({ port }) => port % of === number));
  process.send?.(cells, () => {
    process.disconnect();
  });
}

// The parent process has ended, and so does what is served here.
process.once("disconnect", () => process.exit());
void main();
