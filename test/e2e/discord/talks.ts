import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import { startTalk, type Talk } from "../../fakes/discord/talk.ts";
import type { FakeDiscord, Say as Saying, SeenInteraction } from "../../fakes/discord.ts";
import { faulty, type Words, words } from "./words.ts";

const speech = createSpeech();
const locales: Record<Language, string> = { en: "en-US", de: "de", es: "es-ES", zh: "zh-CN" };

export type Part = { fake: FakeDiscord; talk: Talk; language: Language; say: Say; own: Words };

/** A talk in one language, on a server of that language. */
export async function talkIn(language: Language, fake: FakeDiscord): Promise<Part> {
  const own = words[language];
  await fake.app({ guildLocale: locales[language] });
  await fake.person({ name: own.user, locale: locales[language] });
  const talk = startTalk(fake, { user: own.user });
  return { fake, talk, language, say: speech(language), own };
}

/** From a mention to the card: every question is answered with the first button it offers. */
export async function interview(part: Part): Promise<string> {
  const { talk, own } = part;
  talk.goTo("general");
  const thread = await talk.call(own.fleet);
  await toCard(part);
  return thread;
}

/** Answers one question after the other with its first button, until the card is there. */
export async function toCard({ talk, say }: Part, by?: (count: number) => Promise<unknown>): Promise<void> {
  const generate = say("button.generate");
  for (let count = 1; ; count++) {
    const { message, isCard } = await talk.find(async () => {
      const last = (await talk.posts()).at(-1);
      if (!last) return undefined;
      const ids = talk.idsOf(last);
      const isCard = ids.some((id) => /^generate\b/.test(id));
      return isCard || ids.some((id) => /^(answer|skip)\b/.test(id)) ? { message: last, isCard } : undefined;
    }, `a question or [${generate}]`);
    await talk.record();
    if (isCard) return;
    if (by) await by(count);
    else await talk.press(talk.idsOf(message)[0]!);
    await talk.gone(message.id);
  }
}

/** Has the plan made, and waits for its last message. */
export async function generate({ talk, say }: Part, revision = 1): Promise<void> {
  await talk.press(say(revision === 1 ? "button.generate" : "button.makeRevision", { revision }));
  await talk.until({ file: `fleet-r${revision}.zip` });
  // The card comes first; the same buttons stand below everything once more.
  await talk.find(
    async () => (((await talk.posts()).at(-1)?.flags ?? 0) & cardFlag ? undefined : endsWith()),
    "the end",
  );
  await talk.record();

  async function endsWith(): Promise<true | undefined> {
    const last = (await talk.posts()).at(-1);
    return last && talk.labelsOf(last).includes(say("button.zip")) ? true : undefined;
  }
}

const cardFlag = 1 << 15; // IS_COMPONENTS_V2

/** The whole way: plan, files, zip, a change with its difference, back again, and a question. */
export async function whole(part: Part): Promise<string> {
  const { talk, say, own } = part;
  const thread = await interview(part);
  await generate(part);
  await talk.say(own.change);
  await talk.until({ button: say("button.revert", { revision: 1 }) });
  await talk.record();
  await talk.press(say("button.revert", { revision: 1 }));
  await talk.until({ text: say("revision.inForce", { revision: 1 }) });
  await talk.record();
  await ask(part, own.question);
  await ask(part, `\`\`\`yaml\n${faulty}\n\`\`\``);
  await ask(part, own.thanks);
  return thread;
}

/**
 * The same where messages that do not mention the bot cannot be read: what is said without a mention is answered with a
 * button, a change is written into a field, a question is asked as an answer to one of the bot's messages.
 */
export async function unread(part: Part): Promise<string> {
  const { talk, say, own } = part;
  const thread = await interview(part);
  await generate(part);
  await talk.say(own.thanks);
  const hint = await talk.until({ text: say("discord.unread") });
  await talk.record();
  const field = await talk.press(talk.idsOf(hint)[0]!);
  await talk.submit(field, { text: own.change });
  await talk.until({ button: say("button.revert", { revision: 1 }) });
  await talk.record();
  const last = (await talk.posts()).at(-1)!;
  await ask(part, own.question, { replyTo: last.id });
  await ask(part, own.thanks, { mention: true });
  return thread;
}

/** Says something, and waits for what is answered. */
export async function ask({ talk }: Part, text: string, more: Partial<Saying> = {}): Promise<void> {
  const before = (await talk.posts()).length;
  await talk.say(text, more);
  await talk.find(async () => (await talk.posts())[before], "an answer");
  await talk.record();
}

/** By `/edge plan` and its form, page by page, up to the card. */
export async function byForm(part: Part): Promise<string> {
  const { talk, own } = part;
  talk.goTo("general");
  const opened = await talk.command("plan");
  const fields = { scenario: own.title, sites: "60", memoryMiB: "4096" };
  const known = fieldsOf(opened);
  await talk.submit(
    opened,
    Object.fromEntries(Object.entries(fields).filter(([name]) => known.includes(name))),
  );
  await talk.enterNewest();
  await talk.record();
  return talk.at();
}

function fieldsOf({ modal }: SeenInteraction): string[] {
  return (modal?.components ?? []).flatMap((one) =>
    "component" in one && "custom_id" in one.component ? [one.component.custom_id] : [],
  );
}

/** By a command on what a colleague wrote: the plan is begun from it. */
export async function fromMessage(part: Part): Promise<string> {
  const { fake, talk, own } = part;
  talk.goTo("ops");
  talk.act(own.colleague, "Max");
  const message = await fake.say({ user: "Max", channel: "ops", content: own.colleague });
  await talk.onMessage("Plan from this message", message);
  await talk.enterNewest();
  await toCard(part);
  return talk.at();
}

/** By a command on YAML somebody posted. */
export async function checkMessage({ fake, talk }: Part): Promise<void> {
  talk.goTo("ops");
  const content = `\`\`\`yaml\n${faulty}\n\`\`\``;
  talk.act(content, "Max");
  const message = await fake.say({ user: "Max", channel: "ops", content });
  await talk.onMessage("Check this YAML", message);
  await talk.enterNewest();
  await talk.until({ text: "IMG-01" });
  await talk.record();
}

/** In direct messages, ended with a word. */
export async function inDirect(part: Part): Promise<void> {
  const { talk, own } = part;
  talk.goTo("dm");
  await ask(part, own.direct);
  await toCard(part);
  await ask(part, own.stop);
}

/** In a forum post that calls the bot. */
export async function inForum(part: Part): Promise<void> {
  const { talk, own } = part;
  talk.goTo("ideas");
  const post = await talk.say(own.post, { title: own.title, mention: true });
  talk.goTo(post);
  await toCard(part);
}

/** A short recommendation, corrected before it is made. */
export async function quickly(part: Part): Promise<void> {
  const { talk, say, own } = part;
  talk.goTo("ops");
  await talk.call(own.quick);
  await toCard(part);
  await ask(part, own.correction);
  await talk.press(say("button.generate"));
  await talk.until({ text: say("plan.basicTitle", { revision: 1 }) });
  await talk.record();
}

/** Lists, help, and a form to check. */
export async function aside({ talk }: Part): Promise<void> {
  talk.goTo("general");
  await talk.command("help");
  await talk.record();
  await talk.command("list");
  await talk.record();
  const form = await talk.command("check");
  await talk.submit(form, { text: faulty });
  await talk.enterNewest();
  await talk.until({ text: "IMG-01" });
  await talk.record();
}
