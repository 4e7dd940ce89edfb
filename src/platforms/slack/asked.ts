import { tellAside, type Whisper, whispered } from "./aside.ts";
import { type Arrival, sayTo } from "./desk.ts";
import type { Message } from "./payloads.ts";
import { type Counter, listFor, stopFor, turnedAway } from "./ways-in.ts";
import { isFenced, isYaml, pasted, wordOf } from "./words.ts";

const mostAnswered = 2_000;

/** `list`, `stop` and `check` mean the same in a message that begins something as they do after `/edge`. */
export function createAsked({ desk, intake }: Counter) {
  // A mention comes as a message, too, and both may come again.
  const answered = new Set<string>();

  async function answerTo(arrival: Arrival, message: Message): Promise<Whisper | undefined> {
    const { event, aside, channel, isDirect, place } = arrival;
    if (event.kind !== "said") return undefined;
    const { user } = aside;
    const { word, rest } = wordOf(desk.bot, event.text);
    const isBeside = place !== undefined || message.thread_ts === undefined;
    if (!isBeside) return undefined;
    if (word === "list") return listFor(desk, user);
    if (word === "check" && rest === "") return whispered((await sayTo(desk, user))("slack.noYaml"));
    if (word === "stop" && place !== undefined)
      return stopFor(desk, intake, { user, channel, isDirect, id: event.id });
    return undefined;
  }

  /** The arrival as it is meant; undefined where it was answered, for the person alone. */
  return async (arrival: Arrival, message: Message): Promise<Arrival | undefined> => {
    const { event, aside, channel, isDirect, files = [] } = arrival;
    if (event.kind !== "said") return arrival;
    if (answered.has(event.id)) return undefined;
    const { word, rest } = wordOf(desk.bot, event.text);
    if (word === "check" && (files.length > 0 || isYaml(rest))) {
      const attachments = files.length > 0 && !isFenced(rest) ? [] : pasted(rest);
      return { ...arrival, event: { ...event, text: "", attachments } };
    }
    if (word === undefined || files.length > 0) return arrival;
    // Who may not is told so by the intake.
    if (await turnedAway(desk, { user: aside.user, channel, isDirect })) return arrival;
    const words = await answerTo(arrival, message);
    if (words === undefined) return arrival;
    if (answered.has(event.id)) return undefined;
    answered.add(event.id);
    if (answered.size > mostAnswered) answered.delete(answered.values().next().value!);
    desk.later(() => tellAside(desk, aside, words));
    return undefined;
  };
}
export type Asked = ReturnType<typeof createAsked>;
