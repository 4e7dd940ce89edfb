import type { Language } from "#model/text.ts";
import { type Loose, walk } from "../discord/components.ts";
import {
  type FakeDiscord,
  type FakeOptions,
  type Fault,
  type Interaction,
  type SeenMessage,
  spawnFakeDiscord,
} from "../discord.ts";
import type { LogLine, Post, Seat, Stage, Theatre } from "./types.ts";
import { lookFor } from "./wait.ts";

const locales: Record<Language, string> = { en: "en-US", de: "de", es: "es-ES", zh: "zh-CN" };

const userOf = ({ at }: Seat) => `person${at}`;
const channelOf = ({ at }: Seat) => `place${at}`;
const directOf = (seat: Seat) => `dm:${userOf(seat)}`;

/** People see nothing happen for so long, and then look again; what came while nobody listened was lost. */
const reactionMs = { usual: 8_000, hanging: 40_000 };

/** What fakes for storms are like: nobody waits for rooms of requests or for threads. */
export const roomy = {
  bucket: { limit: 1_000, windowMs: 1_000 },
  globalPerSecond: 0,
  threadCap: 100_000,
} as const;

/** A fake Discord in a process of its own. */
export function discordTheatre(options: FakeOptions = {}): Theatre {
  return {
    name: "discord",
    async open({ seats }) {
      const channels = seats.map((seat) => ({ name: channelOf(seat) }));
      const fake = await spawnFakeDiscord({ ...roomy, messageContent: "full", channels, ...options });
      for (const seat of seats) await fake.person({ name: userOf(seat), locale: locales[seat.language] });
      return discordStage(fake, seats);
    },
  };
}

/** Settings that connect a bot to a fake Discord. */
export function discordSettings(fake: FakeDiscord): Record<string, string> {
  return { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.api };
}

export const isDiscordConnected = ({ msg }: LogLine): boolean => msg === "discord: ready";

/** A stage on a fake that is there already. */
export function discordStage(fake: FakeDiscord, seats: readonly Seat[]): Stage {
  const found = new Map<number, string>();
  let reaction = reactionMs.usual;

  async function threadOf(seat: Seat): Promise<string | undefined> {
    const known = found.get(seat.at) ?? (await roots(fake, seat))[0];
    if (known !== undefined) found.set(seat.at, known);
    return known;
  }

  return {
    env: discordSettings(fake),
    isConnected: isDiscordConnected,
    async begin(seat, { way, text }) {
      const user = userOf(seat);
      if (way === "command") {
        const isManifest = text.startsWith("```");
        const options: Record<string, string> = isManifest
          ? { text: text.replaceAll(/^```\n?|\n?```$/g, "") }
          : { fleet: text };
        const sub = isManifest ? "check" : "plan";
        return taken(() => fake.command({ user, channel: channelOf(seat), name: "edge", sub, options }));
      }
      if (way === "direct") await fake.say({ user, channel: "dm", content: text });
      else await fake.say({ user, channel: channelOf(seat), content: text, mention: true });
      return (await lookFor(() => threadOf(seat), { timeoutMs: reaction })) !== undefined;
    },
    threadOf,
    say: async (seat, thread, text) => {
      await fake.say({ user: userOf(seat), channel: thread, content: text });
    },
    async press(seat, thread, words) {
      const message = (await fake.messages(thread)).findLast((one) => buttonsOf(one).includes(words));
      if (!message) return false;
      // Somebody else's edit may have taken the button away under the finger.
      return taken(() => fake.click({ user: userOf(seat), message: message.id, customId: words }));
    },
    async read(_, thread) {
      return (await fake.messages(thread)).flatMap((message) => postOf(message) ?? []);
    },
    async pulse() {
      const { activity, unanswered } = await fake.pulse();
      return { activity, underway: unanswered };
    },
    unruly: ({ times: [, most] }) => fake.repeat({ rate: (most - 1) / most, most }),
    disturb: {
      resume: () => fake.kick(),
      cut: () => fake.kick(0),
      reconnect: () => fake.reconnect(),
      forget: () => fake.forget(),
    },
    weathers: Object.fromEntries(
      Object.entries(weathers).map(([name, faults]) => [
        name,
        async (seed: number) => {
          if (faults.some(({ hang }) => hang)) reaction = reactionMs.hanging;
          for (const fault of faults) await fake.fail({ ...fault, seed });
        },
      ]),
    ),
    clearUp: () => {
      reaction = reactionMs.usual;
      return fake.heal();
    },
    deliveries: async () => (await fake.pulse()).delivered,
    complaints: () => complaints(fake, seats),
    close: () => fake.close(),
  };
}

