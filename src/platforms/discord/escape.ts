const INLINE = /\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|`([^`\n]+)`/g;
// Control characters, and those that turn the direction of text or hide in it.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;
// What Discord reads as markup anywhere in a line; `<` opens mentions, channels, times, emoji and commands.
const MARKUP = /[\\*~|`[\]<]/g;
// Underscores inside a word are no markup, and escaping them would break what one copies.
const UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** Headings, quotes, lists and small print at the beginning of a line. */
const LINE_START = /^(\s*)([#>-])/gm;
// Only with a space behind it: 1.200 is no list.
const NUMBER = /^(\s*)(\d+)\.(?=\s|$)/gm;
/** What rings for everybody; the other mentions need a `<`. */
const AT = /@(?=everyone|here)/gi;
/** What opens a mention, where a backslash would be shown. */
const OPENING = /<(?=[@#/])/g;
const SPLIT_AT = "@\u200B";

/** Text without what moves the cursor or turns the line; line breaks and tabs stay. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "");
}

/** Words of people and models as plain words: nothing in them is markup, a mention or a picture. */
export function plain(text: string): string {
  return clean(text).replace(MARKUP, "\\$&").replace(UNDERSCORE, "\\_").replace(AT, SPLIT_AT);
}

/** A line may begin with words that Discord would take for a heading, a list or a quotation. */
function lines(text: string): string {
  return text.replace(NUMBER, "$1$2\\.").replace(LINE_START, "$1\\$2");
}

/** Inline text of a block, with its bold, italic and code, as Discord's markup; everything else is plain. */
export function inline(text: string): string {
  let drawn = "";
  let from = 0;
  const whole = clean(text);
  for (const match of whole.matchAll(INLINE)) {
    const [all, bold, italic, code] = match;
    drawn += plain(whole.slice(from, match.index));
    if (bold !== undefined) drawn += `**${plain(bold)}**`;
    else if (italic !== undefined) drawn += `*${plain(italic)}*`;
    else drawn += `\`${(code ?? "").replace(AT, SPLIT_AT).replace(OPENING, "<\u200B")}\``;
    from = match.index + all.length;
  }
  return lines(drawn + plain(whole.slice(from)));
}

/** Inline text without any markup, for where none is read: inside a fence, on a button. */
export function bare(text: string): string {
  return clean(text).replace(
    INLINE,
    (_, bold?: string, italic?: string, code?: string) => bold ?? italic ?? code ?? "",
  );
}

const WEB = /^https?:\/\/[^\s]+$/i;

/** A source as a masked link that unfolds nowhere; what is no web address is its title alone. */
export function link(title: string, url?: string): string {
  if (url === undefined || !WEB.test(url)) return plain(title).replaceAll("\n", " ");
  const safe = encodeURI(decode(url)).replace(/[()<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `[${plain(title).replaceAll("\n", " ")}](<${safe}>)`;
}

function decode(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url; // Not encoded at all, or wrongly: encoded whole.
  }
}
