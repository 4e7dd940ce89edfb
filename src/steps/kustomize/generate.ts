import { posix } from "node:path";
import { type Fields, get, map, put, strings, word } from "#model/value.ts";
import { OutsideError, RefusedError } from "./errors.ts";

export type Generated = { doc: Fields; behavior: "create" | "merge" | "replace"; needsHash: boolean };

type ReadText = (reference: string) => string | undefined;

/** The ConfigMap or Secret a generator entry makes, before names change; files are read by `text`. */
export function generate(
  kind: "ConfigMap" | "Secret",
  entry: Fields,
  { shared, text }: { shared: Fields; text: ReadText },
): Generated {
  const options = map(entry.options);
  if (word(entry.name) === "") throw new RefusedError("a generator without name");
  const metadata: Fields = { name: word(entry.name) };
  if (word(entry.namespace) !== "") put(metadata, "namespace", word(entry.namespace));
  for (const field of ["labels", "annotations"]) {
    const pairs = { ...map(get(shared, field)), ...map(get(options, field)) };
    if (Object.keys(pairs).length > 0) put(metadata, field, pairs);
  }
  const doc: Fields = { apiVersion: "v1", kind, metadata };
  if (kind === "Secret") doc.type = word(entry.type) || "Opaque";
  Object.assign(doc, dataOf(kind, readPairs(entry, text)));
  // Set for all of them, an option cannot be taken back for one.
  if (options.immutable === true || shared.immutable === true) doc.immutable = true;
  const behavior = word(entry.behavior);
  return {
    doc,
    behavior: behavior === "merge" || behavior === "replace" ? behavior : "create",
    needsHash: options.disableNameSuffixHash !== true && shared.disableNameSuffixHash !== true,
  };
}

function readPairs(entry: Fields, text: ReadText): Record<string, string> {
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    if (Object.hasOwn(data, key)) throw new RefusedError(`the key "${key}" twice`);
    put(data, key, value);
  };
  const envs = [...strings(entry.envs), ...(word(entry.env) === "" ? [] : [word(entry.env)])];
  for (const reference of envs) {
    for (const [key, value] of envLines(required(reference, text))) add(key, value);
  }
  for (const literal of strings(entry.literals)) {
    const at = literal.indexOf("=");
    if (at < 1) throw new RefusedError(`the literal "${literal.slice(0, 40)}" is no key=value`);
    add(literal.slice(0, at), unquote(literal.slice(at + 1)));
  }
  for (const reference of strings(entry.files)) {
    const { key, path } = fileSource(reference);
    if (key === "" || path === "" || path.includes("=")) {
      throw new RefusedError(`the file "${reference}" is no path and no key=path`);
    }
    add(key, required(path, text));
  }
  return data;
}

/** `key=path`, or a path whose last part is the key. */
export function fileSource(reference: string): { key: string; path: string } {
  const at = reference.indexOf("=");
  if (at < 0) return { key: posix.basename(reference), path: reference };
  return { key: reference.slice(0, at), path: reference.slice(at + 1) };
}

function required(reference: string, text: ReadText): string {
  const found = text(reference);
  if (found === undefined) throw new RefusedError(`${reference} is not there`);
  // A replacement character stands where bytes were no text; what they were is not known any more.
  if (found !== NO_TEXT && found.includes(NO_TEXT)) throw new OutsideError("a file that is only partly text");
  return found;
}

function envLines(content: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const raw of content.replace(/^\u{feff}/u, "").split("\n")) {
    const line = raw.replace(/\r$/, "").trimStart();
    if (line === "" || line.startsWith("#")) continue;
    const at = line.indexOf("=");
    if (at !== 0) pairs.push([at < 0 ? line : line.slice(0, at), at < 0 ? "" : line.slice(at + 1)]);
  }
  return pairs;
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(value);
  return quoted ? quoted[2]! : value;
}

/** Stands for the whole content of a file that is no text, and was not read. */
const NO_TEXT = "\ufffd";

/** A ConfigMap keeps bytes apart from text; of bytes only the key is known, and so the hash in the name is not the real one. */
function dataOf(kind: "ConfigMap" | "Secret", pairs: Record<string, string>): Fields {
  if (kind === "Secret") return filled("data", encodeData(pairs));
  const isText = ([, value]: [string, string]) => value !== NO_TEXT;
  const entries = Object.entries(pairs);
  const binary = entries.filter((entry) => !isText(entry)).map(([key]) => [key, ""]);
  return {
    ...filled("data", Object.fromEntries(entries.filter(isText))),
    ...filled("binaryData", Object.fromEntries(binary)),
  };
}

function filled(field: string, pairs: Fields): Fields {
  return Object.keys(pairs).length > 0 ? { [field]: pairs } : {};
}

function encodeData(data: Record<string, string>): Fields {
  const encoded: Fields = {};
  for (const [key, value] of Object.entries(data))
    put(encoded, key, wrapped(Buffer.from(value).toString("base64")));
  return encoded;
}

const BASE64_LINE = 70;

/** kustomize breaks long base64 into lines of 70 characters, each with its end. Source: kyaml/yaml/datamap.go */
function wrapped(base64: string): string {
  if (base64.length < BASE64_LINE) return base64;
  return base64.replace(/.{1,70}/g, "$&\n");
}