const posts = { method: "POST", path: /channels\/\d+\/messages$/ };
const edits = { method: "PATCH", path: /channels\/\d+\/messages\/\d+$/ };
const threads = { method: "POST", path: /messages\/\d+\/threads$/ };
const answers = { method: "POST", path: /callback$/ };

/** What goes wrong between Discord and a bot. */
const weathers: Record<string, Fault[]> = {
  "stored, then 502": [
    { ...posts, after: true, status: 502, rate: 0.3 },
    { ...threads, after: true, status: 502, rate: 0.5 },
    { ...edits, after: true, status: 502, rate: 0.3 },
  ],
  "stored, then cut": [
    { ...posts, after: true, cut: true, rate: 0.3 },
    { ...threads, after: true, cut: true, rate: 0.5 },
    { ...edits, after: true, cut: true, rate: 0.3 },
  ],
  "503 and cut before anything": [
    { ...posts, status: 503, rate: 0.2 },
    { ...posts, cut: true, rate: 0.2 },
    { ...edits, status: 503, rate: 0.3 },
  ],
  "429 for a channel": [
    { ...posts, retryAfter: 0.3, rate: 0.4 },
    { ...edits, retryAfter: 0.3, rate: 0.4 },
  ],
  "429 for all": [{ retryAfter: 0.3, global: true, rate: 0.1 }],
  "an answer that hangs": [{ ...posts, hang: true, times: 2 }],
  "answers to interactions lost": [{ ...answers, after: true, status: 502, rate: 0.5 }],
  "interactions that expired": [{ ...answers, status: 404, code: 10_062, rate: 0.4 }],
};

/** Where conversations of a seat go on: threads on messages of its channel, and its direct messages. */
async function roots(fake: FakeDiscord, seat: Seat): Promise<string[]> {
  const begun = (await fake.messages(channelOf(seat))).flatMap(({ thread }) => thread?.id ?? []);
  const answered = (await fake.messages(directOf(seat))).find(({ ours }) => ours);
  return [...begun, ...(answered ? [answered.channel_id] : [])];
}

/** Whether the person saw that it was taken: no "did not respond". */
async function taken(act: () => Promise<Interaction>): Promise<boolean> {
  try {
    await (await act()).acked();
    return true;
  } catch {
    return false;
  }
}

/** A second process or a second try finds that these were done: it asked in order to know. */
const expected: readonly (number | undefined)[] = [
  160_004, // there is a thread on that message
  40_060, // that interaction was answered
  10_062, // nobody waits for that answer any more
  10_008, // that status card is gone
];

async function complaints(fake: FakeDiscord, seats: readonly Seat[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { kind, what, code, method, path, errors } of await fake.violations()) {
    // Unanswered interactions fail before people's eyes, and they do it again.
    if (kind === "no-answer" || (kind === "refused" && expected.includes(code))) continue;
    problems.push(`${kind}: ${what} (${code}) ${method} ${path} ${JSON.stringify(errors ?? "")}`);
  }
  for (const ping of await fake.pings()) problems.push(`pinged: ${JSON.stringify(ping)}`);
  for (const { url } of await fake.fetchedLinks()) problems.push(`unfurled: ${url}`);
  for (const { channel, messages } of await fake.doubles())
    problems.push(`${channel}: one message ${messages.length} times`);
  for (const seat of seats) {
    const begun = await roots(fake, seat);
    if (begun.length > 1) problems.push(`${userOf(seat)}: ${begun.length} threads`);
    const aside = (await fake.messages(channelOf(seat))).filter(({ ours, thread }) => ours && !thread);
    for (const { text } of aside) problems.push(`beside the thread of ${userOf(seat)}: ${text}`);
  }
  return problems;
}

const cardFlag = 1 << 15; // IS_COMPONENTS_V2
const starter = 21; // the line in a thread that stands for the message it hangs on
const CLOCK = /^-# <t:\d+:R>$/m;

function postOf(message: SeenMessage): Post | undefined {
  const { type, ephemeralTo, attachments, ours, text, id } = message;
  if (type === starter || ephemeralTo !== undefined) return undefined;
  const buttons = buttonsOf(message);
  // Those of a card stand below all that follows once more: there they are waited for.
  const isCard = ((message.flags ?? 0) & cardFlag) !== 0;
  return {
    id,
    by: ours ? "bot" : "person",
    text: isCard ? `${text}\n[${buttons.join("] [")}]` : text,
    buttons: isCard ? [] : buttons,
    files: attachments.map(({ filename, size }) => `${filename} ${size}`),
    ...(ours && CLOCK.test(text) && { isProgress: true }),
  };
}

function buttonsOf({ components = [], ours }: SeenMessage): string[] {
  if (!ours) return [];
  return [...walk(components as unknown as Loose[])].flatMap(({ type, label, disabled }) =>
    type === 2 && typeof label === "string" && !disabled ? [label] : [],
  );
}
