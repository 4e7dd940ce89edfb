import type { Block } from "#model/block.ts";
import { shutOut, tellAside, type Whisper, whispered } from "./aside.ts";
import { type Aside, type Desk, languageFor, sayTo } from "./desk.ts";
import { remoteFiles } from "./download.ts";
import { draw } from "./draw.ts";
import { isUnsupported } from "./errors.ts";
import { clip } from "./escape.ts";
import { publishHome } from "./home.ts";
import type { Intake, Taken } from "./intake.ts";
import { slackLimits } from "./limits.ts";
import { listBlocks, plansOf } from "./lists.ts";
import { type Carried, openCheck, openForm } from "./modal.ts";
import type { Command, Shortcut } from "./payloads.ts";
import { refusalOf } from "./people.ts";
import type { Place } from "./places.ts";
import { whole, wordsFrom } from "./read.ts";
import { freshId } from "./route.ts";
import { shortcuts } from "./shortcuts.ts";
import { isFenced, pasted, wordOf } from "./words.ts";

/** Where people begin without a message of theirs: `/edge`, shortcuts, the direct messages they open. */
export type Counter = { desk: Desk; intake: Intake };

const knownWithinMs = 900; // who somebody is; a command has three seconds for everything
const respondMs = 29 * 60_000; // a response address lives half an hour

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
  const { word, rest } = wordOf(desk.bot, wordsFrom(body.text, desk.me.user));
  switch (word) {
    case "help":
      return helpFor(desk, user);
    case "list":
      return listFor(desk, user);
    case "stop":
      return stopFor(desk, intake, { user, channel, isDirect, id: trigger });
  }
  // Said before a form is filled in, not after.
  const isOutside = isMember === false;
  if (isOutside && !isGroup(body.channel_name))
    return shutOut(await sayTo(desk, user), { bot: desk.me.name, channel });
  const place: Place = {
    ...(isOutside ? inDirect(desk, user) : { team: desk.team, channel, own: true, user, isDirect }),
    respond: { url: response_url, until: desk.clock.now() + respondMs },
  };
  if (word === "check" && rest === "") {
    await openCheck(desk, { trigger, aside, carried: { place } });
    return undefined;
  }
  if (word === "form" || rest === "") {
    await openForm(desk, { trigger, aside, carried: { place, ...(rest && { text: rest }) } });
    return undefined;
  }
  const arrival = begun(desk, { id: `command:${trigger}`, trigger, place, aside });
  const meant = word === "check" ? { text: "", attachments: pasted(rest) } : { text: rest };
  const taken = await intake.take(
    { ...arrival, event: { ...arrival.event, kind: "said", ...meant } },
    { tell: false, keep: true },
  );
  const say = await sayTo(desk, user);
  if (taken.kind === "refused") return whispered(say(`slack.refused.${taken.reason}`));
  return whispered(say(isOutside ? "slack.startedDirect" : "slack.started"));
}

/** Direct messages of several people; only its name tells. */
const isGroup = (name = ""): boolean => name.startsWith("mpdm-");

/** The direct messages with somebody, where what has no channel of its own takes place. */
export const inDirect = ({ team, places }: Desk, user: string): Place => ({
  ...{ team, channel: places.directWith(user), own: true, user, isDirect: true },
});

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

/** A person's plans, for their eyes only. */
export async function listFor(desk: Desk, user: string): Promise<Whisper> {
  const language = await languageFor(desk, user);
  const say = desk.bot.say(language);
  const plans = await plansOf(desk, user, language);
  const blocks = listBlocks(plans, say);
  const told = plans.length === 0 ? say("slack.list.none") : plans.map(({ title }) => title).join("\n");
  return { ...whispered(clip(told, slackLimits.textCharacters / 2)), blocks };
}

/** Slash commands do not work in threads: the newest work of the person is meant. */
export async function stopFor(
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
  const [refused, isMember] = await Promise.all([
    turnedAway(desk, { user: user.id, channel: channel.id, isDirect }),
    isDirect || soon(desk, desk.membership.isMember(channel.id)),
  ]);
  const isOutside = isMember === false;
  if (refused || (isOutside && !isGroup(channel.name))) {
    const out = async () => shutOut(await sayTo(desk, user.id), { bot: desk.me.name, channel: channel.id });
    desk.later(async () => tellAside(desk, aside, refused ?? (await out())));
    return undefined;
  }
  const root = message.thread_ts ?? message.ts;
  const known = await desk.places.at(desk.team, channel.id, root);
  const hasOthers = message.thread_ts !== undefined || (message.reply_count ?? 0) > 0;
  const place: Place = {
    ...(isOutside ? inDirect(desk, user.id) : { team: desk.team, channel: channel.id, thread: root }),
    ...{ own: !hasOthers || isDirect || isOutside, user: user.id, isDirect: isDirect || isOutside },
    ...(response_url && { respond: { url: response_url, until: desk.clock.now() + respondMs } }),
  };
  const written = whole(message);
  const text = wordsFrom(written.text, desk.me.user);
  const conversation = known ?? `slack:${desk.team}:${channel.id}:${root}`;
  if (callback_id === shortcuts.check) {
    const files = remoteFiles(written.files);
    const attachments = files.length > 0 && !isFenced(text) ? [] : pasted(text);
    if (files.length === 0 && attachments.length === 0) {
      desk.later(async () => tellAside(desk, aside, whispered((await sayTo(desk, user.id))("slack.noYaml"))));
      return undefined;
    }
    return intake.take({
      event: {
        id: `shortcut:${trigger}`,
        conversation,
        at: desk.clock.now(),
        ...{ kind: "said", text: "", attachments },
      },
      ...{ aside, channel: channel.id, isDirect, place },
      ...(files.length > 0 && { files }),
    });
  }
  // What we wrote ourselves says nothing new.
  const isSaid = text !== "" && message.user !== desk.me.user;
  const carried: Carried = { conversation, place, ...(isSaid && { text }) };
  await openForm(desk, { trigger, aside, carried });
  return undefined;
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
  const person = await desk.people.get(user);
  if (refusalOf(person, { policy: desk.policy, team: desk.team, channel, isDirect: true })) return;
  const say = await sayTo(desk, user);
  const args = {
    channel_id: channel,
    title: say("slack.prompts.title"),
    prompts: prompts.map((name) => ({
      title: say(`slack.prompts.${name}.title`),
      message: say(`slack.prompts.${name}.message`),
    })),
  };
  await desk.client
    .call("assistant.threads.setSuggestedPrompts", args, { repeatable: true })
    .catch((error: unknown) => {
      if (!isUnsupported(error)) throw error;
    });
}
