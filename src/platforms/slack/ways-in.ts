import type { Block } from "#model/block.ts";
import type { Bot } from "#model/platform.ts";
import { languages } from "#model/text.ts";
import { shutOut, tellAside, type Whisper, whispered } from "./aside.ts";
import { type Aside, type Desk, languageFor, sayTo } from "./desk.ts";
import { remoteFiles } from "./download.ts";
import { draw } from "./draw.ts";
import { clip } from "./escape.ts";
import { publishHome } from "./home.ts";
import type { Intake, Taken } from "./intake.ts";
import { slackLimits } from "./limits.ts";
import { listBlocks, plansOf } from "./lists.ts";
import { type Carried, openCheck, openForm } from "./modal.ts";
import type { Command, Shortcut } from "./payloads.ts";
import { refusalOf } from "./people.ts";
import type { Place } from "./places.ts";
import { wordsFrom } from "./read.ts";
import { freshId } from "./route.ts";
import { shortcuts } from "./shortcuts.ts";

/** Where people begin without a message of theirs: `/edge`, shortcuts, the direct messages they open. */
export type Counter = { desk: Desk; intake: Intake };

const knownWithinMs = 900; // who somebody is; a command has three seconds for everything
const respondMs = 29 * 60_000; // a response address lives half an hour

/** What follows `/edge`, when it is one of these words; anything else is about a fleet. */
const words = ["help", "list", "form", "check", "stop"] as const;
type Word = (typeof words)[number];

const spoken = new WeakMap<Bot, [Word, phrase: string][]>();

/** What each word is called in any language, the longest first; remembered, since every command asks for them. */
function phrasesOf(bot: Bot): [Word, phrase: string][] {
  const known = spoken.get(bot);
  if (known) return known;
  const all = words.flatMap((word) => {
    const phrases = languages.flatMap((language) => bot.say(language)(`slack.words.${word}`).split("\n"));
    return phrases.sort((a, b) => b.length - a.length).map((phrase): [Word, string] => [word, phrase]);
  });
  spoken.set(bot, all);
  return all;
}

function wordOf(desk: Desk, text: string): { word: Word | undefined; rest: string } {
  const lower = text.toLowerCase();
  for (const [word, phrase] of phrasesOf(desk.bot)) {
    if (!lower.startsWith(phrase)) continue;
    const rest = text.slice(phrase.length);
    const takesMore = word === "form" || word === "check";
    const ends = rest.trim() === "" || (takesMore && /^[\s:：]/.test(rest));
    if (ends) return { word, rest: rest.replace(/^[\s:：]+/, "") };
  }
  return { word: undefined, rest: text };
}

/** A slash command; what is returned is shown to the person alone. */
export async function command({ desk, intake }: Counter, body: Command): Promise<Whisper | undefined> {
  const { user_id: user, channel_id: channel, trigger_id: trigger, response_url } = body;
  const isDirect = channel.startsWith("D");
  const aside: Aside = { user, channel, respond: response_url };
  const [refused, isMember] = await Promise.all([
    turnedAway(desk, { user, channel, isDirect }),
    // Where that is known already nobody needs a timer; hundreds of them would be waiting under load.
    isDirect || desk.membership.isKnown(channel) || soon(desk, desk.membership.isMember(channel)),
  ]);
  if (refused) return refused;
  const { word, rest } = wordOf(desk, wordsFrom(body.text, desk.me.user));
  const place: Place = {
    ...{ team: desk.team, channel, own: true, user, isDirect },
    respond: { url: response_url, until: desk.clock.now() + respondMs },
  };
  switch (word) {
    case "help":
      return helpFor(desk, user);
    case "list":
      return listFor(desk, user);
    case "stop":
      return stopFor(desk, intake, { user, channel, isDirect, id: trigger });
    case "form":
      await openForm(desk, { trigger, aside, carried: { place, ...(rest && { text: rest }) } });
      return undefined;
    case "check":
      if (rest === "") {
        await openCheck(desk, { trigger, aside, carried: { place } });
        return undefined;
      }
  }
  if (isMember === false) return shutOut(await sayTo(desk, user), { bot: desk.me.name, channel });
  const arrival = begun(desk, { id: `command:${trigger}`, trigger, place, aside });
  const text = word === "check" ? fenced(rest) : rest;
  const taken = await intake.take(
    { ...arrival, event: { ...arrival.event, kind: "said", text } },
    { tell: false, keep: true },
  );
  const say = await sayTo(desk, user);
  return taken.kind === "refused"
    ? whispered(say(`slack.refused.${taken.reason}`))
    : whispered(say("slack.started"));
}

/** The direct messages with somebody, where what has no channel of its own takes place. */
export const inDirect = ({ team, places }: Desk, user: string): Place => ({
  ...{ team, channel: places.directWith(user), own: true, user, isDirect: true },
});

/** YAML as the journey knows it: between fences. */
export const fenced = (yaml: string): string => (yaml.includes("```") ? yaml : `\`\`\`yaml\n${yaml}\n\`\`\``);

/** A conversation that begins here and now. */
export function begun(
  desk: Desk,
  { id, trigger, place, aside }: { id: string; trigger: string; place: Place; aside: Aside },
) {
  const { channel, isDirect = false } = place;
  return {
    event: { id, conversation: freshId(desk.team, channel, trigger), at: desk.clock.now() },
    aside,
    channel,
    isDirect,
    place,
  };
}

/** What is known by then; a command cannot wait longer. */
function soon<T>(desk: Desk, known: Promise<T>): Promise<T | undefined> {
  return Promise.race([known, desk.clock.sleep(knownWithinMs).then(() => undefined)]);
}

