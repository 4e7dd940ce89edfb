import type { Keeper } from "./bot.ts";
import type { Act, Post, Seat, Sign, Stage, Story } from "./types.ts";
import { lookFor, still } from "./wait.ts";

/** A story as it went; `stuck` says what never came. */
export type Performance = { story: Story; seat: Seat; thread?: string; acts: number; stuck?: string };

export type Playing = {
  stage: Stage;
  bot: Pick<Keeper, "up" | "isUp">;
  /** The longest anybody waits for a sign. */
  patienceMs?: number;
};

/** After a failure people look whether it went through after all, before they do it again. */
const quietMs = 1_200;
const mostTries = 12;

/** Plays a story to its end, whatever happens to the bot meanwhile. */
export async function perform(
  story: Story,
  seat: Seat,
  { stage, bot, patienceMs = 90_000 }: Playing,
): Promise<Performance> {
  let acts = 0;
  const fill = (text: string) => text.replaceAll("{name}", story.name);
  const ended = (thread: string | undefined, stuck?: string): Performance => ({
    ...{ story, seat, acts },
    ...(thread !== undefined && { thread }),
    ...(stuck !== undefined && { stuck }),
  });

  const thread = await open();
  if (thread === undefined) return ended(undefined, "no thread began");
  if (!(await seen(thread, story.until)))
    return ended(thread, `after the opening: ${signWords(story.until)}`);
  for (const act of story.acts) {
    const why = "say" in act ? await spoken(thread, act) : await pressed(thread, act);
    if (why !== undefined) return ended(thread, why);
  }
  return ended(thread);

  async function open(): Promise<string | undefined> {
    for (let n = 0; n < mostTries; n++) {
      acts++;
      const taken = await stage.begin(seat, { way: story.way, text: fill(story.opening) });
      const look = () => stage.threadOf(seat);
      if (taken) return lookFor(look, { timeoutMs: patienceMs });
      await calm();
      const there = await look();
      if (there !== undefined) return there;
    }
    return undefined;
  }

  async function spoken(thread: string, act: Act & { say: string }): Promise<string | undefined> {
    acts++;
    await stage.say(seat, thread, fill(act.say));
    return (await seen(thread, act.until)) ? undefined : `after “${act.say}”: ${signWords(act.until)}`;
  }

  async function pressed(thread: string, act: Act & { press: string }): Promise<string | undefined> {
    for (let n = 0; n < mostTries; n++) {
      if (!(await seen(thread, { button: act.press }))) return `no button “${act.press}”`;
      acts++;
      if (await stage.press(seat, thread, act.press)) break;
      await calm();
      // It went through, and only the answer to the press was lost.
      if (!holds(await stage.read(seat, thread), { button: act.press })) break;
      if (await stepped(thread, act)) break;
    }
    return (await seen(thread, act.until)) ? undefined : `after [${act.press}]: ${signWords(act.until)}`;
  }

  /** Whether the act's sign is there already. */
  async function stepped(thread: string, { until }: Act): Promise<boolean> {
    return holds(await stage.read(seat, thread), filled(until));
  }

  /** The bot can be reached, and has done what it had to do. */
  async function calm(): Promise<void> {
    for (;;) {
      await bot.up();
      if ((await still(stage, { quietMs })) && bot.isUp()) return;
    }
  }

  async function seen(thread: string, sign: Sign): Promise<boolean> {
    const wanted = filled(sign);
    const look = async () => holds(await stage.read(seat, thread), wanted);
    return (await lookFor(look, { timeoutMs: patienceMs })) ?? false;
  }

  function filled({ text, ...rest }: Sign): Sign {
    return { ...rest, ...(text !== undefined && { text: fill(text) }) };
  }
}

/** Whether a sign is to be seen. */
export function holds(posts: readonly Post[], { text, button, file }: Sign): boolean {
  const own = posts.filter(({ by }) => by === "bot");
  return (
    (text === undefined || own.some((post) => post.text.includes(text))) &&
    (button === undefined || own.some(({ buttons }) => buttons.includes(button))) &&
    (file === undefined || own.some(({ files }) => files.some((name) => name.startsWith(file))))
  );
}

function signWords({ text, button, file }: Sign): string {
  return [text && `“${text}”`, button && `[${button}]`, file && `file ${file}`].filter(Boolean).join(" and ");
}
