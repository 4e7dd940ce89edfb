import type { Log } from "#model/platform.ts";
import { openBot, type RunningBot } from "../../../src/app/bot.ts";
import { appSettings, readSettings } from "../../../src/app/settings.ts";
import slack from "../../../src/platforms/slack.ts";
import { quiet } from "../../fakes/bot.ts";
import { type FakeOptions, type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";

export type Here = {
  fake: FakeSlack;
  bot: RunningBot;
  close: () => Promise<void>;
};

export type HereOptions = {
  fake?: FakeOptions;
  env?: Record<string, string>;
  /** A fake that is there already, such as one a bot before talked to. */
  with?: FakeSlack;
  log?: Log;
  transport?: "socket" | "http";
};

/** Settings that connect to a fake Slack. */
export function settingsFor(
  fake: FakeSlack,
  transport: "socket" | "http" = "socket",
): Record<string, string> {
  return {
    EDGEWRIGHT_STORE: "memory:",
    EDGEWRIGHT_MESSAGES_PER_MINUTE: "0",
    SLACK_BOT_TOKEN: fake.tokens.bot,
    ...(transport === "socket"
      ? { SLACK_APP_TOKEN: fake.tokens.app }
      : { SLACK_SIGNING_SECRET: fake.tokens.signingSecret, SLACK_PORT: "0" }),
    SLACK_API_URL: fake.apiUrl,
    SLACK_POSTS_PER_SECOND: "1000",
  };
}

/** The whole bot in this process, connected to a fake Slack. */
export async function here(options: HereOptions = {}): Promise<Here> {
  const fake = options.with ?? (await startFakeSlack(options.fake));
  const env = { ...settingsFor(fake, options.transport), ...options.env };
  const ending = new AbortController();
  const bot = await openBot([slack], {
    settings: readSettings(appSettings, env),
    env,
    signal: ending.signal,
    log: options.log ?? quiet,
  });
  return {
    fake,
    bot,
    async close() {
      ending.abort(new Error("the test is over"));
      await bot.close();
      if (!options.with) await fake.close();
    },
  };
}
