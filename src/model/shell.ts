import { baseName, type Command, type Word, type WrittenFile } from "./command.ts";
import { lineIndex } from "./lines.ts";

/** What a shell script runs and writes, as far as it can be told without running it. */
export type Script = { commands: Command[]; files: WrittenFile[] };

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;
/** Words before a command that do not change what it is. */
const PREFIXES = new Set([
  "if",
  "then",
  "elif",
  "else",
  "do",
  "while",
  "until",
  "!",
  "{",
  "time",
  "exec",
  "nohup",
  "RUN",
]);
const EXPORTS = new Set(["export", "readonly", "declare", "local", "typeset", "ENV"]);
const SHELLS = new Set(["sh", "bash", "ash", "dash", "zsh"]);
/** Scripts in scripts in scripts: deeper is an attack, not a habit. */
const maxDepth = 3;
/** Every command carries what was exported before it. */
const maxExported = 500;

/** Reads a script into its commands and the files it writes; `lineAt` tells the line of an offset into the text. */
export function readShell(text: string, lineAt: (offset: number) => number, depth = 0): Script {
  const reader: Reader = {
    text,
    lineAt,
    at: 0,
    vars: new Map(),
    exported: {},
    script: { commands: [], files: [] },
    depth,
  };
  let current: Current = { raw: [] };
  const end = (pipe: boolean) => {
    const done = current;
    finish(done, reader);
    current = pipe ? { raw: [], input: done } : { raw: [] };
  };
  const pending: Heredoc[] = [];
  while (reader.at < text.length) {
    const c = text[reader.at]!;
    if (c === "\\" && text[reader.at + 1] === "\n") reader.at += 2;
    else if (c === " " || c === "\t" || c === "\r") reader.at++;
    else if (c === "#") reader.at = endOfLine(text, reader.at);
    else if (c === "\n") {
      reader.at++;
      // A here-document belongs to the command that is ending, and is needed before it ends.
      readHeredocs(pending.splice(0), reader);
      end(false);
    } else if (isRedirect(text, reader.at)) redirect(current, pending, reader);
    else if (";&|()".includes(c)) end(readOperator(reader) === "|");
    else current.raw.push(readWord(reader));
  }
  end(false);
  return reader.script;
}

/** The words of a text as a shell would split them: what `INSTALL_K3S_EXEC` holds. */
export function splitWords({ text, line }: Word): Word[] {
  return readShell(text, lineIndex(text, line), maxDepth).commands.flatMap(({ words }) => words);
}

type RawWord = { text: string; at: number; line: number; open: boolean; quoted: boolean; split: boolean };
type Heredoc = { delimiter: string; dash: boolean; into: Current };
type Current = {
  raw: RawWord[];
  input?: Current;
  target?: Word;
  heredoc?: { content: string; first: number };
  /** Set once it has ended; the text of a here-document may still follow: `cat <<EOF > path && next`. */
  words?: Word[];
};
type Reader = {
  text: string;
  lineAt: (offset: number) => number;
  at: number;
  vars: Map<string, Word>;
  exported: Record<string, Word>;
  script: Script;
  depth: number;
};

function endOfLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

function readOperator(reader: Reader): string {
  const two = reader.text.slice(reader.at, reader.at + 2);
  const operator = ["&&", "||", ";;", "|&"].includes(two) ? two : two[0]!;
  reader.at += operator.length;
  return operator === "|&" ? "|" : operator;
}

function isRedirect(text: string, at: number): boolean {
  return /^(\d*|&)[<>]/.test(text.slice(at, at + 4));
}

function redirect(current: Current, pending: Heredoc[], reader: Reader): void {
  const [all, , operator] = /^(\d*|&)(<<<|<<-?|<>|>>|>\||>&|<&|[<>])/.exec(
    reader.text.slice(reader.at, reader.at + 8),
  )!;
  reader.at += all.length;
  while (" \t".includes(reader.text[reader.at] ?? "\n")) reader.at++;
  if (reader.at >= reader.text.length || reader.text[reader.at] === "\n") return;
  const word = readWord(reader);
  if (operator === ">" || operator === ">>" || operator === ">|") current.target = word;
  if (operator!.startsWith("<<") && operator !== "<<<") {
    pending.push({ delimiter: word.text, dash: operator === "<<-", into: current });
  }
}

/** The texts stand one after the other; of several for one command it reads the last. */
function readHeredocs(all: readonly Heredoc[], reader: Reader): void {
  for (const heredoc of all) readHeredoc(heredoc, reader);
  for (const into of new Set(all.map((heredoc) => heredoc.into))) {
    if (into.words === undefined) continue;
    write(into, reader);
    nested(into, reader);
  }
}

