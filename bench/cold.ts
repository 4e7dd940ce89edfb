// How a bot is started to be measured, beside a bare client: as it stands, and as it would be on a new machine.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { BotOptions, BotProcess } from "../test/fakes/storm/bot.ts";

const root = join(import.meta.dirname, "..");

/** As `npm start` starts it: what stays running should stay small. */
export const startFlags = ["--max-semi-space-size=4"];

/** The ways of starting, for people. */
export const startNames = {
  bare: "bare",
  ours: "ours",
  empty: "ours, nothing compiled before",
  packed: "ours as packed, nothing compiled before",
} as const;

export type Way = Pick<BotOptions, "main" | "flags" | "env">;
type Started = { bot: BotProcess; startMs: number; close: () => Promise<void> };

/**
 * Milliseconds from spawn to connected, by the way of starting. `ours` finds what Node kept compiled at the end of the start
 * before it; `empty` finds nothing, as on a new machine; so does `packed`, the JavaScript that `npx edgewright` runs. The
 * bare client keeps nothing compiled, and is TypeScript, too.
 */
export async function coldStarts(
  start: (way: Way) => Promise<Started>,
  { bare, starts }: { bare: string; starts: number },
): Promise<Record<keyof typeof startNames, number[]>> {
  spawnSync(process.execPath, ["--no-warnings", join(root, "scripts", "build-dist.ts")], {
    stdio: "inherit",
  });
  const nothing = { env: { NODE_DISABLE_COMPILE_CACHE: "1" }, flags: startFlags };
  const ways = {
    bare: { main: bare },
    ours: { flags: startFlags },
    empty: nothing,
    packed: { ...nothing, main: join(root, "dist", "main.js") },
  } satisfies Record<keyof typeof startNames, Way>;
  const took: Record<keyof typeof startNames, number[]> = { bare: [], ours: [], empty: [], packed: [] };
  for (let n = 0; n <= starts; n++) {
    for (const [name, way] of Object.entries(ways) as [keyof typeof ways, Way][]) {
      const { bot, startMs, close } = await start(way);
      // The first fills the caches of the file system. What was compiled is only kept by a process that ends well.
      if (n > 0) took[name].push(startMs);
      else await bot.stop("SIGTERM").catch(() => {});
      await close();
    }
  }
  return took;
}
