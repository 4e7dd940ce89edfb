import { bodyOf, drawn } from "./transcript.ts";
import type { FakeSlack, Json, Message, View } from "./types.ts";

/** What to wait for after something was done: words, a button, a file. */
export type Sign = { text?: string; button?: string; file?: string };

/** One person in a fake workspace, with everything they do and read written down as it happens. */
export type Talk = ReturnType<typeof startTalk>;

const patienceMs = 45_000;

/**
 * Begins to write a talk down: each act, and then whatever is new or changed for this person. Nothing is recorded that
 * they could not see.
 */
export function startTalk(
  fake: FakeSlack,
  { user, names, channels }: { user: string; names: Record<string, string>; channels: string[] },
) {
  const lines: string[] = [];
  const shown = new Map<string, string>();
  const nameOf = (id: string) => names[id] ?? (id === fake.bot.user_id ? fake.bot.name : id);
  const watched = [...channels, `D${user.slice(1)}`];
  /** Where the talk goes on. */
  let place: { channel: string; thread?: string } = { channel: channels[0]! };

  const act = (words: string, by = user) => {
    lines.push(`**${nameOf(by)}** ${words}`);
  };

  async function messages(): Promise<Message[]> {
    const all = await Promise.all(watched.map((channel) => fake.messages(channel)));
    return [...all.flat(), ...(await fake.ephemerals(user))];
  }

  /** What the bot wrote where the talk goes on, ephemeral answers included. */
  async function posts(): Promise<Message[]> {
    const { channel, thread } = place;
    const here = await (thread ? fake.thread(channel, thread) : fake.messages(channel));
    const aside = (await fake.ephemerals(user)).filter((one) => one.channel === channel);
    return [...here, ...aside].filter(({ bot_id }) => bot_id);
  }

  async function until(sign: Sign): Promise<Message> {
    const what = JSON.stringify({ ...sign, ...place });
    return fake.waitFor(async () => (await posts()).findLast((message) => holds(message, sign)), {
      ...{ what, timeoutMs: patienceMs, everyMs: 60 },
    });
  }

  /** The newest question of that kind that is open. */
  async function asked(action: string): Promise<Message> {
    return fake.waitFor(async () => (await posts()).findLast((one) => choicesOf(one, action).length > 0), {
      ...{ what: `a question ${action}`, timeoutMs: patienceMs, everyMs: 60 },
    });
  }

  function write(title: string, body: string): void {
    const quoted = body
      .trimEnd()
      .split("\n")
      .map((line) => `> ${line}`.trimEnd());
    lines.push([`> **${title}**`, ">", ...quoted].join("\n"));
  }

  /** Writes down what is new since the last time. */
  async function record(): Promise<void> {
    await fake.settled({ quietMs: 400, timeoutMs: 60_000 });
    for (const message of await messages()) {
      const key = keyOf(message);
      const body = bodyOf(message, nameOf);
      const before = shown.get(key);
      if (before === body) continue;
      shown.set(key, body);
      if (!message.bot_id) continue;
      const marks = [
        before !== undefined && "changed",
        message.only_for && `only ${nameOf(user)} sees it`,
        message.stream && "live",
      ].filter(Boolean);
      write(`${nameOf(message.user)}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`, body);
    }
    for (const view of await fake.views(user)) see(view, "a form");
    const home = (await fake.homes())[user];
    if (home) see(home, "the app's home");
  }

  /** What stands there already was told to others: the talk begins after it. */
  async function catchUp(): Promise<void> {
    for (const message of await messages()) shown.set(keyOf(message), bodyOf(message, nameOf));
  }

  function see(view: View, what: string): void {
    const body = [view.title && `### ${view.title.text}`, ...view.blocks.map(drawn), buttons(view)]
      .filter(Boolean)
      .join("\n\n");
    const key = what === "a form" ? view.id : what;
    if (shown.get(key) === body) return;
    shown.set(key, body);
    write(`${fake.bot.name} (${what})`, body);
  }

  return {
    lines,
    posts,
    until,
    record,
    catchUp,
    /** The channel, and the thread in it, in which the talk goes on. */
    at: () => place,
    goTo(channel: string, thread?: string): void {
      place = { channel, ...(thread && { thread }) };
    },
    heading: (text: string) => void lines.push(`## ${text}`),
    note: (text: string) => void lines.push(`*${text}*`),

    async command(text: string, channel = place.channel) {
      place = { channel };
      act(`\`/edge ${text}\``.replace(" `", "`"));
      return fake.command({ user, channel, text });
    },
    /** Says something here; outside of a thread the talk goes on in the thread below it. */
    async say(text: string, files?: { name: string; content: string }[]) {
      act([nameThose(text, nameOf), ...(files ?? []).map(({ name }) => `[file ${name}]`)].join("\n\n"));
      const said = await fake.say({
        ...{ user, channel: place.channel, text },
        ...(place.thread && { thread_ts: place.thread }),
        ...(files && { files }),
      });
      place = { channel: place.channel, thread: place.thread ?? said.ts };
      return said;
    },
    /** Presses the newest button with these words. */
    async press(words: string) {
      const message = await until({ button: words });
      act(`presses **[${words}]**`);
      const ref = message.only_for ? message : { channel: message.channel, ts: message.ts };
      return fake.click({ user, message: ref, text: words });
    },
    asked,
    /** Whether something is asked, or the button is there and nothing is. */
    either: (button: string) =>
      fake.waitFor(
        async () => {
          const last = (await posts()).at(-1);
          if (last && holds(last, { button })) return "button" as const;
          return last && choicesOf(last, "skip").length > 0 && ("question" as const);
        },
        { what: `a question, or [${button}]`, timeoutMs: patienceMs },
      ),
    /** Waits for the question of that kind and takes one of its choices, by its place. */
    async answer(action: string, nth = 0) {
      const message = await asked(action);
      const chosen = choicesOf(message, action)[nth]!;
      act(`presses **[${chosen}]**`);
      return fake.click({ user, message: { channel: message.channel, ts: message.ts }, text: chosen });
    },
    async submit(values: Record<string, Json>) {
      const [view] = await fake.waitFor(async () => {
        const all = await fake.views(user);
        return all.length > 0 && all;
      });
      const list = Object.entries(values).map(([name, value]) =>
        String(value).includes("\n") ? `${name}:\n\n\`\`\`\n${value}\n\`\`\`` : `${name}: ${value}`,
      );
      act(`sends the form${list.length > 0 ? ` with ${list.join(", ")}` : ""}`);
      return fake.submit({ user, view: view!.id, values });
    },
    async shortcut(callback_id: string, { channel, ts }: { channel: string; ts: string }, words: string) {
      act(`takes the shortcut **${words}** of that message`);
      place = { channel, thread: ts };
      return fake.shortcut({ user, callback_id, message: { channel, ts } });
    },
    async stop() {
      act("presses Slack's own **Stop** button");
      return fake.stop({ user, channel: place.channel, thread_ts: place.thread! });
    },
    async openHome() {
      act("opens the app's home");
      await fake.openHome(user);
    },
    act,
    /** The root of ours in this channel that came last: what was begun without a message of one's own. */
    async enterThread() {
      const { channel } = place;
      const root = await fake.waitFor(
        async () =>
          (await fake.messages(channel)).findLast(
            ({ bot_id, ts, thread_ts }) => bot_id && (thread_ts ?? ts) === ts,
          ),
        { what: `a root in ${channel}`, timeoutMs: patienceMs },
      );
      place = { channel, thread: root.ts };
      return root;
    },
  };
}

