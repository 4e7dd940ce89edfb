import { hash } from "node:crypto";
import type { Client } from "./client.ts";
import type { Place } from "./places.ts";

/** Marks our messages, so that they are found again; the payload holds a hash, never words. */
export const eventType = "edgewright_post";
/** Marks progress where there are no streams, until it is finished. */
export const progressType = "edgewright_progress";

/** The key of a conversation's post as it travels in metadata. */
export function markOf(conversation: string, key: string): string {
  return hash("sha256", `${conversation}\n${key}`, "base64url").slice(0, 22);
}

type Found = {
  ts: string;
  metadata?: { event_type?: string; event_payload?: { key?: string } };
  files?: { id: string; name?: string; title?: string }[];
  user?: string;
  streaming_state?: string;
};
type Asked = { signal: AbortSignal; after: string | undefined; at: number };

const page = 200; // messages
const mostPages = 5; // a thread that grew by a thousand messages since is not ours to read
const streamSeconds = 600; // a stream ends by itself after five minutes
const clocksApartSeconds = 600; // a root has no older message to go by, only our own clock

/** Looks whether something is in its thread already, or in the channel where it would have been a root. */
export function createLookUp(client: Client) {
  async function look(
    { channel, thread }: Place,
    { signal, after, at }: Asked,
    isIt: (message: Found) => boolean,
  ): Promise<string | undefined> {
    const method = thread === undefined ? "conversations.history" : "conversations.replies";
    const oldest = after ?? thread ?? String(at / 1000 - clocksApartSeconds);
    let cursor: string | undefined;
    for (let n = 0; n < mostPages; n++) {
      const args = {
        channel,
        ...(thread !== undefined && { ts: thread }),
        oldest,
        limit: page,
        include_all_metadata: true,
        ...(cursor && { cursor }),
      };
      const answer = await client.call(method, args, { repeatable: true, signal });
      const found = (answer.messages as Found[]).find(isIt);
      if (found) return found.ts;
      cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor;
      if (!cursor) return undefined;
    }
    return undefined;
  }

  return {
    /** A message by the mark it was posted with. */
    message: (place: Place, { mark, ...asked }: Asked & { mark: string }) =>
      look(
        place,
        asked,
        ({ metadata }) => metadata?.event_type === eventType && metadata.event_payload?.key === mark,
      ),
    /** Messages of ours in the thread that still wait for more: streams, and what stands in for them. */
    async streams(
      { channel, thread }: Place,
      { me, now, signal }: { me: string; now: number; signal: AbortSignal },
    ): Promise<string[]> {
      const oldest = String(now / 1000 - streamSeconds - clocksApartSeconds);
      const args = { channel, ts: thread, oldest, limit: page, include_all_metadata: true };
      const { messages } = await client.call("conversations.replies", args, { repeatable: true, signal });
      return (messages as Found[]).flatMap(({ ts, user, streaming_state, metadata }) => {
        const isOpen = streaming_state === "in_progress" || metadata?.event_type === progressType;
        return user === me && isOpen ? [ts] : [];
      });
    },
    /** The message that shows a file. */
    file: (place: Place, { id, ...asked }: Asked & { id: string }) =>
      look(place, asked, ({ files }) => files?.some((file) => file.id === id) ?? false),
  };
}
