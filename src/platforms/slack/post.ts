import type { Block, Limits } from "#model/block.ts";
import { AmbiguousError, type Log, PermanentError, type Say, type Split } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { Answer, Client } from "./client.ts";
import { wordsOf } from "./draw/words.ts";
import { type Drawn, draw, type Style } from "./draw.ts";
import { isClosed, isContent, isShutOut, permanent, Refused, Unclear } from "./errors.ts";
import type { Files } from "./files.ts";
import { blockLimits, problemsOfMessage, slackLimits } from "./limits.ts";
import { createLookUp, eventType, markOf } from "./look-up.ts";
import type { Place, Places } from "./places.ts";
import type { Clock } from "./scheduler.ts";

export type PosterOptions = {
  client: Client;
  places: Places;
  files: Files;
  split: Split;
  say: (language: Language) => Say;
  clock: Clock;
  log: Log;
  /** The bot is not where it should post, or may not: the person is told how to let it in. */
  onShutOut: (conversation: string, place: Place, error: Refused) => Promise<void>;
  /** It was begun in direct messages of others, and goes on in those with the person. */
  onMoved: (conversation: string, from: Place) => Promise<void>;
  /** Somebody deleted the message its thread hangs on: the person is told beside it. */
  onThreadGone: (conversation: string, place: Place) => Promise<void>;
  languageOf: (conversation: string) => Promise<Language>;
};