function readHeredoc({ delimiter, dash, into }: Heredoc, reader: Reader): void {
  const { text } = reader;
  const start = reader.at;
  const lines: string[] = [];
  while (reader.at < text.length) {
    const end = endOfLine(text, reader.at);
    const line = dash ? text.slice(reader.at, end).replace(/^\t+/, "") : text.slice(reader.at, end);
    reader.at = Math.min(text.length, end + 1);
    if (line.trimEnd() === delimiter) break;
    lines.push(line);
  }
  into.heredoc = { content: `${lines.join("\n")}\n`, first: reader.lineAt(start) };
}

/** One word: quotes taken off, variables the script itself has set filled in. */
function readWord(reader: Reader): RawWord {
  const { text } = reader;
  const word: RawWord = {
    text: "",
    at: reader.at,
    line: reader.lineAt(reader.at),
    open: false,
    quoted: false,
    split: false,
  };
  while (reader.at < text.length) {
    const c = text[reader.at]!;
    if (" \t\r\n;&|()<>".includes(c)) break;
    if (c === "'") readSingle(word, reader);
    else if (c === '"') readDouble(word, reader);
    else if (c === "$") readDollar(word, reader, { quoted: false });
    else if (c === "`") readBackticks(word, reader);
    else if (c === "{" && "{%".includes(text[reader.at + 1] ?? " ")) readTemplate(word, reader);
    else if (c === "\\") {
      if (text[reader.at + 1] !== "\n") word.text += text[reader.at + 1] ?? "";
      reader.at += 2;
    } else {
      word.text += c;
      reader.at++;
    }
  }
  return word;
}

/** `{{ name }}` and `{% if … %}` of a script that is rendered first: one thing, whatever blanks are in it. */
function readTemplate(word: RawWord, reader: Reader): void {
  const close = reader.text[reader.at + 1] === "{" ? "}}" : "%}";
  const end = reader.text.indexOf(close, reader.at);
  const until = end < 0 ? endOfLine(reader.text, reader.at) : end + close.length;
  word.text += reader.text.slice(reader.at, until);
  word.open = true;
  reader.at = until;
}

function readSingle(word: RawWord, reader: Reader): void {
  const end = reader.text.indexOf("'", reader.at + 1);
  const until = end < 0 ? reader.text.length : end;
  word.text += reader.text.slice(reader.at + 1, until);
  word.quoted = true;
  reader.at = until + 1;
}

function readDouble(word: RawWord, reader: Reader): void {
  const { text } = reader;
  word.quoted = true;
  reader.at++;
  while (reader.at < text.length && text[reader.at] !== '"') {
    const c = text[reader.at]!;
    if (c === "$") readDollar(word, reader, { quoted: true });
    else if (c === "`") readBackticks(word, reader);
    else if (c === "\\" && '"\\$`\n'.includes(text[reader.at + 1] ?? "")) {
      if (text[reader.at + 1] !== "\n") word.text += text[reader.at + 1];
      reader.at += 2;
    } else {
      word.text += c;
      reader.at++;
    }
  }
  reader.at++;
}

function readBackticks(word: RawWord, reader: Reader): void {
  const end = reader.text.indexOf("`", reader.at + 1);
  const until = end < 0 ? reader.text.length : end + 1;
  word.text += reader.text.slice(reader.at, until);
  word.open = true;
  reader.at = until;
}

