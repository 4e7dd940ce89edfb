import { z } from "zod";
import type { Note, Notes } from "#model/platform.ts";

/** From this message or interaction on, words belonged to that conversation; to none where it is forgotten. */
const Turn = z.object({ since: z.string(), conversation: z.string().optional() });
type Turn = z.infer<typeof Turn>;

const mostTurns = 50; // more than anybody takes in the time that is read again after a restart

/** Direct messages hold many plans: which was talked about when, so that what is read again goes where it went before. */
export function openTurns(notes: Pick<Notes, "get">) {
  const read = async (channel: string): Promise<Turn[]> =>
    z.array(Turn).safeParse(await notes.get(`turns/${channel}`)).data ?? [];

  return {
    /** What was talked about when a message was written; undefined where that is what is talked about now. */
    async before(channel: string, message: string): Promise<Turn | undefined> {
      const turns = await read(channel);
      const at = turns.findLastIndex(({ since }) => BigInt(since) <= BigInt(message));
      return at === turns.length - 1 ? undefined : turns[at];
    },
    /** What is kept of a turn from one conversation, if there was one, to another; nothing of one that was overtaken. */
    async turn(channel: string, since: string, { from, to }: { from: string | undefined; to: string }) {
      const turns = await read(channel);
      if (turns.some((one) => BigInt(one.since) > BigInt(since))) return undefined;
      const first = turns.length > 0 ? turns : [{ since: "0", ...(from && { conversation: from }) }];
      return noteOf(channel, [...first, { since, conversation: to }]);
    },
    /** Without a conversation that is forgotten; undefined where there was no turn. */
    async without(channel: string, forgotten: string) {
      const turns = await read(channel);
      const left = turns.map((one) => (one.conversation === forgotten ? { since: one.since } : one));
      return turns.length > 0 ? noteOf(channel, left) : undefined;
    },
  };
}

const noteOf = (channel: string, turns: Turn[]): Note => [`turns/${channel}`, turns.slice(-mostTurns)];
