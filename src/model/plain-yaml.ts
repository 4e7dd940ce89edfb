import { LineCounter } from "yaml";
import type { Starts } from "./plain-yaml/cursor.ts";
import { type PlainDocument, Reader } from "./plain-yaml/reader.ts";
import { notPlain } from "./plain-yaml/scalars.ts";

/** Tabs, lone carriage returns and byte order marks have rules of their own. */
const ODD = /[\t\r\ufeff]/;

/**
 * Reads the YAML that nearly all manifests are written in, ten times as fast as the whole reader: block mappings and lists,
 * scalars and brackets of one line, literal and folded blocks, a few anchors. `undefined` as soon as there is anything
 * else, every error among it, and every scalar that YAML 1.1 reads in another way: then the whole reader has the word.
 * What is read is what that one would have read.
 */
export function readPlain(text: string): PlainDocument[] | undefined {
  const lines = withNewlines(text);
  if (ODD.test(lines)) return undefined;
  try {
    return new Reader(lines).documents();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** The text with line ends of one kind; lines and columns stay what they are. */
function withNewlines(text: string): string {
  return text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
}

/** Line and column, from 1, of the field a JSON pointer leads to in a document, or of the nearest one on the way. */
export type PlainPlaces = (index: number, pointer: string) => { line: number; col: number } | undefined;

/**
 * Where the fields of a plain text stand, read again with that in mind: few texts are asked. `undefined` where only the whole
 * reader can say.
 */
export function plainPlaces(given: string): PlainPlaces {
  const text = withNewlines(given);
  const starts: Starts = new Map();
  const documents = new Reader(text, starts).documents();
  const lines = new LineCounter();
  for (let at = 0; ; ) {
    lines.addNewLine(at);
    at = text.indexOf("\n", at) + 1;
    if (at === 0) break;
  }
  return (index, pointer) => {
    const { value, line, column } = documents[index]!;
    const offset = offsetOf(value, pointer, starts);
    if (offset === undefined) return undefined;
    return offset < 0 ? { line, col: column } : lines.linePos(offset);
  };
}

/** The offset of a field; -1 for that of the whole document, nothing where it was not noted. */
function offsetOf(document: unknown, pointer: string, starts: Starts): number | undefined {
  let node = document;
  let offset: number | undefined = -1;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof node !== "object" || node === null) break;
    const key = Array.isArray(node) ? Number(name) : name;
    if (!Object.hasOwn(node, key)) break;
    offset = starts.get(node)?.get(key);
    if (offset === undefined) return undefined;
    node = (node as Record<string | number, unknown>)[key];
  }
  return offset;
}