function readDollar(word: RawWord, reader: Reader, { quoted }: { quoted: boolean }): void {
  const { text } = reader;
  const next = text[reader.at + 1] ?? "";
  if (next === "(" || next === "{") {
    const end = closing(text, reader.at + 1);
    const raw = text.slice(reader.at, end);
    reader.at = end;
    fill(word, raw, { name: /^\$\{(\w+)\}$/.exec(raw)?.[1], reader, quoted });
    return;
  }
  const [raw = "$", name] = /^\$(\w+|[@*#?!$-])/.exec(text.slice(reader.at, reader.at + 80)) ?? [];
  reader.at += raw.length;
  // A lone dollar is one.
  if (raw === "$") word.text += raw;
  else fill(word, raw, { name, reader, quoted });
}

function fill(
  word: RawWord,
  raw: string,
  { name, reader, quoted }: { name: string | undefined; reader: Reader; quoted: boolean },
): void {
  const known = name === undefined ? undefined : reader.vars.get(name);
  if (known === undefined || known.open) {
    word.text += raw;
    word.open = true;
    return;
  }
  word.text += known.text;
  word.line = word.text === known.text ? known.line : word.line;
  word.split ||= !quoted;
}

/** Just behind the bracket that closes the one at a place; brackets in quotes are counted on purpose: scripts balance them. */
function closing(text: string, from: number): number {
  const [open, close] = text[from] === "(" ? ["(", ")"] : ["{", "}"];
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Takes a command apart: assignments, prefixes, what it exports, what it writes; then it is one of the script's. */
function finish(current: Current, reader: Reader): void {
  const all = current.raw.flatMap(expand);
  const own: Record<string, Word> = {};
  let start = 0;
  while (start < all.length) {
    const first = all[start]!;
    const name = ASSIGNMENT.exec(first.text)?.[1];
    if (name !== undefined && isBareName(first, name, reader)) {
      own[name] = { text: first.text.slice(first.text.indexOf("=") + 1), line: first.line, open: first.open };
      start++;
    } else if (PREFIXES.has(first.text)) start++;
    else if (first.text === "sudo" || first.text === "env") {
      start++;
      while (all[start]?.text.startsWith("-")) start++;
    } else break;
  }
  const plain = all.slice(start).map(({ text, line, open }): Word => ({ text, line, open }));
  const exports = EXPORTS.has(baseName(plain[0]?.text ?? ""));
  const said = exports ? { ...own, ...assignments(plain.slice(1)) } : own;
  if (exports && Object.keys(reader.exported).length < maxExported) {
    reader.exported = { ...reader.exported, ...said };
  }
  if (plain.length === 0 || exports) {
    for (const [name, value] of Object.entries(said)) reader.vars.set(name, value);
  }
  current.words = plain;
  write(current, reader);
  const isBare = Object.keys(said).length === 0;
  if (plain.length === 0 && isBare) return;
  const input = current.input?.words;
  const env = isBare ? reader.exported : { ...reader.exported, ...said };
  reader.script.commands.push({ words: exports ? [] : plain, env, ...(input && { input }) });
  nested(current, reader);
}

function assignments(words: readonly Word[]): Record<string, Word> {
  const pairs = words.flatMap((word) => {
    const name = ASSIGNMENT.exec(word.text)?.[1];
    return name === undefined
      ? []
      : [[name, { ...word, text: word.text.slice(word.text.indexOf("=") + 1) }] as const];
  });
  return Object.fromEntries(pairs);
}

/** `A=b` is an assignment, `"A=b"` is a word. */
function isBareName({ at }: RawWord, name: string, { text }: Reader): boolean {
  return text.startsWith(name, at);
}

function expand(word: RawWord): RawWord[] {
  if (!word.split || word.quoted) return [word];
  return word.text
    .split(/\s+/)
    .filter((part) => part !== "")
    .map((part) => ({ ...word, text: part }));
}

/** `cat <<EOF > path`, `tee path <<EOF`, `cat <<EOF | tee path`, `echo text > path`. */
function write({ words = [], heredoc, input, target }: Current, { script }: Reader): void {
  const program = baseName(words[0]?.text ?? "");
  const teed =
    program === "tee" ? words.findLast(({ text }, i) => i > 0 && !text.startsWith("-")) : undefined;
  const path = (teed ?? target)?.text;
  if (path === undefined) return;
  const held = heredoc ?? (program === "tee" ? input?.heredoc : undefined);
  if (held !== undefined) {
    script.files.push({ path, content: held.content, lineAt: (line) => held.first + line - 1 });
  } else if (program === "echo" && words.length > 1) {
    const said = words.slice(1).filter(({ text }) => !/^-[neE]+$/.test(text));
    const { line } = words[1]!;
    script.files.push({ path, content: `${said.map(({ text }) => text).join(" ")}\n`, lineAt: () => line });
  }
}

/** `sh -c "…"`, and a here-document that a shell reads. */
function nested({ words = [], heredoc }: Current, { script, depth }: Reader): void {
  if (depth >= maxDepth) return;
  const program = baseName(words[0]?.text ?? "");
  const isShell = SHELLS.has(program);
  const flag = words.findIndex(({ text }, i) => i > 0 && /^-[a-z]*c$/.test(text));
  const inline = isShell && flag > 0 ? words[flag + 1] : undefined;
  const inner = [
    ...(inline === undefined ? [] : [{ content: inline.text, first: inline.line }]),
    ...(heredoc !== undefined && (isShell || program === "ssh") ? [heredoc] : []),
  ];
  for (const { content, first } of inner) {
    const { commands, files } = readShell(content, lineIndex(content, first), depth + 1);
    script.commands.push(...commands);
    script.files.push(...files);
  }
}
