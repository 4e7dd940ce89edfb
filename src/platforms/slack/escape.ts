/** A run of inline text with what is true of all of it. */
export type Span = { text: string; bold?: boolean; italic?: boolean; code?: boolean };

const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*/g;
// Markdown makes links of www. too, and of what stands behind an underscore.
const ADDRESS = /(?<![a-z0-9])(?:https?:\/\/|www\.)[^\s<>"`)\]|]*[^\s<>"`)\]|.,;:!?'*_]/gi;
// A plain @channel rings nobody unless names are linked; a word joiner makes sure of it and shows nothing.
const SHOUT = /@(?=(?:channel|here|everyone|group)(?![a-z0-9/-]))/gi; // @here/pkg is a package
const JOINER = "\u2060";
// Only line breaks and tabs stay: the others are invisible, or turn the writing around.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** Text without control characters, one kind of line break. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "");
}

/** The three characters by which Slack recognises mentions, links and commands; nothing else of Slack's own fires without. */
export function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text as somebody wrote it in Slack, with the entities taken back. */
export function withoutEntities(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** `**bold**`, `*italic*` and `` `code` `` as spans; everything else is text, and addresses are code: nobody is led anywhere. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  const whole = clean(text);
  for (const match of whole.matchAll(INLINE)) {
    found.push(...plain(whole.slice(at, match.index)));
    const [marked, code, bold, italic] = match;
    if (code !== undefined) found.push({ text: code, code: true });
    else if (bold !== undefined) found.push(...plain(bold).map((span) => ({ ...span, bold: true })));
    else found.push(...plain(italic!).map((span) => ({ ...span, italic: true })));
    at = match.index + marked.length;
  }
  return [...found, ...plain(whole.slice(at))];
}

function plain(text: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    found.push({ text: text.slice(at, match.index) }, { text: match[0], code: true });
    at = match.index + match[0].length;
  }
  return [...found, { text: text.slice(at) }].filter((span) => span.text !== "");
}

const quiet = (text: string): string => text.replace(SHOUT, `@${JOINER}`);

/** What Markdown would read as markup, taken literally. */
const MARKUP = /[\\[\]_~|`*]/g;
const LINE_MARKUP = /^[ \t]*(?:(#{1,6}|[-+]|={1,}|-{2,})(?=\s|$)|(\d{1,9})([.)])(?=\s|$))/gm;

function literal(text: string): string {
  const escaped = quiet(text).replace(MARKUP, "\\$&");
  return entities(escaped);
}

/** Whatever begins a line and would make it a heading, a list or a rule is taken literally. */
function withoutLineMarkup(text: string): string {
  return text
    .replace(LINE_MARKUP, (_whole, mark?: string, number?: string, point?: string) =>
      mark === undefined ? `${number}\\${point}` : `\\${mark}`,
    )
    .replace(/^[ \t]+/gm, "");
}

/** Inline text as Slack's Markdown block takes it; line breaks stay line breaks. */
export function markdown(text: string): string {
  const drawn = spans(text).map(({ text: words, bold, italic, code }) => {
    if (code) return `\`${entities(quiet(words))}\``;
    const inner = literal(words);
    if (bold) return around("**", inner);
    return italic ? around("*", inner) : inner;
  });
  return withoutLineMarkup(drawn.join("")).replace(/[ \t]*\n(?!\n)(?<!\n\n)/g, "  \n");
}

/** Inline text as Slack's older markup takes it: contexts, confirmations, plain messages. */
export function mrkdwn(text: string): string {
  return spans(text)
    .map(({ text: words, bold, italic, code }) => {
      if (code) return `\`${entities(quiet(words))}\``;
      // There is no escape for these in mrkdwn; between words they draw nothing.
      const inner = entities(quiet(words)).replace(/[*_~`]/g, `$&${JOINER}`);
      if (bold) return around("*", inner);
      return italic ? around("_", inner) : inner;
    })
    .join("");
}

/** Marks stand next to what they mark, or they mark nothing. */
function around(mark: string, text: string): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inner === "" ? text : `${before}${mark}${inner}${mark}${after}`;
}

/** Inline text without its markup, for buttons, titles and notifications. */
export function plainText(text: string): string {
  return quiet(
    spans(text)
      .map((span) => span.text)
      .join(""),
  );
}

/** A link of ours in mrkdwn; anything but the web stays words. */
export function link({ title, url }: { title: string; url?: string }): string {
  const words = mrkdwn(title.trim() || clip(url ?? "", 80));
  if (url === undefined || !/^https?:\/\//i.test(url)) return words;
  const address = url.replace(/[<>|\s]/g, encodeURIComponent).replaceAll("&", "&amp;");
  return `<${address}|${words.replaceAll("\n", " ")}>`;
}

/** A title that has to fit: cut in front of a word, with a sign that it was. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "");
  const space = head.lastIndexOf(" ");
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd()}…`;
}
