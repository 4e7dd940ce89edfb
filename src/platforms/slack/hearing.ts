import { tellAside, whispered } from "./aside.ts";
import { type Desk, sayTo } from "./desk.ts";
import type { Message } from "./payloads.ts";

const twinMs = 20_000; // a mention comes as a message, too, within moments; a first retry after a minute is too long
const mostHeard = 2_000;

/**
 * Notices the most common mistake of a set-up: mentions arrive, plain messages do not, so that answers in a thread would
 * fall on deaf ears. The operator reads it in the log, the person is told once how to be heard.
 */
export function createHearing(desk: Desk) {
  const messages = new Set<string>();
  const told = new Set<string>();

  function remember(set: Set<string>, key: string): void {
    set.add(key);
    if (set.size > mostHeard) set.delete(set.values().next().value!);
  }

  async function deaf({ channel, ts, thread_ts, user }: Message): Promise<void> {
    // The id no longer tells a private channel from a public one.
    const needs =
      "message.channels and channels:history; in a private channel message.groups and groups:history";
    desk.log.error(
      { channel, needs },
      "mentions arrive, messages do not: follow-ups without a mention are not heard. Subscribe the event, add the scope, REINSTALL the app",
    );
    if (!user || told.has(channel)) return;
    remember(told, channel);
    const say = await sayTo(desk, user);
    const thread = thread_ts ?? ts;
    await tellAside(desk, { user, channel, thread }, whispered(say("slack.foreign", { bot: desk.me.name })));
  }

  return {
    heard(message: Message): void {
      const key = `${message.channel}:${message.ts}`;
      if (message.type === "message") {
        remember(messages, key);
        return;
      }
      const look = () => {
        if (!messages.has(key) && !desk.signal.aborted) desk.later(() => deaf(message));
      };
      setTimeout(look, twinMs).unref();
    },
  };
}
export type Hearing = ReturnType<typeof createHearing>;
