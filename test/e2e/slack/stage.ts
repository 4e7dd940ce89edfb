import { onTestFinished } from "vitest";
import type { Language } from "#model/text.ts";
import { type FakeOptions, type FakeSlack, spawnFakeSlack } from "../../fakes/slack.ts";
import { type BotProcess, startBot } from "../../fakes/storm/bot.ts";
import { attachSlack, isSlackConnected, slackSettings } from "../../fakes/storm/slack.ts";
import { type Part, talkIn } from "./talks.ts";

export type Stage = Part & { bot: BotProcess };

/** A fake Slack and the real process on it, in one language; both end with the test. */
export async function stage(
  language: Language,
  {
    transport,
    env = {},
    ...options
  }: FakeOptions & { transport: "socket" | "http"; env?: Record<string, string> },
): Promise<Stage> {
  const fake = await spawnFakeSlack(options);
  onTestFinished(() => fake.close());
  const bot = startBot({
    env: { ...slackSettings(fake, transport), ...env },
    isConnected: isSlackConnected,
  });
  onTestFinished(async () => void (await bot.stop("SIGKILL")));
  await bot.connected;
  if (transport === "http") await attachSlack(fake, bot.log);
  return { fake, bot, language, ...talkIn(language, fake) };
}

/** The newest file of that name in the workspace, downloaded as the bot's people would. */
export async function downloaded(fake: FakeSlack, channel: string, name: string): Promise<Uint8Array> {
  const messages = await fake.messages(channel);
  const file = messages.flatMap(({ files = [] }) => files).findLast((one) => one.name === name);
  const response = await fetch(file.url_private_download, {
    headers: { authorization: `Bearer ${fake.tokens.bot}` },
  });
  return new Uint8Array(await response.arrayBuffer());
}

/** What a workspace may complain about after all is done. */
export async function complaints(fake: FakeSlack): Promise<unknown[]> {
  const [violations, pings, unfurls, warnings, undelivered] = await Promise.all([
    fake.violations(),
    fake.pings(),
    fake.unfurls(),
    fake.warnings(),
    fake.undelivered(),
  ]);
  return [...violations, ...pings, ...unfurls, ...warnings, ...undelivered];
}
