import { z } from "zod";
import type { Notes } from "#model/platform.ts";

/** Where a conversation takes place. Without a thread, its first message becomes the root of one. */
export const Place = z.object({
  team: z.string(),
  /** A person's id stands for the direct messages with them, until the first post tells the channel. */
  channel: z.string(),
  thread: z.string().optional(),
  /** Whether everybody's words in the thread are for us, or only those that name us. */
  own: z.boolean(),
  /** Who began it, and what streams are shown to. */
  user: z.string(),
  /** Direct messages with one person. */
  isDirect: z.boolean().optional(),
  /** Answers that only the person sees, where posting fails; good for half an hour. */
  respond: z.object({ url: z.string(), until: z.number() }).optional(),
  /** Nothing can be posted there, and the person was told. */
  isLost: z.boolean().optional(),
});
export type Place = z.infer<typeof Place>;

/** The last post of a conversation: after a crash, whether it was made is looked up before it is made again. */
export const Intent = z.object({
  key: z.string(),
  /** When it was meant, ms; and the newest message known by then. */
  at: z.number(),
  after: z.string().optional(),
  file: z.object({ id: z.string(), isUploaded: z.boolean() }).optional(),
});
export type Intent = z.infer<typeof Intent>;

const kept = 2_000; // places in memory; the others are read again

/** Where conversations take place, kept over restarts and in memory. */
export function createPlaces(notes: Notes) {
  const places = new Map<string, Place>();
  const threads = new Map<string, string>();
  const direct = new Map<string, string>();

  function remember<T>(map: Map<string, T>, key: string, value: T): T {
    map.delete(key);
    map.set(key, value);
    if (map.size > kept) map.delete(map.keys().next().value!);
    return value;
  }

  const threadKey = (team: string, channel: string, ts: string) => `thread/${team}/${channel}/${ts}`;

  async function get(conversation: string): Promise<Place | undefined> {
    const known = places.get(conversation);
    if (known) return known;
    const read = Place.safeParse(await notes.get(`place/${conversation}`));
    return read.success ? remember(places, conversation, read.data) : undefined;
  }

  /** Known at once, kept when it resolves: what is received meanwhile finds it. */
  async function set(conversation: string, place: Place): Promise<void> {
    const { team, channel, thread } = place;
    const key = thread === undefined ? undefined : threadKey(team, channel, thread);
    remember(places, conversation, place);
    if (key !== undefined) remember(threads, key, conversation);
    try {
      // In this order: a place that is kept has its thread kept, too.
      const written = key === undefined ? undefined : notes.set(key, conversation);
      await Promise.all([written, notes.set(`place/${conversation}`, place)]);
    } catch (error) {
      places.delete(conversation);
      if (key !== undefined) threads.delete(key);
      throw error;
    }
  }

  return {
    get,
    set,
    async change(conversation: string, more: Partial<Place>): Promise<Place | undefined> {
      const before = await get(conversation);
      if (!before) return undefined;
      const after = { ...before, ...more };
      await set(conversation, after);
      return after;
    },
    /** Slack told which channel the direct messages with a person are. */
    met: (person: string, channel: string) => void remember(direct, person, channel),
    /** Where to write to a person: their id does, too, but what was posted by it cannot be looked up. */
    directWith: (person: string): string => direct.get(person) ?? person,
    /** Into the direct messages with a person, where its next message begins a thread. */
    async move(conversation: string, person: string): Promise<void> {
      const { thread: _left, ...place } = (await get(conversation))!;
      // Refused for certain: nothing has to be looked for where it goes on.
      await notes.delete(`intent/${conversation}`);
      const channel = direct.get(person) ?? person;
      await set(conversation, { ...place, channel, own: true, isDirect: true });
    },
    /** The conversation of a thread, if one of ours takes place there. */
    async at(team: string, channel: string, ts: string): Promise<string | undefined> {
      const key = threadKey(team, channel, ts);
      const known = threads.get(key);
      if (known !== undefined) return known;
      const read = await notes.get(key);
      return typeof read === "string" ? remember(threads, key, read) : undefined;
    },
    async intent(conversation: string): Promise<Intent | undefined> {
      const read = Intent.safeParse(await notes.get(`intent/${conversation}`));
      return read.success ? read.data : undefined;
    },
    intend: (conversation: string, intent: Intent) => notes.set(`intent/${conversation}`, intent),
    /** What is shown while work runs, so that a restart can end it: the progress message, empty where there is none yet. */
    streaming: (conversation: string, ts: string | undefined) =>
      ts === undefined ? notes.delete(`stream/${conversation}`) : notes.set(`stream/${conversation}`, ts),
    async *streams(): AsyncGenerator<[conversation: string, ts: string]> {
      for await (const [key, ts] of notes.entries("stream/"))
        if (typeof ts === "string") yield [key.slice("stream/".length), ts];
    },
    async forget(conversation: string): Promise<Place | undefined> {
      const place = await get(conversation);
      if (place?.thread !== undefined) {
        const key = threadKey(place.team, place.channel, place.thread);
        if ((await notes.get(key)) === conversation) await notes.delete(key);
        threads.delete(key);
      }
      places.delete(conversation);
      for (const kind of ["place", "intent", "stream"]) await notes.delete(`${kind}/${conversation}`);
      return place;
    },
  };
}
export type Places = ReturnType<typeof createPlaces>;