/** Why somebody may not, as far as that is known at once; the intake looks again before anything is done. */
export async function turnedAway(
  desk: Desk,
  { user, channel, isDirect }: { user: string; channel: string; isDirect: boolean },
): Promise<Whisper | undefined> {
  const person =
    desk.people.cached(user) ??
    (await soon(
      desk,
      desk.people.get(user).catch(() => undefined),
    ));
  const reason = person && refusalOf(person, { policy: desk.policy, team: desk.team, channel, isDirect });
  return reason && whispered((await sayTo(desk, user))(`slack.refused.${reason}`));
}

async function helpFor(desk: Desk, user: string): Promise<Whisper> {
  const language = await languageFor(desk, user);
  const say = desk.bot.say(language);
  const blocks: Block[] = [
    { kind: "heading", level: 3, text: say("slack.help.heading") },
    { kind: "list", items: say("slack.help.items").split("\n") },
    { kind: "paragraph", text: say("slack.help.elsewhere") },
    ...desk.bot.help(language),
  ];
  return draw(blocks, { say, style: "full" });
}

async function listFor(desk: Desk, user: string): Promise<Whisper> {
  const language = await languageFor(desk, user);
  const say = desk.bot.say(language);
  const plans = await plansOf(desk, user, language);
  const blocks = listBlocks(plans, say);
  const told = plans.length === 0 ? say("slack.list.none") : plans.map(({ title }) => title).join("\n");
  return { ...whispered(clip(told, slackLimits.textCharacters / 2)), blocks };
}

/** Slash commands do not work in threads: the newest work of the person is meant. */
async function stopFor(
  desk: Desk,
  intake: Intake,
  { user, channel, isDirect, id }: { user: string; channel: string; isDirect: boolean; id: string },
): Promise<Whisper> {
  const language = await languageFor(desk, user);
  const say = desk.bot.say(language);
  const plans = await plansOf(desk, user, language);
  const running = plans.find(({ phase }) => phase === "working");
  if (!running) return whispered(say("slack.list.nothingRuns"));
  const { conversation, title } = running;
  const event = {
    id: `command:${id}`,
    conversation,
    at: desk.clock.now(),
    kind: "pressed" as const,
    action: "stop",
  };
  await intake.take({ event, aside: { user, channel }, channel, isDirect });
  return whispered(say("slack.list.stopped", { title }));
}

// --- shortcuts -------------------------------------------------------------------------------------------------------

/** A shortcut: of a message, or from anywhere. */
export async function shortcut({ desk, intake }: Counter, body: Shortcut): Promise<Taken | undefined> {
  const { user, trigger_id: trigger, callback_id, message, channel, response_url } = body;
  if (!message || !channel) {
    const place = inDirect(desk, user.id);
    const away = await turnedAway(desk, { user: user.id, channel: user.id, isDirect: true });
    if (away) desk.later(() => tellAside(desk, { user: user.id }, away));
    else await openForm(desk, { trigger, aside: { user: user.id }, carried: { place } });
    return undefined;
  }
  const aside: Aside = {
    ...{ user: user.id, channel: channel.id },
    ...(response_url && { respond: response_url }),
  };
  const isDirect = channel.id.startsWith("D");
  const refused = await turnedAway(desk, { user: user.id, channel: channel.id, isDirect });
  if (refused) {
    desk.later(() => tellAside(desk, aside, refused));
    return undefined;
  }
  const root = message.thread_ts ?? message.ts;
  const known = await desk.places.at(desk.team, channel.id, root);
  const hasOthers = message.thread_ts !== undefined || (message.reply_count ?? 0) > 0;
  const place: Place = {
    ...{
      team: desk.team,
      channel: channel.id,
      thread: root,
      own: !hasOthers || isDirect,
      user: user.id,
      isDirect,
    },
    ...(response_url && { respond: { url: response_url, until: desk.clock.now() + respondMs } }),
  };
  const text = wordsFrom(message.text, desk.me.user);
  const conversation = known ?? `slack:${desk.team}:${channel.id}:${root}`;
  if (callback_id === shortcuts.check) {
    const files = remoteFiles(message.files);
    return intake.take({
      event: {
        id: `shortcut:${trigger}`,
        conversation,
        at: desk.clock.now(),
        kind: "said",
        text: checkable(text, files),
      },
      ...{ aside, channel: channel.id, isDirect, place },
      ...(files.length > 0 && { files }),
    });
  }
  const carried: Carried = { conversation, place, ...(text !== "" && { text }) };
  await openForm(desk, { trigger, aside, carried });
  return undefined;
}

/** Text that is to be checked is YAML, unless fences or files say what is. */
function checkable(text: string, files: readonly unknown[]): string {
  return text === "" || (files.length > 0 && !text.includes("```")) ? "" : fenced(text);
}

// --- the agent's own tabs --------------------------------------------------------------------------------------------

const prompts = ["retail", "trucks", "plants", "quick"] as const;

/** Whoever opens our direct messages is shown what could be asked; whoever opens the home sees it fresh. */
export async function opened(
  { desk }: Counter,
  { user, channel, tab }: { user: string; channel: string; tab: "home" | "messages" },
): Promise<void> {
  desk.places.met(user, channel);
  if (tab === "home") return publishHome(desk, user);
  await desk.people.get(user);
  const say = await sayTo(desk, user);
  const args = {
    channel_id: channel,
    title: say("slack.prompts.title"),
    prompts: prompts.map((name) => ({
      title: say(`slack.prompts.${name}.title`),
      message: say(`slack.prompts.${name}.message`),
    })),
  };
  await desk.client.call("assistant.threads.setSuggestedPrompts", args, { repeatable: true });
}