function holds(message: Message, { text, button, file }: Sign): boolean {
  return (
    (text === undefined || bodyOf(message, String).includes(text)) &&
    (button === undefined || labelsOf(message).includes(button)) &&
    (file === undefined || (message.files ?? []).some(({ name }) => name.startsWith(file)))
  );
}

const keyOf = ({ channel, ts, only_for = "" }: Message): string => `${channel}/${ts}/${only_for}`;

type Button = { action_id: string; text: { text: string } };

function elementsOf({ blocks = [] }: Message): Button[] {
  return blocks
    .filter(({ type }) => type === "actions")
    .flatMap(({ elements }) => elements)
    .filter(({ type }: Json) => type === "button");
}

const labelsOf = (message: Message): string[] => elementsOf(message).map(({ text }) => text.text);

const choicesOf = (message: Message, action: string): string[] =>
  elementsOf(message)
    .filter(({ action_id }) => action_id.includes(action))
    .map(({ text }) => text.text);

function buttons({ submit, close }: View): string {
  return [submit, close].flatMap((one) => (one ? [`[${one.text}]`] : [])).join(" ");
}

function nameThose(text: string, nameOf: (id: string) => string): string {
  return text.replaceAll(/<@(\w+)>/g, (_, id) => `@${nameOf(id)}`);
}
