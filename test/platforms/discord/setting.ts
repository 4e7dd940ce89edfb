import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Log } from "#model/platform.ts";
import { openBot, type RunningBot } from "#src/app/bot.ts";
import { appSettings } from "#src/app/settings.ts";
import { type Component, walk } from "#src/platforms/discord/limits.ts";
import discord from "#src/platforms/discord.ts";
import { split } from "#steps/split.ts";
import { listeningBot, quiet } from "../../fakes/bot.ts";
import {
  type FakeDiscord,
  type FakeOptions,
  type SeenMessage,
  startFakeDiscord,
} from "../../fakes/discord.ts";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

export type Setting = {
  fake: FakeDiscord;
  bot: RunningBot;
  /** Ends this process's bot and starts the next one over the same store. */
  restart: () => Promise<RunningBot>;
};

type Given = FakeOptions & { settings?: Record<string, string>; log?: Log; fake?: FakeDiscord };

/** Rooms of messages are wide unless a test is about them: a plan is eighteen messages. */
const roomy = { limit: 1_000, windowMs: 1_000 };

/** The whole bot with the real platform, over a fake Discord. */
export async function setting({
  settings = {},
  log = quiet,
  fake: given,
  ...options
}: Given = {}): Promise<Setting> {
  const fake = given ?? (await startFakeDiscord({ bucket: roomy, globalPerSecond: 0, ...options }));
  if (!given) ending.push(() => fake.close());
  let bot: RunningBot | undefined;
  const open = async () => {
    const { EDGEWRIGHT_STORE = "memory:" } = settings;
    bot = await openBot([discord], {
      settings: appSettings.parse({ ...settings, EDGEWRIGHT_STORE }),
      env: { ...settings, DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.api },
      signal: new AbortController().signal,
      log,
    });
    return bot;
  };
  ending.push(async () => bot?.close());
  return {
    fake,
    bot: await open(),
    restart: async () => {
      await bot?.close();
      return open();
    },
  };
}

/** Custom ids of everything that can be pressed in a message. */
export function components({ components: all = [] }: SeenMessage): string[] {
  return [...walk(all as unknown as Component[])].flatMap(({ custom_id: id }) =>
    typeof id === "string" ? [id] : [],
  );
}

/** A store in a file of its own, which outlives a bot. */
export function aStore(): string {
  return `sqlite:${join(mkdtempSync(join(tmpdir(), "edgewright-discord-")), "store.sqlite")}`;
}

/** The platform alone, with a bot that only listens: connects as often as a test asks for. */
export async function connecting({ fake: given, ...options }: FakeOptions & { fake?: FakeDiscord } = {}) {
  const fake = given ?? (await startFakeDiscord({ bucket: roomy, globalPerSecond: 0, ...options }));
  if (!given) ending.push(() => fake.close());
  const { bot, events, notes, store } = await listeningBot("discord");
  const env = discord.env.parse({ DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.api });
  return {
    fake,
    notes,
    events,
    store,
    async connect() {
      const signal = new AbortController().signal;
      const connection = await discord.connect({ env, bot, split, log: quiet, signal, notes });
      ending.push(() => connection.close());
      return { connection, bot, log: quiet };
    },
  };
}
