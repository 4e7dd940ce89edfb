import { tellAside, type Whisper, whispered } from "./aside.ts";
import { type Arrival, sayTo } from "./desk.ts";
import { createOnce } from "./once.ts";
import type { Message } from "./payloads.ts";
import { type Counter, listFor, stopFor, turnedAway } from "./ways-in.ts";
import { isFenced, isYaml, pasted, type Said, wordOf } from "./words.ts";

const mostAnswered = 2_000;

/** `list`, `stop` and `check` mean the same in a message that begins something as they do after `/edge`. */
export function createAsked({ desk, intake }: Counter) {
  // A mention comes as a message, too, and both may come again.
  const once = createOnce<boolean>(mostAnswered);

  /** Tells the person alone what they asked for; says whether that was all. */
  async function isAnswered(arrival: Arrival, said: Said): Promise<boolean> {
    const { aside, channel, isDirect } = arrival;
    // Who may not is told so by the intake.
    if (await turnedAway(desk, { user: aside.user, channel, isDirect })) return false;
    const words = await answerTo(arrival, said);
    if (words) desk.later(() => tellAside(desk, aside, words));
    return words !== undefined;
  }

  async function answerTo(
    { event: { id }, aside: { user }, channel, isDirect, place }: Arrival,
    { word, rest }: Said,
  ): Promise<Whisper | undefined> {
    if (word === "list") return listFor(desk, user);
    if (word === "check" && rest === "") return whispered((await sayTo(desk, user))("slack.noYaml"));
    if (word === "stop" && place) return stopFor(desk, intake, { user, channel, isDirect, id });
    return undefined;
  }

  /** The arrival as it is meant; undefined where it was answered. */
  return async (arrival: Arrival, message: Message): Promise<Arrival | undefined> => {
    const { event, place, files = [] } = arrival;
    if (event.kind !== "said") return arrival;
    const said = wordOf(desk.bot, event.text);
    const { word, rest } = said;
    if (word === "check" && (files.length > 0 || isYaml(rest))) {
      const attachments = files.length > 0 && !isFenced(rest) ? [] : pasted(rest);
      return { ...arrival, event: { ...event, text: "", attachments } };
    }
    // Within a thread of ours words mean what they mean there.
    const isInside = place === undefined && message.thread_ts !== undefined;
    if (word === undefined || isInside || files.length > 0) return arrival;
    return (await once(event.id, () => isAnswered(arrival, said))) ? undefined : arrival;
  };
}
export type Asked = ReturnType<typeof createAsked>;
