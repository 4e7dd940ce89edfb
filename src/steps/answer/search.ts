/** One thing that can be found: `title` words weigh more than `body` words. */
export type Document<T> = { title: string; body: string; value: T };
export type Found<T> = {
  value: T;
  score: number /** Share of the question's weight that the document covers, 0…1. */;
  coverage: number;
};

const LATIN = /[a-z0-9]+(?:[.+-][a-z0-9]+)*/g;
const HAN = /\p{Script=Han}+/gu;
const MARKS = /\p{Diacritic}/gu;
const ENDINGS = /(?:innen|ungen|ciones|iones|ers|en|es|er|em|s|n|e)$/;
const NAMES: [RegExp, string][] = [
  [/argo\s*cd/g, "argocd"],
  [/micro\s+k8s/g, "microk8s"],
  [/raspberry\s*pis?/g, "raspberrypi"],
  [/树莓派/g, " raspberrypi "],
  [/\bnot\s*ready\b|未就绪/g, " notready "],
  [/web\s*assembly/g, "wasm"],
  [/secure\s*boot/g, "secureboot"],
];

/** Words that ask rather than name a thing; they weigh nothing. */
const asking = new Set(
  (
    "why what how is are do does can could should would i we you my our the a an of in on for to with it this that if and or be use need which when " +
    "rather than just really have has only one went there not no straight put take make sense cant cannot " +
    "us they them their its was were been am will may might must did get got go going still into from by at as so but now then than after before some these those where who best much " +
    "warum was wie ist sind kann konnen soll sollen ich wir man mein meine unser unsere der die das ein eine einen im in auf fur zu mit wenn und oder welche welches wann brauche nicht kein keine wieso einfach uberhaupt wirklich habe haben nehmen ware waren mehrere mehr nur spricht gegenuber konnten dass es bei von " +
    "uns sich noch jetzt dann dazu geht gibt darf durfen lasst lassen zur zum nach vor als auch aber viel viele oft hier dort darauf trotzdem wurde wird werden war sein sie er allen den dem des aus an am um da wo wer " +
    "por que como es son puede puedo debe debo yo nosotros mi nuestro el la los las un una de en para con si y o cual cuando hay se lo al del solo tengo que de verdad simplemente tiene sentido ventaja usamos usar queda ponerlo me " +
    "nos su sus les este esta esto ese esa eso muy pero sobre hasta desde ya aun todavia ser estar estan sirve pueden podemos podria nuestra nuestros nuestras cuanto cuanta cuantos cuantas sigue ahi quien donde hace hacer " +
    "tell much many please thanks your yours " +
    "du dich dir dein deine heisst heissen mach machen macht gemacht bitte danke hat " +
    "为什么 为什 么不 不用 多少 什么 怎么 怎样 如何 可以 需要 能 吗 呢 的 了 我 我们 真的 只有 这个 直接 不行 行吗 有什 么变 什么好 么好 好处 会有 还是 是哪 哪个"
  ).split(" "),
);

/** Words of a text as they are compared: lower case, without accents or endings; Chinese as pairs of characters. */
export function words(text: string): string[] {
  let plain = text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(MARKS, "");
  for (const [name, one] of NAMES) plain = plain.replace(name, one);
  const latin = (plain.match(LATIN) ?? [])
    .flatMap(parts)
    .filter((word) => !asking.has(word))
    .map(stem);
  const han = (plain.match(HAN) ?? []).flatMap(pairs).filter((pair) => !asking.has(pair));
  return [...latin, ...han];
}

/** "sealed-secrets-schlussel" is looked for as a whole and by its parts; German and flags join with hyphens. */
function parts(word: string): string[] {
  return word.includes("-") ? [word, ...word.split("-").filter((part) => part.length > 1)] : [word];
}

function stem(word: string): string {
  return word.length > 4 && !/\d/.test(word) ? word.replace(ENDINGS, "") : word;
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}

const titleWeight = 3;
/** A word no document knows says little: it may be a filler, or the one thing the catalogue lacks. */
const strangerWeight = 0.5;
/** "What does coffee cost?": beside one known word, the unknown one is what is asked about. */
const strangerOfTwoWeight = 1;
/** Most pairs of Chinese characters straddle two words and are no word at all. */
const strangerPairWeight = 0.08;
const k1 = 1.2; // the usual constants of BM25 (Robertson and Zaragoza, 2009)
const b = 0.5;

type Field = { counts: Map<string, number>; length: number };

function field(text: string): Field {
  const all = words(text);
  const counts = new Map<string, number>();
  for (const word of all) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, length: all.length };
}

/** Plain lexical search (BM25 over title and body), best first. Small enough to be built for each question. */
export function search<T>(documents: readonly Document<T>[], question: string): Found<T>[] {
  const asked = [...new Set(words(question))];
  const indexed = documents.map(({ title, body, value }) => ({
    value,
    title: field(title),
    body: field(body),
  }));
  const average = {
    title: mean(indexed.map(({ title }) => title.length)),
    body: mean(indexed.map(({ body }) => body.length)),
  };
  const weights = asked.map((word): [string, number] => {
    const holding = indexed.filter(
      ({ title, body }) => title.counts.has(word) || body.counts.has(word),
    ).length;
    return [word, rarity(holding, indexed.length) * (holding === 0 ? strange(word, asked.length) : 1)];
  });
  const total = weights.reduce((sum, [, one]) => sum + one, 0);
  const found = indexed.map(({ value, title, body }) => {
    let score = 0;
    let covered = 0;
    for (const [word, one] of weights) {
      const inTitle = saturated(title, word, average.title);
      const inBody = saturated(body, word, average.body);
      score += one * (titleWeight * inTitle + inBody);
      // What only the body mentions in passing covers half: the document is about its title.
      if (inTitle > 0) covered += one;
      else if (inBody > 0) covered += one / 2;
    }
    return { value, score, coverage: total === 0 ? 0 : covered / total };
  });
  return found.filter(({ score }) => score > 0).sort((x, y) => y.score - x.score);
}

function strange(word: string, among: number): number {
  if (/^\p{Script=Han}/u.test(word)) return strangerPairWeight;
  return among <= 2 ? strangerOfTwoWeight : strangerWeight;
}

function saturated({ counts, length }: Field, word: string, average: number): number {
  const count = counts.get(word);
  return count ? (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / average)) : 0;
}

function mean(lengths: number[]): number {
  return Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length));
}

function rarity(holding: number, all: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
}
