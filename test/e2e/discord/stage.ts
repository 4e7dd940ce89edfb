import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Language } from "#model/text.ts";
import {
  type FakeDiscord,
  type FakeOptions,
  type SeenMessage,
  spawnFakeDiscord,
} from "../../fakes/discord.ts";
import { type BotProcess, startBot } from "../../fakes/storm/bot.ts";
import { discordSettings, isDiscordConnected, roomy } from "../../fakes/storm/discord.ts";
import { type Part, talkIn } from "./talks.ts";

export type Stage = Part & {
  bot: BotProcess;
  /** Another process on the same store, once the first has ended. */
  again: () => Promise<BotProcess>;
};

/** A fake Discord in a process of its own and the real bot on it, in one language; all end with the test. */
export async function stage(
  language: Language,
  {
    envOf = async () => ({}),
    ...options
  }: FakeOptions & { envOf?: (fake: FakeDiscord) => Promise<Record<string, string>> } = {},
): Promise<Stage> {
  const fake = await spawnFakeDiscord({ ...roomy, messageContent: "full", ...options });
  onTestFinished(() => fake.close());
  const folder = await mkdtemp(join(tmpdir(), "edgewright-e2e-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = await envOf(fake);
  const start = async () => {
    const bot = startBot({
      env: { ...discordSettings(fake), ...env },
      isConnected: isDiscordConnected,
      folder,
    });
    onTestFinished(async () => void (await bot.stop("SIGKILL")));
    await bot.connected;
    return bot;
  };
  const bot = await start();
  // Connected is not yet registered, the first time.
  await fake.waitForCommands();
  return { bot, again: start, ...(await talkIn(language, fake)) };
}

/** A file that a message shows, downloaded as its reader would. */
export async function downloaded({ attachments }: SeenMessage, name: string): Promise<Uint8Array> {
  const file = attachments.find(({ filename }) => filename === name);
  if (!file)
    throw new Error(`no ${name}; there are ${attachments.map(({ filename }) => filename).join(", ")}`);
  return new Uint8Array(await (await fetch(file.url)).arrayBuffer());
}

/** What a server may complain about after all is done: refusals, pings, links that unfolded, doubles. */
export async function complaints(fake: FakeDiscord): Promise<unknown[]> {
  return (await Promise.all([fake.violations(), fake.pings(), fake.fetchedLinks(), fake.doubles()])).flat();
}
