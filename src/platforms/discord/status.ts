import { type APIMessage, Routes } from "discord.js";
import type { Connection, Say, Step } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { call } from "./call.ts";
import { encode } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { plain } from "./escape.ts";
import { flags, times, types } from "./limits.ts";
import { nonceOf, type Place } from "./places.ts";

const SIGN: Record<Step["state"], string> = { open: "▫️", running: "⏳", done: "✅", failed: "❌" };
const patienceMs = 800; // what is over by then needs no card

/** A card that is being shown, or will be. */
type Card = {
  place: Place;
  steps: Step[];
  language: Language;
  /** Begun, in ms since the epoch. */
  since: number;
  message?: string;
  shown?: string;
  typing: NodeJS.Timeout;
  timer?: NodeJS.Timeout;
  /** Calls about one card follow each other. */
  tail: Promise<unknown>;
  isOver: boolean;
};

/** Progress of running work: one card a conversation, edited at most once a second, typing kept alive, with a Stop button. */
export function createStatus(desk: Desk) {
  const { rest, places, notes, log, bot, signal } = desk;
  const cards = new Map<string, Promise<Card | undefined>>();

  const status: Connection["status"] = (conversation, steps, { language }) => {
    const isOver = steps.length === 0;
    const before = cards.get(conversation);
    if (isOver) {
      cards.delete(conversation);
      void before?.then((card) => card && end(conversation, card));
      return;
    }
    if (before) return void before.then((card) => card && update(conversation, card, { steps, language }));
    cards.set(conversation, begin(conversation, { steps, language }));
  };

  async function begin(conversation: string, { steps, language }: Pick<Card, "steps" | "language">) {
    const place = await places.find(conversation).catch(() => undefined);
    // Nothing is opened for the sake of a sign of life.
    if (!place || place.isGone || place.kind === "opening") return undefined;
    const type = () => {
      const request = () => rest.post(Routes.channelTyping(place.channel), { signal });
      void request().catch((err) => log.debug({ conversation, err }, "no typing sign"));
    };
    type();
    const typing = setInterval(type, times.typingMs).unref();
    const since = Date.now();
    const card: Card = { place, steps, language, since, typing, tail: Promise.resolve(), isOver: false };
    later(conversation, card, patienceMs);
    return card;
  }

  function update(
    conversation: string,
    card: Card,
    { steps, language }: Pick<Card, "steps" | "language">,
  ): void {
    card.steps = steps;
    card.language = language;
    if (!card.timer) later(conversation, card, times.statusMs);
  }

  function later(conversation: string, card: Card, ms: number): void {
    card.timer = setTimeout(() => {
      card.timer = undefined;
      card.tail = card.tail
        .then(() => show(conversation, card))
        .catch((err) => {
          log.debug({ conversation, err }, "the status card could not be shown");
        });
    }, ms).unref();
  }

  async function show(conversation: string, card: Card): Promise<void> {
    const { place, message } = card;
    const body = bodyOf(card, { say: bot.say(card.language), conversation });
    if (card.isOver || body.content === card.shown) return;
    card.shown = body.content;
    if (message) {
      await rest.patch(Routes.channelMessage(place.channel, message), { body, signal });
      return;
    }
    const posted = (await rest.post(Routes.channelMessages(place.channel), {
      body: {
        ...body,
        ...places.referenceOf(place),
        // One a card: the next one may begin within the same second, and must not be taken for this one said twice.
        nonce: nonceOf(`${conversation}:${card.since}`),
        enforce_nonce: true,
      },
      signal,
    })) as APIMessage;
    card.message = posted.id;
    // Found again after a crash, and taken away then.
    await notes.set(`status/${conversation}`, { channel: place.channel, message: posted.id });
  }

  async function end(conversation: string, card: Card): Promise<void> {
    card.isOver = true;
    clearInterval(card.typing);
    clearTimeout(card.timer);
    await card.tail;
    if (card.message) await takeAway(conversation, { channel: card.place.channel, message: card.message });
  }

  async function takeAway(
    conversation: string,
    { channel, message }: { channel: string; message: string },
  ): Promise<void> {
    await call(() => rest.delete(Routes.channelMessage(channel, message), { signal }), signal).catch((err) =>
      log.debug({ conversation, err }, "the status card could not be taken away"),
    );
    await notes
      .delete(`status/${conversation}`)
      .catch((err) => log.warn({ conversation, err }, "a note stayed"));
  }

  return {
    status,
    /** Takes away what an earlier process left behind. */
    async clear(): Promise<void> {
      for await (const [key, note] of notes.entries("status/")) {
        const { channel, message } = (note ?? {}) as { channel?: unknown; message?: unknown };
        const conversation = key.slice("status/".length);
        if (cards.has(conversation)) continue;
        if (typeof channel === "string" && typeof message === "string")
          await takeAway(conversation, { channel, message });
        else await notes.delete(key);
      }
    },
    async close(): Promise<void> {
      const open = [...cards.entries()];
      cards.clear();
      await Promise.all(open.map(async ([id, card]) => card.then((one) => one && end(id, one))));
    },
  };
}

function bodyOf({ steps, since, place }: Card, { say, conversation }: { say: Say; conversation: string }) {
  const lines = steps.map((step) => `${SIGN[step.state]} ${words(step, say)}`);
  const tag =
    place.kind === "thread" ? {} : { conversation: conversation.slice(conversation.indexOf(":") + 1) };
  const stop = {
    type: types.button,
    style: 4,
    label: say("button.stop"),
    custom_id: encode({ action: "stop", ...tag })!,
  };
  return {
    // A time that a client counts on by itself: no edit is spent on it.
    content: `${lines.join("\n")}\n-# <t:${Math.floor(since / 1000)}:R>`,
    components: [{ type: types.row, components: [stop] }],
    flags: flags.suppressEmbeds,
    allowed_mentions: { parse: [] },
  };
}

function words({ key, note }: Step, say: Say): string {
  const text = say(`status.${key}`, note === undefined ? {} : { model: note });
  const isTold = note === undefined || text.includes(note);
  return plain(isTold ? text : `${text} (${note})`);
}
