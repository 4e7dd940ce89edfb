import type { Platform } from "#model/platform.ts";
import { openBot } from "../bot.ts";
import { defineCommand, type World } from "../command.ts";
import { createLog } from "../log.ts";
import { appSettings, readSettings } from "../settings.ts";
import { load } from "../shelf.ts";
import { openStore, platformNotes } from "../store.ts";

export default defineCommand({
  summary: "The conversation in this terminal; it goes on where it was, --new begins another.",
  usage: "chat [--new]",
  options: { new: { type: "boolean" } },
  async run({ values }, world) {
    if (values.new) await beginAnew(world);
    return chat(world);
  },
});

async function beginAnew({ env }: World): Promise<void> {
  const store = await openStore(readSettings(appSettings, env).EDGEWRIGHT_STORE);
  await platformNotes(store, "terminal").set("conversation", null);
  await store.close();
}

/** Talks in the terminal until its input ends; what was asked for is finished first. */
export async function chat({ env, signal, stdin }: World): Promise<number> {
  const settings = readSettings(appSettings, env);
  // The terminal belongs to the conversation: the log speaks only when it is asked to, or when something is wrong.
  const log = createLog({ level: env.EDGEWRIGHT_LOG_LEVEL ? settings.EDGEWRIGHT_LOG_LEVEL : "error" });
  const terminal = await load<Platform>("platforms", "terminal");
  const bot = await openBot([terminal], { settings, env, signal, log, patient: !stdin.isTTY });
  await bot.ended;
  await bot.journey.settled(signal);
  await bot.close();
  return 0;
}