const styles: readonly Style[] = ["full", "plain"];
const tries = 3;
/** Between an answer that got lost and the look whether the message is there. */
const lookMs = [1_000, 2_500] as const;
const wordsText = 3_600; // of one plain message, escaping comes on top: Slack recommends 4,000
const leastWords = 100;
const mostWords = 5; // messages; longer, and a file reads better
/** Posts and edits, each once, whatever gets lost on the way; what Slack refuses is said in plainer words, never not at all. */
export function createPoster(options: PosterOptions) {
  const { client, places, files, split, say, clock, log } = options;
  const lookUp = createLookUp(client);
  /** Posts on their way: a second try waits for the first, which may still arrive. */
  const running = new Map<string, Promise<string>>();
  /** The newest message of ours in a conversation; what is looked for can only come after it. */
  const newest = new Map<string, string>();
  /** Conversations whose people know that they cannot be reached there. */
  const told = new Set<string>();

  type Posting = { key: string; signal: AbortSignal; language?: Language };

  async function post(conversation: string, blocks: Block[], posting: Posting): Promise<string> {
    const mark = markOf(conversation, posting.key);
    await running.get(mark)?.catch(() => {});
    const job = postOne(conversation, blocks, posting).finally(() => running.delete(mark));
    running.set(mark, job);
    return job;
  }

  async function postOne(conversation: string, blocks: Block[], posting: Posting): Promise<string> {
    const place = await places.get(conversation);
    if (!place)
      throw new PermanentError(`slack: nobody knows where ${conversation} takes place`, { reason: "gone" });
    if (place.isLost)
      throw new PermanentError(`slack: ${conversation} cannot be reached`, { reason: "gone" });
    try {
      const words = blocks.filter(({ kind }) => kind !== "file" && kind !== "image");
      const said = words.length > 0 ? await speak(conversation, words, posting) : undefined;
      let shared: string | undefined;
      for (const [n, file] of blocks
        .filter((block) => block.kind === "file" || block.kind === "image")
        .entries()) {
        const key = said === undefined && n === 0 ? posting.key : `${posting.key}/file${n}`;
        shared = await files.share(conversation, file, { ...posting, key, after: newest.get(conversation) });
      }
      return said ?? shared ?? "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Commands work in direct messages of two others, too, where nobody can be invited.
      const isElsewhere = place.channel !== places.directWith(place.user);
      if (isShutOut(error) && place.channel.startsWith("D") && isElsewhere) {
        await places.move(conversation, place.user);
        await options.onMoved(conversation, place);
        return postOne(conversation, blocks, posting);
      }
      if (isShutOut(error) || isClosed(error)) await shutOut(conversation, place, error);
      throw permanent(error);
    }
  }

  /** Told once; a thread that is there already goes on when the bot is let in again. */
  async function shutOut(conversation: string, place: Place, error: Refused): Promise<void> {
    if (place.thread === undefined) await places.change(conversation, { isLost: true });
    if (told.has(conversation)) return;
    told.add(conversation);
    await options.onShutOut(conversation, place, error);
  }

  // --- words -----------------------------------------------------------------------------------------------------------

  /** Tries the fullest form first; each refusal of the form leads to a plainer one. */
  async function speak(conversation: string, blocks: Block[], posting: Posting): Promise<string> {
    const pen = { say: say(posting.language ?? "en") };
    for (const style of styles) {
      const drawn = draw(blocks, { ...pen, style });
      const problems = problemsOfMessage(drawn);
      if (problems.length > 0) {
        log.warn({ conversation, style, problems }, "a message would be refused, it is said more plainly");
        continue;
      }
      try {
        return await once(conversation, contentOf(drawn), posting);
      } catch (error) {
        if (!isContent(error)) throw error;
        log.warn({ conversation, style, err: error }, "slack refused a message, it is said more plainly");
      }
    }
    return inWords(conversation, blocks, posting);
  }

  /** As plain text in pieces, or as a file where those were too many. */
  async function inWords(conversation: string, blocks: Block[], posting: Posting): Promise<string> {
    const pieces = wordsIn(blocks, split);
    if (pieces.length > mostWords) return asFile(conversation, pieces, posting);
    const ids: string[] = [];
    try {
      for (const [n, text] of pieces.entries())
        ids.push(
          await once(conversation, { text }, n === 0 ? posting : { ...posting, key: `${posting.key}/${n}` }),
        );
      return ids[0] ?? "";
    } catch (error) {
      if (!isContent(error)) throw error;
      log.warn({ conversation, err: error }, "slack refused plain words, they are sent as a file");
      return asFile(conversation, pieces, posting);
    }
  }

  function asFile(conversation: string, pieces: readonly string[], posting: Posting): Promise<string> {
    const file = {
      kind: "file" as const,
      name: "message.txt",
      content: pieces.join("\n\n"),
      mime: "text/plain",
      caption: say(posting.language ?? "en")("slack.asFile"),
    };
    return files.share(conversation, file, { ...posting, after: newest.get(conversation) });
  }

  // --- once ------------------------------------------------------------------------------------------------------------

  type Content = Pick<Partial<Drawn>, "blocks"> & { text: string };

  async function once(conversation: string, content: Content, { key, signal }: Posting): Promise<string> {
    const mark = markOf(conversation, key);
    const before = await places.intent(conversation);
    // The process was killed, or the answer got lost, between the post and its record.
    if (before?.key === mark) {
      const found = await find(conversation, { mark, signal, after: before.after, at: before.at });
      if (found !== undefined) return posted(conversation, found);
    }
    const after = newest.get(conversation);
    const at = clock.now();
    await places.intend(conversation, { key: mark, at, ...(after !== undefined && { after }) });
    for (let attempt = 1; ; attempt++) {
      const place = (await places.get(conversation))!;
      try {
        const answer = await client.call("chat.postMessage", argumentsOf(place, content, mark), {
          repeatable: false,
          signal,
        });
        return await arrived(conversation, place, { answer, signal });
      } catch (error) {
        if (!(error instanceof Unclear)) throw error;
        log.warn({ conversation, attempt, err: error }, "may have been posted, looked for");
        for (const ms of lookMs) {
          await clock.sleep(ms, signal);
          const found = await find(conversation, { mark, signal, after, at });
          if (found !== undefined) return posted(conversation, found);
        }
        if (attempt >= tries) throw error;
      }
    }
  }

  async function find(
    conversation: string,
    what: { mark: string; signal: AbortSignal; after: string | undefined; at: number },
  ): Promise<{ ts: string; channel: string } | undefined> {
    const place = (await places.get(conversation))!;
    try {
      const ts = await lookUp.message(place, what);
      return ts === undefined ? undefined : { ts, channel: place.channel };
    } catch (error) {
      if (what.signal.aborted) throw error;
      throw new AmbiguousError(`slack: whether a message of ${conversation} was posted cannot be looked up`, {
        cause: error,
      });
    }
  }

  async function arrived(
    conversation: string,
    place: Place,
    { answer, signal }: { answer: Answer; signal: AbortSignal },
  ): Promise<string> {
    const { ts, channel, message } = answer as Answer & {
      ts: string;
      channel: string;
      message?: { thread_ts?: string };
    };
    // Where the root of a thread is gone, Slack posts into the channel without a word (slack-go/slack#1571).
    if (place.thread !== undefined && message && message.thread_ts === undefined) {
      await client.call("chat.delete", { channel, ts }, { repeatable: true, signal }).catch(() => {});
      if (!told.has(conversation)) {
        told.add(conversation);
        await options.onThreadGone(conversation, place);
      }
      throw new PermanentError(`slack: the thread of ${conversation} was deleted`, { reason: "gone" });
    }
    return posted(conversation, { ts, channel });
  }

  /** Keeps what the post told: the first message of a conversation is the root of its thread. */
  async function posted(
    conversation: string,
    { ts, channel }: { ts: string; channel: string },
  ): Promise<string> {
    told.delete(conversation);
    const place = await places.get(conversation);
    if (place && place.thread === undefined) await places.change(conversation, { thread: ts, channel });
    newest.set(conversation, ts);
    if (newest.size > 5_000) newest.delete(newest.keys().next().value!);
    return ts;
  }

  // --- edits -----------------------------------------------------------------------------------------------------------

  async function edit(
    conversation: string,
    ts: string,
    blocks: Block[],
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const place = await places.get(conversation);
    if (!place)
      throw new PermanentError(`slack: nobody knows where ${conversation} takes place`, { reason: "gone" });
    const pen = { say: say(await options.languageOf(conversation)) };
    const pieces = wordsIn(blocks, split);
    const forms: Content[] = [
      ...styles
        .map((style) => draw(blocks, { ...pen, style }))
        .filter((drawn) => problemsOfMessage(drawn).length === 0),
      ...(pieces.length === 1 ? [{ text: pieces[0]! }] : []),
    ];
    let refused: unknown;
    for (const form of forms) {
      try {
        // Left out, Slack reads the text of an edit anew, and links and @channel in it come alive.
        const args = { channel: place.channel, ts, parse: "none", ...contentOf(form) };
        await client.call("chat.update", args, { repeatable: true, signal });
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused = error;
        if (!isContent(error)) break;
      }
    }
    throw new PermanentError(`slack: message ${ts} of ${conversation} cannot be edited`, { cause: refused });
  }

  return {
    post,
    edit,
    /** Whether it has said something there, as far as this process knows. */
    hasSpoken: (conversation: string) => newest.has(conversation),
    /** Whether the person was told that nothing can be said there. */
    isTold: (conversation: string) => told.has(conversation),
    forget: (conversation: string) => void newest.delete(conversation),
  };
}
export type Poster = ReturnType<typeof createPoster>;

function contentOf({ blocks, text }: { blocks?: Drawn["blocks"]; text: string }) {
  return { text: text || " ", ...(blocks && { blocks }) };
}

/** Links are not unfurled: what a model or a person wrote must not make Slack fetch anything. */
function argumentsOf({ channel, thread }: Place, content: Partial<Drawn> & { text: string }, mark: string) {
  return {
    channel,
    ...(thread !== undefined && { thread_ts: thread }),
    ...contentOf(content),
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: eventType, event_payload: { key: mark } },
  };
}

/** Blocks as plain messages, each short enough for any Slack; what escaping made longer is parted further. */
function wordsIn(blocks: Block[], split: Split, room = wordsText): string[] {
  const limits: Limits = {
    ...blockLimits,
    blockText: room,
    messageText: room,
    tableCharacters: room,
    tables: Number.POSITIVE_INFINITY,
    codeText: Number.POSITIVE_INFINITY,
  };
  return split(blocks, limits).flatMap((part) => {
    const text = part.map(wordsOf).join("\n");
    if (text.length > slackLimits.textCharacters && room > leastWords) return wordsIn(part, split, room / 2);
    return text.trim() === "" ? [] : [text];
  });
}
