import type { Attachment } from "#model/conversation.ts";
import { fencedIn, pastedFiles } from "#model/pasted.ts";
import type { Bot } from "#model/platform.ts";
import { languages } from "#model/text.ts";

/** What follows `/edge`, when it is one of these words; anything else is about a fleet. */
const words = ["help", "list", "form", "check", "stop"] as const;
type Word = (typeof words)[number];
export type Said = { word: Word | undefined; rest: string };

const MANIFEST = /^\s*(?:apiVersion|kind)\s*:/m;
const NOTHING = /^[\s.!。！]*$/;
const HAN = /\p{Script=Han}$/u;

const spoken = new WeakMap<Bot, [Word, phrase: string][]>();

/** What each word is called in any language, the longest first; remembered, since every command asks for them. */
function phrasesOf(bot: Bot): [Word, phrase: string][] {
  const known = spoken.get(bot);
  if (known) return known;
  const all = words.flatMap((word) => {
    const keys =
      word === "stop" ? (["slack.words.stop", "words.stop"] as const) : [`slack.words.${word}` as const];
    const phrases = languages.flatMap((language) =>
      keys.flatMap((key) => bot.say(language)(key).split("\n")),
    );
    return phrases.sort((a, b) => b.length - a.length).map((phrase): [Word, string] => [word, phrase]);
  });
  spoken.set(bot, all);
  return all;
}

/** The word a text begins with, and what stands behind it. */
export function wordOf(bot: Bot, text: string): Said {
  const lower = text.toLowerCase();
  for (const [word, phrase] of phrasesOf(bot)) {
    if (!lower.startsWith(phrase)) continue;
    const rest = text.slice(phrase.length);
    const takesMore = word === "form" || word === "check";
    // Chinese has no space behind a word.
    const isParted = /^[\s:：]/.test(rest) || (word === "form" && HAN.test(phrase));
    if (NOTHING.test(rest)) return { word, rest: "" };
    if (takesMore && isParted) return { word, rest: rest.replace(/^[\s:：]+/, "") };
  }
  return { word: undefined, rest: text };
}

export const isFenced = (text: string): boolean => text.includes("```");

/** Whether a text is YAML without anybody saying so. */
export const isYaml = (text: string): boolean => isFenced(text) || MANIFEST.test(text);

/** What somebody wants checked, as files: whatever it holds, it is no talk about a fleet. */
export function pasted(text: string): Attachment[] {
  const fenced = fencedIn(text);
  return pastedFiles(fenced.length > 0 ? fenced : [text]);
}
