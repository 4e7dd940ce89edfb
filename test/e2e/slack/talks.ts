import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import { startTalk, type Talk } from "../../fakes/slack/talk.ts";
import type { FakeSlack } from "../../fakes/slack.ts";
import { faulty, words } from "./words.ts";

const speech = createSpeech();

/** Names of the people in the fake workspace. */
const names = {
  U0ANNA: "Anna",
  U0BEN: "Ben",
  U0CARLA: "Carla",
  U0MEI: "Mei",
  U0GUEST: "Guest",
  U0OTHER: "Stranger",
};

/** A talk in one language, and what the bot's buttons are called there. */
export function talkIn(language: Language, fake: FakeSlack): { talk: Talk; say: Say } {
  const { user } = words[language];
  const talk = startTalk(fake, { user, names, channels: ["C0EDGE", "C0OPS", "C0NOBOT"] });
  return { talk, say: speech(language) };
}

export type Part = { fake: FakeSlack; talk: Talk; language: Language; say: Say };

/** From `/edge` to the card, with one question answered by button and one by word. */
export async function interview({ talk, language, say }: Part): Promise<string> {
  talk.goTo("C0EDGE");
  await talk.command(words[language].fleet);
  const root = await talk.enterThread();
  await talk.record();
  await talk.answer("answer:exposure");
  await talk.asked("answer:storage");
  await talk.record();
  await talk.say(words[language].storage);
  await talk.until({ button: say("button.generate") });
  await talk.record();
  return root.ts;
}

/** The whole way: plan, files, zip, a change with its difference, back again, and a question. */
export async function whole(part: Part): Promise<string> {
  const { talk, language, say } = part;
  const root = await interview(part);
  await talk.press(say("button.generate"));
  await talk.until({ button: say("button.zip") });
  await talk.record();
  await talk.say(words[language].change);
  await talk.until({ button: say("button.revert", { revision: 1 }) });
  await talk.record();
  await talk.press(say("button.revert", { revision: 1 }));
  await talk.until({ text: say("revision.inForce", { revision: 1 }) });
  await talk.record();
  const before = (await talk.posts()).length;
  await talk.say(words[language].question);
  await grown(part, before);
  await talk.record();
  await talk.say(`\`\`\`\n${faulty}\n\`\`\``);
  await talk.until({ text: "IMG-01" });
  await talk.record();
  return root;
}

/** Begun by mention: a short recommendation, corrected before it is made, and nobody is named again. */
export async function byMention({ fake, talk, language, say }: Part): Promise<void> {
  talk.goTo("C0OPS");
  await talk.say(`<@${fake.bot.user_id}> ${words[language].quick}`);
  await talk.either(say("button.generate"));
  await talk.record();
  await talk.say(words[language].correction);
  await talk.until({ text: "8 GB" });
  await talk.record();
  // Each language's prompt has its own list of what has to be known.
  while ((await talk.either(say("button.generate"))) === "question") {
    await talk.say(words[language].rest.shift() ?? say("words.skip").split("\n")[0]!);
    await talk.record();
  }
  await talk.press(say("button.generate"));
  await talk.until({ text: say("plan.basicTitle", { revision: 1 }) });
  await talk.record();
}

/** Begun in the direct messages, where nothing has to name the bot; ended with a word. */
export async function byDirectMessage({ fake, talk, language, say }: Part): Promise<void> {
  const { user, direct, stop } = words[language];
  talk.goTo(`D${user.slice(1)}`);
  await fake.openHome(user, "messages");
  const [shown] = await fake.waitFor(async () => {
    const all = await fake.prompts();
    return all.length > 0 && all;
  });
  const titles = shown!.prompts.map(({ title }) => `[${title}]`).join(" ");
  talk.act(`opens the direct messages, and is offered ${titles}`);
  await talk.say(direct);
  await talk.asked("answer:");
  await talk.record();
  await talk.say(stop);
  await talk.until({ button: say("button.continue") });
  await talk.record();
}

/** Begun with a message of a colleague: the form holds what it says, and more is filled in. */
export async function byShortcut({ fake, talk, language, say }: Part): Promise<void> {
  const { wish, user } = words[language];
  const colleague = user === "U0BEN" ? "U0ANNA" : "U0BEN";
  talk.act(wish, colleague);
  const message = await fake.say({ user: colleague, channel: "C0EDGE", text: wish });
  await talk.shortcut("edge:plan", message, "Plan from this message");
  await talk.record();
  await talk.submit({ exposure: "staff", gitops: "flux" });
  await talk.until({ button: say("button.generate") });
  await talk.record();
}

/** What `/edge` does besides: help, a list, a box to paste YAML into. */
export async function byWord({ talk, language }: Part): Promise<void> {
  const { help, list, check } = words[language];
  talk.goTo("C0EDGE");
  await talk.command(help);
  await talk.record();
  await talk.command(list);
  await talk.record();
  await talk.command(check);
  await talk.record();
  await talk.submit({ yaml: faulty });
  await talk.enterThread();
  await talk.until({ text: "IMG-01" });
  await talk.record();
}

/** Where the bot is no member it says how to let it in. */
export async function uninvited({ talk, language }: Part): Promise<void> {
  await talk.command(words[language].fleet, "C0NOBOT");
  await talk.until({ text: "/invite" });
  await talk.record();
}

/** The app's home: a plan is renamed, and another one deleted. */
export async function atHome({ fake, talk, language, say }: Part): Promise<void> {
  const { title, user } = words[language];
  const home = async () => (await fake.homes())[user]!;
  await talk.openHome();
  await fake.waitFor(home);
  await talk.record();
  const press = async (action: string, label: string) => {
    const view = await home();
    const ids = view.blocks
      .flatMap(({ elements = [] }) => elements)
      .map(({ action_id }) => String(action_id));
    const action_id = ids.findLast((id) => id.includes(action))!;
    talk.act(`presses **[${label}]** of the oldest plan`);
    await fake.click({ user, view: view.id, action_id });
  };
  await press("rename", say("slack.home.rename"));
  await fake.waitFor(async () => (await fake.views(user))[0]);
  await talk.record();
  await talk.submit({ title });
  await fake.waitFor(async () => JSON.stringify((await home()).blocks).includes(title), { what: title });
  await talk.record();
  const plans = async () => JSON.stringify((await home()).blocks).split('"edgehome:delete').length;
  const before = await plans();
  await press("delete", say("slack.home.delete"));
  await fake.waitFor(async () => (await plans()) < before, { what: "a plan is gone from the home" });
  await talk.record();
}

/** Guests and people of other organisations are told why they are not answered. */
export async function refused({ fake, talk, language }: Part): Promise<void> {
  const guest = startTalk(fake, { user: "U0GUEST", names, channels: ["C0EDGE"] });
  await guest.catchUp();
  await guest.command(words[language].fleet);
  await guest.record();
  const stranger = startTalk(fake, { user: "U0OTHER", names, channels: ["C0SHARED"] });
  await stranger.catchUp();
  await stranger.say(`<@${fake.bot.user_id}> ${words[language].quick}`);
  await fake.waitFor(async () => (await fake.ephemerals("U0OTHER"))[0]);
  await stranger.record();
  talk.lines.push(...guest.lines, ...stranger.lines);
}

/** Waits until the bot wrote more than it had. */
export async function grown({ fake, talk }: Part, before: number): Promise<void> {
  await fake.waitFor(async () => (await talk.posts()).length > before, {
    what: "one more post",
    timeoutMs: 45_000,
  });
}
