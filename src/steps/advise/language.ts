import { type Language, languages } from "#model/text.ts";

/** The commonest small words of each language that none of the others has: enough to tell prose from prose. */
const small: Record<Exclude<Language, "zh">, ReadonlySet<string>> = {
  en: new Set(
    "the of and to is that for with are this it from its by at be as has which when each every not one only their own after than so if they was were will would can there while".split(
      " ",
    ),
  ),
  de: new Set(
    "der die das und ist nicht mit ein eine einen einem einer auf für den dem des im von zu sich bei wird werden auch nach aus sind oder an jeder jede jedes wenn als nur über keine kein so dass denn bleibt durch noch".split(
      " ",
    ),
  ),
  es: new Set(
    "el la los las de que y en un una es por con para del al no se su sus cada como sin más lo son está ni o si cuando desde hasta solo entre porque queda".split(
      " ",
    ),
  ),
};
const WORD = /\p{Script=Latin}[\p{Script=Latin}'’-]*/gu;
const HAN = /\p{Script=Han}/gu;
const CODE = /`[^`]*`/g;
const OTHER =
  /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Hebrew}]/gu;
const enough = 3; // small words, before another language is believed

/** Whether a text is plainly not in the language it should be in; technical names count for none. */
export function isForeign(text: string, language: Language): boolean {
  const prose = text.replace(CODE, " ");
  const han = prose.match(HAN)?.length ?? 0;
  if ((prose.match(OTHER)?.length ?? 0) > 8) return true;
  const words = (prose.match(WORD) ?? []).map((word) => word.toLowerCase());
  if (language === "zh") return han * 2 < words.length && words.length >= 6;
  if (han > 6 && han > words.length / 4) return true;
  const counts = languages.flatMap((one) =>
    one === "zh" ? [] : [{ one, count: countIn(words, small[one]) }],
  );
  const own = counts.find(({ one }) => one === language)!.count;
  return counts.some(({ one, count }) => one !== language && count >= enough && count > own * 2);
}

function countIn(words: readonly string[], set: ReadonlySet<string>): number {
  return words.filter((word) => set.has(word)).length;
}
