import { setTimeout as sleep } from "node:timers/promises";
import { type Loose, walk } from "./components.ts";
import type { FakeDiscord, Interaction } from "./face.ts";
import { bodyOf, formOf } from "./transcript.ts";
import type { Command, Say, SeenInteraction, SeenMessage } from "./types.ts";

/** What to wait for after something was done: words, a button, a file. */
export type Sign = { text?: string; button?: string; file?: string };

/** One person on a fake server, with everything they do and read written down as it happens. */
export type Talk = ReturnType<typeof startTalk>;

const patienceMs = 45_000;
const quietMs = 400;
const lookMs = 60;

/** Lines that Discord writes by itself: a thread's beginning, its name. */
const ofDiscord = [4, 18, 21];

/** Begins to write a talk down: each act, and then whatever is new or changed for this person, in every place they see. */
export function startTalk(
  fake: FakeDiscord,
  { user, channel = "general" }: { user: string; channel?: string },
) {
  const lines: string[] = [];
  const shown = new Map<string, string>();
  /** Where the talk goes on: a channel, a thread, or `dm`. */
  let place = channel;
  const visited = new Set([channel]);

  function goTo(next: string): void {
    place = next;
    visited.add(next);
  }

  const here = () => (place === "dm" ? `dm:${user}` : place);
  const act = (words: string, by = user) => {
    lines.push(`**${by}** ${words.includes("\n") ? `\n\n${words}` : words}`);
  };

  /** What the bot wrote where the talk goes on. */
  async function posts(): Promise<SeenMessage[]> {
    return (await fake.messages(here())).filter(
      (one) => one.ours && !ofDiscord.includes(one.type) && !one.loading,
    );
  }

  async function until(sign: Sign): Promise<SeenMessage> {
    return find(async () => (await posts()).findLast((one) => holds(one, sign)), JSON.stringify(sign));
  }

  async function find<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
    for (const end = Date.now() + patienceMs; ; await sleep(lookMs)) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited for ${what} in ${place}:\n${lines.slice(-4).join("\n")}`);
    }
  }

  /** Nothing is posted or waited for any more. */
  async function settled(): Promise<void> {
    let since = Date.now();
    for (let last = -1; Date.now() - since < quietMs; await sleep(40)) {
      const { activity, unanswered } = await fake.pulse();
      if (activity !== last || unanswered > 0) since = Date.now();
      last = activity;
    }
  }

  /** Writes down what is new since the last time. */
  async function record(): Promise<void> {
    await settled();
    const all = await fake.messages();
    const { channels, users } = await fake.ids();
    const threads = new Map((await fake.threads()).map(({ id, name }) => [id, name]));
    const nameOf = (ids: Record<string, string>, id: string) =>
      Object.entries(ids).find(([, one]) => one === id)?.[0] ?? id;
    const idOf = (one: string) => channels[one] ?? one;
    const seen = new Set([...visited].map(idOf));
    for (const message of all) {
      if (message.deleted || message.loading || ofDiscord.includes(message.type)) continue;
      if (message.ephemeralTo !== undefined && message.ephemeralTo !== user) continue;
      const body = bodyOf(message)
        .join("\n\n")
        .replaceAll(/<@!?(\d+)>/g, (_, id) => `@${nameOf(users, id)}`)
        .replaceAll(/<#(\d+)>/g, (_, id) => `#${threads.get(id) ?? nameOf(channels, id)}`)
        .replaceAll(/(discord\.com\/channels\/@me)\/\d+\/\d+/g, "$1/…")
        .replaceAll(/<t:\d+:R>/g, "a moment ago");
      const before = shown.get(message.id);
      const isDirect = message.guild_id === undefined;
      if (before === body || !(isDirect ? visited.has("dm") : seen.has(message.channel_id))) continue;
      shown.set(message.id, body);
      if (!message.ours) continue;
      const isHere = isDirect ? place === "dm" : message.channel_id === idOf(place);
      const marks = [
        before !== undefined && "changed",
        message.ephemeralTo && `only ${user} sees it`,
        !isHere && `in #${threads.get(message.channel_id) ?? nameOf(channels, message.channel_id)}`,
      ].filter(Boolean);
      write(`${message.author.username}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`, body);
    }
  }

  function write(title: string, body: string): void {
    const quoted = body
      .trimEnd()
      .split("\n")
      .map((line) => `> ${line}`.trimEnd());
    lines.push([`> **${title}**`, ">", ...quoted].join("\n"));
  }

  /** The newest message with a button like that, by words or by a part of its id. */
  async function withButton(like: string): Promise<{ message: SeenMessage; id: string; words: string }> {
    return find(async () => {
      for (const message of (await posts()).reverse())
        for (const { label, custom_id } of buttonsOf(message))
          if (label === like || String(custom_id).includes(like))
            return { message, id: String(custom_id), words: String(label) };
      return undefined;
    }, `a button ${like}`);
  }

  async function answered(interaction: Interaction): Promise<SeenInteraction> {
    const seen = await interaction.acked(patienceMs);
    if (seen.modal) write("edgewright (a form)", formOf(seen.modal).join("\n\n"));
    return seen;
  }

  return {
    lines,
    posts,
    until,
    record,
    find,
    settled,
    act,
    at: () => place,
    goTo,
    heading: (text: string) => void lines.push(`## ${text}`),
    note: (text: string) => void lines.push(`*${text}*`),

    /** Says something here, and stays here. */
    async say(text: string, more: Partial<Say> = {}): Promise<string> {
      const called = more.mention ? "@edgewright " : "";
      act(
        [`${called}${text}`, ...(more.files ?? []).map(({ name }) => `📎 ${name}`)]
          .filter(Boolean)
          .join("\n\n"),
      );
      return fake.say({ user, channel: place, content: text, ...more });
    },
    /** Calls the bot in a channel and goes on in the thread it opens. */
    async call(text: string, more: Partial<Say> = {}): Promise<string> {
      const root = await this.say(text, { mention: true, ...more });
      return this.enter(root);
    },
    /** Goes on in the thread on that message. */
    async enter(root: string): Promise<string> {
      const thread = async () => (await fake.threads()).find(({ id, deleted }) => id === root && !deleted);
      goTo((await find(thread, `a thread on ${root}`)).id);
      return place;
    },
    /** Goes on in the thread that began last. */
    async enterNewest(): Promise<string> {
      await settled();
      const open = async () =>
        (await fake.threads()).filter(({ id, deleted }) => !deleted && !visited.has(id)).at(-1);
      goTo((await find(open, "a new thread")).id);
      return place;
    },
    /** Custom ids on a message, in order. */
    idsOf: (message: SeenMessage): string[] => buttonsOf(message).map(({ custom_id }) => String(custom_id)),
    labelsOf: (message: SeenMessage): string[] => buttonsOf(message).map(({ label }) => String(label)),
    /** Waits until a message offers nothing any more: it was answered. */
    gone: (message: string) =>
      find(async () => {
        const seen = await fake.message(message);
        return !seen || seen.deleted || buttonsOf(seen).length === 0 ? true : undefined;
      }, `${message} to be answered`),
    async command(sub: string, more: Partial<Command> = {}): Promise<SeenInteraction> {
      const options = Object.entries(more.options ?? {}).map(([name, value]) => `${name}: ${value}`);
      const files = Object.entries(more.files ?? {}).map(([name, file]) => `${name}: 📎 ${file.name}`);
      act(`\`/edge ${[sub, ...options, ...files].join(" ")}\``);
      return answered(await fake.command({ user, channel: place, name: "edge", sub, ...more }));
    },
    /** Uses a command on somebody's message. */
    async onMessage(name: string, message: string): Promise<SeenInteraction> {
      act(`uses **${name}** on that message`);
      return answered(await fake.context({ user, name, message }));
    },
    /** Presses the newest button with these words, or whose id holds them. */
    async press(like: string, more: { by?: string } = {}): Promise<SeenInteraction> {
      const { message, id, words } = await withButton(like);
      act(`presses **[${words}]**`, more.by);
      return answered(await fake.click({ user: more.by ?? user, message: message.id, customId: id }));
    },
    async submit(
      form: SeenInteraction,
      fields: Record<string, string | string[]>,
      files: Record<string, { name: string; content: string }[]> = {},
    ): Promise<SeenInteraction> {
      const list = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
      const names = Object.values(files).flatMap((all) => all.map(({ name }) => `📎 ${name}`));
      act(`sends the form${list.length + names.length > 0 ? ` with ${[...list, ...names].join(", ")}` : ""}`);
      return answered(await fake.submit({ user, modal: form.id, fields, files }));
    },
  };
}

/** Whether a message shows what is waited for. */
function holds(message: SeenMessage, { text, button, file }: Sign): boolean {
  return (
    (text === undefined || message.text.includes(text)) &&
    (button === undefined || buttonsOf(message).some(({ label }) => label === button)) &&
    (file === undefined || message.attachments.some(({ filename }) => filename.startsWith(file)))
  );
}

function buttonsOf({ components = [] }: SeenMessage): Loose[] {
  return [...walk(components as unknown as Loose[])].filter(({ type, disabled }) => type === 2 && !disabled);
}
