import type { KnownBlock } from "@slack/types";
import type { Say } from "#model/platform.ts";
import type { Aside, Desk } from "./desk.ts";
import { clip, mrkdwn } from "./escape.ts";
import { problemsOfMessage, slackLimits } from "./limits.ts";

const respondMs = 10_000;

export type Whisper = { text: string; blocks?: KnownBlock[] };

/** One sentence for one person: inline text of ours, or words of theirs quoted in it, as Slack takes it. */
export const whispered = (sentence: string): Whisper => ({ text: mrkdwn(sentence) });

/** As it is where Slack takes it, else its words alone: nobody is left without an answer. */
export function fitted(whisper: Whisper): Whisper {
  if (problemsOfMessage(whisper).length === 0) return whisper;
  return { text: clip(whisper.text, slackLimits.textCharacters) };
}

const HERE = "\uE000"; // stands for the channel until all else is escaped

/** A sentence that names a channel the way Slack links it. */
export function inChannel(
  say: Say,
  key: string,
  values: { channel: string; bot?: string; text?: string },
): Whisper {
  const { text } = whispered(say(key, { ...values, channel: HERE }));
  return { text: text.replace(HERE, `<#${values.channel}>`) };
}

/** How to let the bot into a channel where it cannot write. */
export function shutOut(say: Say, { bot, channel }: { bot: string; channel: string }): Whisper {
  return inChannel(say, "slack.shutOut", { bot, channel });
}

/** Tells one person alone, at most once; returns whether it was told. What cannot be told is in the log. */
export async function tellAside(
  desk: Desk,
  { user, channel, thread, respond }: Aside,
  words: Whisper,
): Promise<boolean> {
  const whisper = fitted(words);
  const options = { repeatable: false };
  const ephemeral = () => {
    const args = { channel, user, ...whisper, ...(thread && { thread_ts: thread }) };
    return desk.client.call("chat.postEphemeral", args, options);
  };
  try {
    if (respond) {
      // What an address of Slack's is told stands in the channel, and who pressed in a thread looks at the thread.
      const isThere = channel !== undefined && thread !== undefined;
      const isSeen = isThere && (await ephemeral().then(Boolean, () => false));
      if (isSeen || (await respondTo(respond, whisper))) return true;
    }
    const common = { ...whisper, unfurl_links: false, unfurl_media: false };
    if (channel === undefined || channel.startsWith("D")) {
      const args = { channel: channel ?? user, ...common, ...(thread && { thread_ts: thread }) };
      await desk.client.call("chat.postMessage", args, options);
      return true;
    }
    await ephemeral();
    return true;
  } catch (err) {
    desk.log.warn({ user, channel, err }, "a sentence for one person could not be told");
    return false;
  }
}

/** The address a command or a button brought along; it takes five answers within half an hour. */
async function respondTo(url: string, whisper: Whisper): Promise<boolean> {
  const body = JSON.stringify({ response_type: "ephemeral", replace_original: false, ...whisper });
  const signal = AbortSignal.timeout(respondMs);
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", body, headers, signal }).catch(() => undefined);
  return response?.ok ?? false;
}
