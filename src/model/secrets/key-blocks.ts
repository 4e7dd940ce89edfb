import { mark } from "./mark.ts";

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = "-----END";
const longestBlock = 64 * 1024; // an RSA key of 16,384 bits takes 13 KiB
// Base64 in lines, as a file or inside JSON, quotes or a YAML block; what is left of a block that was cut off.
const FILLING = /(?:[\s>|"'+\\,]|\\[nr]){0,200}/y;
const LETTERS = /[A-Za-z0-9+/=]{16,65536}/y;

/** Blanks private keys in armour (PEM, OpenSSH, PGP, cosign) and PuTTY's; the lines that frame them stay. */
export function keyBlocks(text: string): string {
  return putty(text.includes("-----BEGIN") ? armoured(text) : text);
}

function armoured(text: string): string {
  let result = "";
  let from = 0;
  let end = 0;
  for (const { index, 0: head } of text.matchAll(BEGIN)) {
    if (index < from) continue;
    const start = index + head.length;
    if (end !== -1 && end < start) end = text.indexOf(END, start);
    const whole = end !== -1 && end - start <= longestBlock && !text.slice(start, end).includes("-----BEGIN");
    const stop = whole ? end : restOf(text, start);
    result += text.slice(from, start) + blanked(text.slice(start, stop));
    from = stop;
  }
  return result + text.slice(from);
}

function restOf(text: string, start: number): number {
  for (let at = start; ; at = LETTERS.lastIndex) {
    FILLING.lastIndex = at;
    FILLING.test(text);
    LETTERS.lastIndex = FILLING.lastIndex;
    if (!LETTERS.test(text)) return at === start ? start : FILLING.lastIndex;
  }
}

/** As many lines as before, so that what is found further down keeps its line number. */
function blanked(body: string): string {
  const [start, end] = edges(body);
  const inner = body.slice(start, end);
  if (inner === "" || inner === mark("private-key")) return body;
  const lines = inner.split("\n").length - 1;
  return `${body.slice(0, start)}${mark("private-key")}${"\n".repeat(lines)}${body.slice(end)}`;
}

/** Where a body begins and ends without the blanks and the written-out line ends around it. */
function edges(body: string): [start: number, end: number] {
  const isBreak = (at: number) => body[at] === "\\" && (body[at + 1] === "n" || body[at + 1] === "r");
  let start = 0;
  while (start < body.length && (/\s/.test(body[start]!) || isBreak(start))) start += isBreak(start) ? 2 : 1;
  let end = body.length;
  while (end > start && (/\s/.test(body[end - 1]!) || (end - 2 >= start && isBreak(end - 2))))
    end -= /\s/.test(body[end - 1]!) ? 1 : 2;
  return [start, end];
}

const PUTTY = /^(Private-(?:Lines|MAC): *)([0-9A-Za-z].{0,500}(?:\n[A-Za-z0-9+/=]{8,200}$){0,500})/gm;

function putty(text: string): string {
  if (!text.includes("Private-")) return text;
  return text.replace(
    PUTTY,
    (_, name: string, body: string) =>
      `${name}${mark("private-key")}${"\n".repeat(body.split("\n").length - 1)}`,
  );
}
