import type { Language } from "#model/text.ts";
import { fold, type Token, tokenise } from "./tokens.ts";

/** Phrases, divided by commas. A word may end (funkloch*) or begin (*werk) with a star: any ending, any beginning. */
export type Phrases = string;

/**
 * Everything a language brings. `tags` maps what a phrase means to its phrases:
 * `network=intermittent` is an answer, `place:retail`, `thing:transport`, `node`, `device` are counted nouns,
 * the rest are the roles listed in `Role`.
 */
export type Lexicon = {
  language: Language;
  /** Small words that give the language away. */
  telling: Phrases;
  /** Inflections: [ending, what stands instead in the lexicon]. */
  endings: [string, string][];
  /** Written as one word with the head last (Supermarktfilialen): nouns are also found at the end of a word. */
  compounds: boolean;
  /** "bus depots" are depots; "servidores de tienda" are servers. */
  headLast: boolean;
  /** Number words below a hundred, and what multiplies. */
  units: Record<string, number>;
  multipliers: Record<string, number>;
  /** Words inside a number: "and", "und", "y". */
  joins: Phrases;
  /** "a", "eine", "un": one, if at all. */
  articles: Phrases;
  tags: Record<string, Phrases>;
};

/** Roles of words that are no answer by themselves. */
export type Role =
  | "not"
  | "not-after"
  | "instead"
  | "rather"
  | "than"
  | "correction"
  | "per"
  | "with"
  | "and"
  | "or"
  | "but"
  | "range"
  | "between"
  | "vague"
  | "many"
  | "neutral"
  | "link"
  | "good"
  | "bad"
  | "slow"
  | "outage"
  | "across"
  | "central"
  | "encryption"
  | "secure-boot"
  | "ram"
  | "disk"
  | "traffic"
  | "mobile"
  | "minute"
  | "hour"
  | "day"
  | "week"
  | "month"
  | "unknown"
  | "everybody"
  | "often"
  | "whatever"
  | "yes"
  | "no"
  | "person"
  | "ignored"
  | "core"
  | "regions"
  | "cluster"
  | "single";

type Node = {
  exact: Map<string, Node>;
  prefix?: Map<string, Node>;
  suffix?: Map<string, Node>;
  tags?: string[];
};
export type Match = { length: number; tags: string[] };
/** Finds the longest phrase that begins at a token. */
export type Matcher = (tokens: readonly Token[], at: number) => Match | undefined;

const maxWord = 48;
const maxPhrase = 9;

/** Builds one matcher out of several sets of tags; an earlier set wins where two know the same phrase. */
export function matcher(sets: Record<string, Phrases>[], lexicon: Lexicon): Matcher {
  const root: Node = { exact: new Map() };
  const owners = new Map<string, number>();
  for (const [rank, set] of sets.entries()) {
    for (const [tag, phrases] of Object.entries(set)) {
      for (const phrase of splitPhrases(phrases)) add(root, { phrase, tag, rank, owners });
      if (lexicon.compounds && isNoun(tag) && rank === 0) addCompounds(root, phrases, tag);
    }
  }
  return (tokens, at) => {
    const best = { length: 0, tags: [] as string[] };
    walk(root, { tokens, at, start: at, best, lexicon });
    return best.length > 0 ? { ...best } : undefined;
  };
}

export function splitPhrases(phrases: Phrases): string[] {
  return phrases
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
}

/** Whether a tag is a noun that can be counted. */
export function isNoun(tag: string): boolean {
  return tag.startsWith("place:") || tag.startsWith("thing:") || tag === "node" || tag === "device";
}

function add(root: Node, entry: { phrase: string; tag: string; rank: number; owners: Map<string, number> }) {
  const { phrase, tag, rank, owners } = entry;
  const owner = owners.get(phrase);
  if (owner !== undefined && owner < rank) return;
  owners.set(phrase, rank);
  let node = root;
  for (const word of words(phrase)) node = child(node, word);
  if (!node.tags?.includes(tag)) node.tags = [...(node.tags ?? []), tag];
}

function addCompounds(root: Node, phrases: Phrases, tag: string) {
  for (const phrase of splitPhrases(phrases)) {
    const stem = fold(phrase);
    if (stem.includes(" ") || stem.includes("*") || stem.length < 4) continue;
    const node = child(root, `*${stem}`);
    node.tags = [...new Set([...(node.tags ?? []), tag])];
  }
}

function child(node: Node, word: string): Node {
  const { map, key } = branch(node, word);
  const next = map.get(key) ?? { exact: new Map() };
  map.set(key, next);
  return next;
}

function branch(node: Node, word: string): { map: Map<string, Node>; key: string } {
  if (word.endsWith("*")) {
    node.prefix ??= new Map();
    return { map: node.prefix, key: word.slice(0, -1) };
  }
  if (!word.startsWith("*")) return { map: node.exact, key: word };
  node.suffix ??= new Map();
  return { map: node.suffix, key: word.slice(1) };
}

/** The words of a phrase as the tokeniser would cut them, stars kept. */
function words(phrase: string): string[] {
  return phrase.split(/\s+/).flatMap((word) => {
    if (!word.includes("*")) return tokenise(word).map((token) => token.text);
    const bare = fold(word.replace("*", "")).replaceAll("'", "");
    return word.startsWith("*") ? [`*${bare}`] : [`${bare}*`];
  });
}

type Walk = {
  tokens: readonly Token[];
  start: number;
  at: number;
  best: { length: number; tags: string[] };
  lexicon: Lexicon;
};

function walk(node: Node, state: Walk): void {
  const { tokens, at, start, best } = state;
  const length = at - start;
  if (node.tags && length > best.length) {
    best.length = length;
    best.tags = node.tags;
  }
  const token = tokens[at];
  if (token === undefined || length >= maxPhrase) return;
  for (const next of followers(node, token, state.lexicon)) walk(next, { ...state, at: at + 1 });
}

function followers(node: Node, token: Token, lexicon: Lexicon): Node[] {
  const found: Node[] = [];
  if (token.kind !== "word") {
    const next = node.exact.get(token.text);
    return next ? [next] : [];
  }
  const forms = inflections(token.text, lexicon);
  for (const form of forms) {
    const next = node.exact.get(form);
    if (next) found.push(next);
  }
  if (node.prefix) collect(node.prefix, token.text, { from: "start", found });
  if (node.suffix && found.length === 0) {
    for (const form of forms) collect(node.suffix, form, { from: "end", found });
  }
  return found;
}

function collect(
  map: Map<string, Node>,
  word: string,
  { from, found }: { from: "start" | "end"; found: Node[] },
) {
  const size = Math.min(word.length, maxWord);
  for (let length = size; length >= 3; length -= 1) {
    const piece = from === "start" ? word.slice(0, length) : word.slice(word.length - length);
    const next = map.get(piece);
    if (!next) continue;
    found.push(next);
    return;
  }
}

/** The word and what it may be an inflection of; ae/oe/ue also as written without umlauts. */
function inflections(word: string, lexicon: Lexicon): string[] {
  const forms = [word];
  for (const [ending, instead] of lexicon.endings) {
    if (word.length <= ending.length + 2 || !word.endsWith(ending)) continue;
    forms.push(word.slice(0, word.length - ending.length) + instead);
  }
  if (!lexicon.compounds || !/[aou]e/.test(word)) return forms;
  return [...forms, ...forms.map((form) => form.replace(/([aou])e/g, "$1"))];
}
