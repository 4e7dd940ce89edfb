import { setTimeout as sleep } from "node:timers/promises";
import { Routes } from "discord.js";
import { type Desk, languageOf } from "./desk.ts";
import { flags } from "./limits.ts";
import { nonceOf } from "./places.ts";
import type { createReceiving, Heard } from "./receive.ts";

const catchUpMs = 10_000; // nobody waits longer for what was said before
const pausesMs = [500, 2_000, 5_000]; // a store that is busy, a channel that cannot be looked up just now

/** Messages on their way into the store: tried again when that fails, told to the person when it stays so. */
export function createIntake(desk: Desk, receiving: ReturnType<typeof createReceiving>) {
  const { log, rest, signal, bot, channels } = desk;
  /** Ids that are not stored yet; what is left when the process ends is read again by the next one. */
  const waiting = new Set<string>();

  async function hear(message: Heard): Promise<void> {
    waiting.add(message.id);
    for (const pauseMs of [...pausesMs, undefined]) {
      try {
        await receiving.hear(message);
        waiting.delete(message.id);
        return;
      } catch (err) {
        if (desk.isEnding()) return;
        log.error({ message: message.id, channel: message.channel_id, err }, "a message could not be taken");
        if (pauseMs === undefined) break;
        await sleep(pauseMs, undefined, { signal }).catch(() => {});
      }
    }
    await apologise(message);
    waiting.delete(message.id);
  }

  async function apologise({ id, channel_id, guild_id }: Heard): Promise<void> {
    const language = languageOf(channels.localeOf(guild_id)) ?? "en";
    const body = {
      content: bot.say(language)("failure.internal"),
      flags: flags.suppressEmbeds,
      allowed_mentions: { parse: [] },
      ...desk.places.answering(channel_id, id),
      // Never that of an answer, or one would swallow the other.
      nonce: nonceOf(`${id}:sorry`),
      enforce_nonce: true,
    };
    await rest
      .post(Routes.channelMessages(channel_id), { body, signal })
      .catch((err) => log.error({ message: id, err }, "nor could that be said"));
  }

  return {
    hear,
    /** A message that just came; one that was said before it goes first. */
    async live(message: Heard, catchingUp: Promise<void> | undefined): Promise<void> {
      waiting.add(message.id);
      if (catchingUp) await Promise.race([catchingUp, sleep(catchUpMs, undefined, { ref: false })]);
      await hear(message);
    },
    pending: () => [...waiting],
    isIdle: receiving.isIdle,
  };
}
