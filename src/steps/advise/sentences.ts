export type Sentence = { text: string; start: number; end: number };

// "z. B. ein", "e.g. one", "p. ej. uno", "approx. 5": a dot that ends no sentence.
const ABBREVIATION =
  /(?:^|[\s(])(?:[a-zäöü]|e\.g|i\.e|z\. ?b|d\. ?h|u\. ?a|p\. ?ej|ej|bzw|ca|approx|vs|etc|nr|núm|no|fig|inkl|min|max)\.$/i;

/** The sentences of a text with where they stand; code spans stay whole, a line end ends a sentence. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let inCode = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "`") inCode = !inCode;
    // A backtick that is never closed must not swallow the lines below it.
    if (letter === "\n") inCode = false;
    else if (inCode || !endsSentence(text, at, start)) continue;
    push(sentences, text, start, at + 1);
    start = at + 1;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

function endsSentence(text: string, at: number, start: number): boolean {
  const letter = text[at]!;
  if ("。！？".includes(letter)) return true;
  if (!".!?".includes(letter)) return false;
  const rest = text.slice(at + 1, at + 3);
  if (rest !== "" && !/^["”»)\]]?\s/.test(rest) && rest.trim() !== "") return false;
  return letter !== "." || !ABBREVIATION.test(text.slice(start, at + 1));
}

const LIST_SIGN = /^(?:[-*•]|\d{1,2}[.)])\s+/;

function push(sentences: Sentence[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  // The sign of a list item belongs to the line, not to the sentence.
  const body = raw.trim().replace(LIST_SIGN, "");
  if (body === "") return;
  const start = from + raw.lastIndexOf(body);
  sentences.push({ text: body, start, end: start + body.length });
}

const CLAUSE =
  /[;，；：、–—()（）]|[,:](?=\s|$)|\s-\s|\b(?:but|while|whereas|although|and then|aber|sondern|doch|während|obwohl|pero|sino|mientras|aunque)\b|但|而是|然而|不过/i;

// "No port is open and every site runs etcd": what follows an "and" with a verb of its own is a clause of its own.
const AND =
  /\s(?:and|und|y)\s(?=(?:\S+\s+){3}\S)(?!\s*(?:no|not|nor|never|neither|nicht|kein\p{L}*|ohne|nie|no|ni|sin|nunca)\s)|(?:并且|而且|同时|并)(?=[^，。；]{5,})/iu;

/** The clauses of a sentence, roughly: what stands between commas, dashes and adversatives; digits keep their commas. */
export function clauses(sentence: string): string[] {
  const guarded = sentence.replace(/(\d),(\d)/g, "$1\u0000$2");
  return guarded
    .split(CLAUSE)
    .flatMap((clause) => clause.split(AND))
    .map((clause) => clause.replaceAll("\u0000", ",").trim())
    .filter((clause) => clause !== "");
}

/** What looks like a negation and is none: it must not excuse what stands beside it. */
const FALSE_NEGATION =
  /\b(?:no doubt|without (?:a |any )?doubt|no question|not only|not just|no problem|no less|why not|nothing beats|not to mention|don'?t worry|no worries|never fails?|(?:do not|don'?t) (?:forget|hesitate)|nicht nur|ohne (?:jeden )?zweifel|keine frage|kein problem|zweifellos|keine sorge|vergessen sie nicht|nicht vergessen|no s[oó]lo|no solamente|sin (?:lugar a )?dudas?|sin problemas?|no hay duda|no (?:olvide|dude)\w*|nada supera|does(?:n'?t| not) (?:hurt|matter)|won'?t hurt|no harm|schade[tn] nicht|stört nicht|macht nichts|no (?:estorba|molesta|perjudica|importa))\b|无妨|不要紧|不妨|不碍事|不仅|不但|不只|毫无疑问|无疑|没问题|不用担心|无需担心|不愧|别忘|不要忘/giu;

const NEGATION =
  /(?<![\p{L}])(?:no|not|never|none|neither|nor|without|cannot|zero|nothing|nobody|instead of|rather than|avoid\p{L}*|kein\p{L}*|nicht|nie|niemals|niemand|ohne|weder|statt|anstatt|anstelle|nichts|null|nunca|jamás|ning[uú]n\p{L}*|nada|nadie|sin|tampoco|ni|cero|en vez de|en lugar de|evit\p{L}*|non)(?![\p{L}-])|n['’]t(?!\p{L})|不(?!仅)|没有|没|无|勿|避免|未|别|而非|杜绝|禁止|零/iu;

/** Words that say something was turned down. */
const REJECTION =
  /(?<![\p{L}])(?:reject\p{L}*|ruled out|rules? out|drop(?:s|ped)?|left|remov\p{L}+|replac\p{L}+|deprecat\p{L}+|abandon\p{L}*|unsuitable|unavailable|impossible|instead|forbid\p{L}*|den(?:y|ies|ied)|outdated|myth|excluded|refuse\p{L}*|leaves? out|stays? (?:out|away)|verworfen|abgelehnt|ausgeschlossen|scheidet|schied|entfernt\p{L}*|entfällt|entfallen|ersetzt\p{L}*|abgelöst|abgekündigt|ungeeignet|unmöglich|verzicht\p{L}*|gestrichen|verboten|veraltet\p{L}*|rechaz\p{L}+|descart\p{L}+|retir\p{L}+|elimin\p{L}+|reemplaz\p{L}+|sustitu\p{L}+|obsolet\p{L}*|inadecuad\p{L}*|imposible|prohib\p{L}+|exclu\p{L}+|deneg\p{L}+|renunci\p{L}+)(?![\p{L}])|否决|排除|放弃|移除|删除|取代|弃用|淘汰|不适合|不可能|过时|拒绝|舍弃/iu;

/** Words that say it would only hold elsewhere, or at a price. */
const CONDITION =
  /(?<![\p{L}])(?:too (?:heavy|large|big|slow|much)|wears?|wear out|wastes?|would|needs?|wants?|asks? for|requires?|only (?:with|from|where|on|if|when)|unless|lacks?|fails?|limits?|against|versus|compared|blocks?|heavier|verschlei\p{L}+|zu (?:schwer|groß|langsam)|würde\p{L}*|bräuchte\p{L}*|braucht|benötigt|setzt|verlangt|fordert|nur (?:mit|ab|wo|wenn|bei|auf)|erst ab|fehlt|gegenüber|im vergleich|blockiert|schwerer|desgast\p{L}*|demasiado|exig\p{L}+|requ[ie]+r\p{L}+|necesit\p{L}+|pid\p{L}+|s[oó]lo (?:con|desde|si|donde|cuando|a partir)|carec\p{L}+|frente a|comparad\p{L}*|bloque\p{L}+)(?![\p{L}])|磨损|太重|过重|需要|要求|只有|仅在|仅当|除非|缺少|相比|对比|阻止|才能|只在/iu;

/** Whether a clause denies what it says; `loosely` counts "needs" and "would" too, as said of what was not chosen. */
export function isDenied(clause: string, { loosely = false } = {}): boolean {
  const plain = clause.replace(FALSE_NEGATION, " ");
  return NEGATION.test(plain) || REJECTION.test(plain) || (loosely && CONDITION.test(plain));
}
