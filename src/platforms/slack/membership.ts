import type { Client } from "./client.ts";
import { isGone } from "./errors.ts";
import type { Clock } from "./scheduler.ts";

const freshMs = 30 * 60_000; // who is thrown out meanwhile is told when nothing can be posted
const mostKnown = 5_000;

/** Tells whether the bot is in a channel; who asks about one that it cannot see, or may not look up, gets `undefined`. */
export function createMembership({ client, clock }: { client: Client; clock: Clock }) {
  const inside = new Map<string, number>();

  /** Only being in it is remembered: whoever invites the bot does not wait. */
  function remember(channel: string): true {
    inside.delete(channel);
    inside.set(channel, clock.now());
    if (inside.size > mostKnown) inside.delete(inside.keys().next().value!);
    return true;
  }

  function isKnown(channel: string): boolean {
    return clock.now() - (inside.get(channel) ?? Number.NEGATIVE_INFINITY) < freshMs;
  }

  return {
    /** Whether it is in that channel for certain, without asking. */
    isKnown,
    async isMember(channel: string): Promise<boolean | undefined> {
      if (isKnown(channel)) return true;
      if (!client.has("conversations.info")) return undefined;
      try {
        const answer = await client.call("conversations.info", { channel }, { repeatable: false });
        return (answer.channel as { is_member?: boolean }).is_member === false ? false : remember(channel);
      } catch (error) {
        // A private channel of others does not even exist for it.
        return isGone(error) ? false : undefined;
      }
    },
  };
}
export type Membership = ReturnType<typeof createMembership>;
