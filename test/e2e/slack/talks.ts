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

type Part = { fake: FakeSlack; talk: Talk; language: Language; say: Say };

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

/** Waits until the bot wrote more than it had. */
export async function grown({ fake, talk }: Part, before: number): Promise<void> {
  await fake.waitFor(async () => (await talk.posts()).length > before, {
    what: "one more post",
    timeoutMs: 45_000,
  });
}
