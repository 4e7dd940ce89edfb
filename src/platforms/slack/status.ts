import type { AnyChunk } from "@slack/types";
import type { Log, Say, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { Client } from "./client.ts";
import { isUnsupported, Refused } from "./errors.ts";
import { clip, mrkdwn, plainText } from "./escape.ts";
import { slackLimits } from "./limits.ts";
import { createLookUp, progressType } from "./look-up.ts";
import type { Place, Places } from "./places.ts";
import type { Clock } from "./scheduler.ts";
import { endStream, RowStream } from "./stream.ts";

type Row = Extract<AnyChunk, { type: "task_update" }>;
const states: Record<Step["state"], Row["status"]> = {
  open: "pending",
  running: "in_progress",
  done: "complete",
  failed: "error",
};
const signs: Record<Step["state"], string> = { open: "○", running: "…", done: "✓", failed: "✗" };
const reaction = "hourglass_flowing_sand";
const editMs = 1_000; // one edit a second: chat.update allows 50 a minute and workspace
const refreshMs = 90_000; // Slack takes its older status away after two minutes

export type StatusOptions = {
  client: Client;
  places: Places;
  say: (language: Language) => Say;
  titleOf: (conversation: string) => Promise<string | undefined>;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** User id of the bot. */
  me: string;
};

/** How a work that runs is shown: Slack's own session with its Stop button, and rows that fill as it goes on. */
type Shown = {
  startedAt: number;
  language: Language;
  newest: Step[];
  stream?: RowStream;
  /** Where streams do not exist: an ordinary message, edited. */
  edited?: { ts: string; at: number };
  session?: "agent" | "assistant" | "reaction" | "none";
  refresh?: NodeJS.Timeout;
};

/** Shows progress; best effort throughout: a status that cannot be shown never holds up the work. */
export function createStatus(options: StatusOptions) {
  const { client, places, say, clock, log, signal } = options;
  const lookUp = createLookUp(client);
  const running = new Map<string, Shown>();
  /** Work that begins waits until the end of what ran before is shown. */
  const queues = new Map<string, Promise<void>>();

  function status(conversation: string, steps: Step[], { language }: { language: Language }): void {
    const shown: Shown = running.get(conversation) ?? {
      startedAt: clock.now(),
      language,
      newest: [],
    };
    if (steps.length === 0) {
      if (!running.delete(conversation)) return;
      enqueue(conversation, () => end(conversation, shown));
      return;
    }
    running.set(conversation, shown);
    shown.language = language;
    shown.newest = steps;
    enqueue(conversation, () => show(conversation, shown));
  }

  function enqueue(conversation: string, job: () => Promise<void>): void {
    const before = queues.get(conversation) ?? Promise.resolve();
    const next = before
      .then(job)
      .catch((err) => {
        if (!signal.aborted) log.info({ conversation, err }, "progress could not be shown");
      })
      .finally(() => {
        if (queues.get(conversation) === next) queues.delete(conversation);
      });
    queues.set(conversation, next);
  }

  async function show(conversation: string, shown: Shown): Promise<void> {
    const place = await places.get(conversation);
    if (!place?.thread || place.isLost) return;
    // Known before it is shown: a process that is killed in between leaves nothing that runs for ever.
    if (shown.session === undefined) await places.streaming(conversation, "");
    shown.session ??= await begin(conversation, place, shown);
    // Over before it was shown: below the answer it would only be in the way.
    if (!isPlan(shown.newest) || running.get(conversation) !== shown) return;
    const words = say(shown.language);
    if (!client.has("chat.startStream")) return edit(conversation, place, shown);
    shown.stream ??= streamOf(conversation, place);
    try {
      // Not waited for: what comes meanwhile is shown with the next append.
      const sending = shown.stream.show(words("slack.working"), rows(shown.newest, words));
      await sending;
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      delete shown.stream;
      await edit(conversation, place, shown);
    }
  }

  function streamOf(conversation: string, place: Place): RowStream {
    const { channel, thread, team, user } = place;
    return new RowStream(
      { channel, thread: thread!, team, user },
      {
        ...{ client, clock, signal },
        onMessage: (ts) => places.streaming(conversation, ts),
        onStray: () => sweep(place),
      },
    );
  }

  /** Takes away messages of ours that wait for more, and that nobody will add to. */
  async function sweep(place: Place): Promise<void> {
    const { channel } = place;
    for (const ts of await lookUp.streams(place, { me: options.me, now: clock.now(), signal })) {
      await endStream(client, { channel, ts, signal }).catch(() => {});
      await client.call("chat.delete", { channel, ts }, repeatable()).catch(() => {});
    }
  }

  // --- the session: Slack's own sign that something runs, with its Stop button -----------------------------------------

  async function begin(
    conversation: string,
    place: Place,
    shown: Shown,
  ): Promise<NonNullable<Shown["session"]>> {
    const title = await options.titleOf(conversation).catch(() => undefined);
    const ways = {
      agent: () => setSession(place, "processing", title),
      assistant: () => setAssistant(place, say(shown.language)("slack.thinking")),
      reaction: () =>
        client.call(
          "reactions.add",
          { channel: place.channel, timestamp: place.thread, name: reaction },
          repeatable(),
        ),
    } as const;
    const methods = {
      agent: "agents.sessions.setStatus",
      assistant: "assistant.threads.setStatus",
      reaction: "reactions.add",
    } as const;
    for (const way of ["agent", "assistant", "reaction"] as const) {
      if (!client.has(methods[way])) continue;
      try {
        await ways[way]();
      } catch (err) {
        // A process before this one left it there: it is ours to take away.
        if (err instanceof Refused && err.code === "already_reacted") return way;
        log.debug({ conversation, way, err }, "this way to show that something runs is not there");
        continue;
      }
      if (way === "assistant")
        shown.refresh = setInterval(() => void ways.assistant().catch(() => {}), refreshMs).unref();
      return way;
    }
    return "none";
  }

  const repeatable = () => ({ repeatable: true, signal });

  function setSession(place: Place, state: "processing" | "active", title?: string) {
    return client.call(
      "agents.sessions.setStatus",
      {
        channel_id: place.channel,
        thread_ts: place.thread,
        status: state,
        ...(title && { title: clip(plainText(title), slackLimits.sessionTitleCharacters) }),
      },
      repeatable(),
    );
  }

  function setAssistant(place: Place, words: string) {
    const args = { channel_id: place.channel, thread_ts: place.thread, status: words };
    return client.call("assistant.threads.setStatus", args, repeatable());
  }

  async function end(conversation: string, shown: Shown): Promise<void> {
    clearInterval(shown.refresh);
    const place = await places.get(conversation);
    if (!place?.thread) return;
    const words = say(shown.language);
    const isFailed = shown.newest.some(({ state }) => state === "failed");
    const seconds = Math.max(1, Math.round((clock.now() - shown.startedAt) / 1000));
    const title = words(isFailed ? "slack.workEnded" : "slack.worked", { seconds });
    try {
      if (shown.stream) {
        await shown.stream.show(title, rows(shown.newest, words));
        await shown.stream.end();
      } else if (shown.edited) {
        // Finished: nobody has to look for it after a crash.
        await update(place, shown.edited.ts, { text: lines(title, shown.newest, words), metadata: {} });
      }
    } finally {
      await rest(place, shown.session);
    }
    await places.streaming(conversation, undefined);
  }

  async function rest(place: Place, session: Shown["session"]): Promise<void> {
    if (session === "agent") await setSession(place, "active");
    if (session === "assistant") await setAssistant(place, "");
    if (session === "reaction") {
      const args = { channel: place.channel, timestamp: place.thread, name: reaction };
      await client.call("reactions.remove", args, repeatable());
    }
  }

  /** What a process before this one showed, whichever way that was. */
  async function restAny(place: Place): Promise<void> {
    for (const way of ["agent", "assistant", "reaction"] as const) {
      const isDone = await rest(place, way).then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  }

  // --- post and edit, where there are no streams -----------------------------------------------------------------------

  async function edit(conversation: string, place: Place, shown: Shown): Promise<void> {
    const words = say(shown.language);
    const text = lines(words("slack.working"), shown.newest, words);
    if (!shown.edited) {
      const metadata = { event_type: progressType, event_payload: { key: "" } };
      const args = {
        ...{ channel: place.channel, thread_ts: place.thread, text, metadata },
        ...{ unfurl_links: false, unfurl_media: false },
      };
      const { ts } = await client.call("chat.postMessage", args, { repeatable: false, signal });
      shown.edited = { ts: String(ts), at: clock.now() };
      await places.streaming(conversation, shown.edited.ts);
      return;
    }
    const wait = shown.edited.at + editMs - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    shown.edited.at = clock.now();
    await update(place, shown.edited.ts, { text });
  }

  function update({ channel }: Place, ts: string, content: { text: string; metadata?: object }) {
    return client.call("chat.update", { channel, ts, parse: "none", ...content }, repeatable());
  }

  // --- after a crash ---------------------------------------------------------------------------------------------------

  /** Takes away the progress that a killed process left behind: what goes on shows its own. */
  async function recover(): Promise<void> {
    for await (const [conversation, ts] of places.streams()) {
      const shown: Shown = { startedAt: clock.now(), language: "en", newest: [] };
      running.set(conversation, shown);
      enqueue(conversation, async () => {
        const place = await places.get(conversation);
        if (place?.thread !== undefined) {
          const { channel } = place;
          if (ts !== "") {
            await endStream(client, { channel, ts, signal }).catch(() => {});
            await client.call("chat.delete", { channel, ts }, repeatable()).catch(() => {});
          }
          await sweep(place).catch((err) => log.debug({ conversation, err }, "strays cannot be looked for"));
          await restAny(place);
        }
        await places.streaming(conversation, undefined);
        // Nothing has gone on meanwhile: nothing is left to be shown.
        if (shown.newest.length === 0) running.delete(conversation);
      });
    }
  }

  return {
    status,
    recover,
    /** A conversation is gone. */
    forget(conversation: string): void {
      const shown = running.get(conversation);
      if (shown) clearInterval(shown.refresh);
      running.delete(conversation);
    },
    /** Waits until what is being shown is shown. */
    async drain(): Promise<void> {
      while (queues.size > 0) await Promise.allSettled(queues.values());
    },
  };
}
export type Status = ReturnType<typeof createStatus>;

/** Looking something up and checking a file have one step and are soon over: the session's own sign is enough. */
function isPlan(steps: readonly Step[]): boolean {
  return steps.length > 1 || steps.some(({ key }) => key !== "answer" && key !== "check");
}

function stepWords({ key, note }: Step, say: Say): string {
  const words = say(`status.${key}`, note === undefined ? {} : { model: note });
  return note === undefined || words.includes(note) ? words : `${words} (${note})`;
}

function rows(steps: readonly Step[], say: Say): Row[] {
  return steps.map((step, at) => ({
    type: "task_update",
    id: `${at}-${step.key}`,
    title: clip(plainText(stepWords(step, say)), slackLimits.taskCharacters),
    status: states[step.state],
  }));
}

function lines(title: string, steps: readonly Step[], say: Say): string {
  const rest = steps.map((step) => `${mrkdwn(stepWords(step, say))} ${signs[step.state]}`);
  return clip([`*${mrkdwn(title)}*`, ...rest].join("\n"), slackLimits.textCharacters);
}
