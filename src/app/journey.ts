import type { Event } from "#model/conversation.ts";
import type { Bot } from "#model/platform.ts";
import { blank } from "#model/secrets.ts";
import { type JourneyOptions, platformOf } from "./journey/options.ts";
import { createPosting } from "./journey/posting.ts";
import { createWorks } from "./journey/works.ts";
import { openArchives } from "./open-archives.ts";
import { createSession, type Session } from "./session.ts";

export type { Asking, Jobs, JourneyOptions } from "./journey/options.ts";

export type Journey = Pick<Bot, "say"> &
  Pick<Session, "receive" | "resume" | "settled" | "stop" | "forget"> & {
    /** Removes conversations that were idle longer than that many days; returns how many. */
    retain: (days: number) => Promise<number>;
  };

/**
 * The whole story on one page. A person writes: the platform hands the event to `receive`, one turn stores what follows
 * from it, and the platform acknowledges. Then the effects are carried out: messages are posted, a plan is made, stored,
 * named by an event, shown. Whatever fails ends in a sentence in the thread.
 */
export function createJourney(options: JourneyOptions): Journey {
  const { store, platforms, say, log } = options;
  const { carryShown, unsaid } = createPosting(options);
  const { work, noteFeedback } = createWorks(options);
  const session = createSession({
    ...options.session,
    store,
    log,
    converse: options.converse,
    reachable: (conversation) => platforms.has(platformOf(conversation)),
    notice: ({ language }, trouble) => [
      {
        kind: "notice",
        tone: trouble === "stopped" ? "info" : "error",
        text: say(language)(`failure.${trouble}`),
      },
    ],
    carry: { show: carryShown, work },
    unsaid,
    forgotten,
  });

  async function forgotten(conversation: string): Promise<void> {
    await platforms.get(platformOf(conversation))?.connection.forgotten?.(conversation);
  }

  return {
    async receive(event, beside) {
      await session.receive(withoutSecrets(await openArchives(event)), beside);
      if (event.kind === "pressed" && event.action === "feedback") await noteFeedback(event);
    },
    say,
    resume: session.resume,
    settled: session.settled,
    stop: session.stop,
    forget: session.forget,
    async retain(days) {
      const now = (options.session?.now ?? Date.now)();
      const gone = await store.retain(days, { alone: session.alone, now });
      for (const conversation of gone) await forgotten(conversation);
      return gone.length;
    },
  };
}

/** What people wrote, before anything else sees it. */
function withoutSecrets(event: Event): Event {
  if (event.kind === "said") {
    const attachments = event.attachments?.map(({ text, content, ...rest }) => ({
      ...rest,
      ...(text !== undefined && { text: blank(text) }),
      ...(content && { content: blankBytes(content) }),
    }));
    return { ...event, text: blank(event.text), ...(attachments && { attachments }) };
  }
  if (event.kind === "pressed" && event.value !== undefined) return { ...event, value: blank(event.value) };
  if (event.kind !== "submitted") return event;
  const fields = Object.entries(event.fields).map(([name, text]) => [name, blank(text)]);
  const text = event.text === undefined ? {} : { text: blank(event.text) };
  return { ...event, ...text, fields: Object.fromEntries(fields) };
}

/** Text is blanked; what is no text stays as it is. */
function blankBytes(content: Uint8Array): Uint8Array {
  try {
    return new TextEncoder().encode(blank(new TextDecoder("utf-8", { fatal: true }).decode(content)));
  } catch {
    return content;
  }
}
