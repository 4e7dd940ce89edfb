import { createHash } from "node:crypto";
import { posix } from "node:path";
import { type Fields, get, isMap, map, put, strings, word } from "#model/value.ts";

/** Something a generator does that the renderer does not reproduce. */
export class UnsupportedGeneratorError extends Error {
  override readonly name = "UnsupportedGeneratorError";
}

export type Generated = { doc: Fields; behavior: "create" | "merge" | "replace"; needsHash: boolean };

/** The ConfigMap or Secret a generator entry makes, before names change; files are read by `text`. */
export function generate(
  kind: "ConfigMap" | "Secret",
  entry: Fields,
  { shared, text }: { shared: Fields; text: (reference: string) => string | undefined },
): Generated {
  const options = map(entry.options);
  const metadata: Fields = { name: word(entry.name) };
  if (word(entry.namespace) !== "") put(metadata, "namespace", word(entry.namespace));
  for (const field of ["labels", "annotations"]) {
    const pairs = { ...map(get(shared, field)), ...map(get(options, field)) };
    if (Object.keys(pairs).length > 0) put(metadata, field, pairs);
  }
  const data = readData(entry, text);
  const doc: Fields = { apiVersion: "v1", kind, metadata };
  if (kind === "Secret") doc.type = word(entry.type) || "Opaque";
  if (Object.keys(data).length > 0) doc.data = kind === "Secret" ? encodeData(data) : data;
  if ((options.immutable ?? shared.immutable) === true) doc.immutable = true;
  const behavior = word(entry.behavior);
  return {
    doc,
    behavior: behavior === "merge" || behavior === "replace" ? behavior : "create",
    needsHash: (options.disableNameSuffixHash ?? shared.disableNameSuffixHash) !== true,
  };
}

function readData(entry: Fields, text: (reference: string) => string | undefined): Record<string, string> {
  const data: Record<string, string> = {};
  const envs = [...strings(entry.envs), ...(typeof entry.env === "string" ? [entry.env] : [])];
  for (const reference of envs) {
    for (const [key, value] of envLines(required(reference, text))) put(data, key, value);
  }
  for (const reference of strings(entry.files)) {
    const { key, path } = fileSource(reference);
    put(data, key, required(path, text));
  }
  for (const literal of strings(entry.literals)) {
    const at = literal.indexOf("=");
    if (at < 1) throw new UnsupportedGeneratorError(`literal ${literal.slice(0, 40)}`);
    put(data, literal.slice(0, at), unquote(literal.slice(at + 1)));
  }
  return data;
}

/** `key=path`, or a path whose last part is the key. */
export function fileSource(reference: string): { key: string; path: string } {
  const at = reference.indexOf("=");
  if (at < 0) return { key: posix.basename(reference), path: reference };
  return { key: reference.slice(0, at), path: reference.slice(at + 1) };
}

function required(reference: string, text: (reference: string) => string | undefined): string {
  const found = text(reference);
  if (found === undefined) throw new UnsupportedGeneratorError(reference);
  // A replacement character stands where bytes were no text: kustomize would write binaryData.
  if (found.includes("\u{fffd}")) throw new UnsupportedGeneratorError("binaryData");
  return found;
}

function envLines(content: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const raw of content.replace(/^\u{feff}/u, "").split("\n")) {
    const line = raw.replace(/\r$/, "").trimStart();
    if (line === "" || line.startsWith("#")) continue;
    const at = line.indexOf("=");
    // Without a value kustomize takes it from the environment it runs in.
    if (at < 1) throw new UnsupportedGeneratorError("env without value");
    pairs.push([line.slice(0, at), line.slice(at + 1)]);
  }
  return pairs;
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(value);
  return quoted ? quoted[2]! : value;
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

const HASH_LENGTH = 10;
/** Letters that keep a hash from spelling words. Source: kustomize api/hasher/hasher.go */
const SUBSTITUTES: Readonly<Record<string, string>> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

/** The name suffix kustomize gives a ConfigMap or Secret of this content. */
export function contentHash(doc: Fields): string {
  // kustomize means to hash the name too, but looks it up under a key that does not exist.
  const content: Fields = { kind: doc.kind, name: "", data: doc.data ?? "" };
  if (doc.kind === "Secret") content.type = doc.type ?? "";
  for (const extra of doc.kind === "Secret" ? ["stringData"] : ["binaryData"]) {
    if (isMap(doc[extra])) content[extra] = doc[extra];
  }
  const hex = createHash("sha256").update(goJson(content)).digest("hex");
  return [...hex.slice(0, HASH_LENGTH)].map((digit) => SUBSTITUTES[digit] ?? digit).join("");
}

/** JSON the way Go writes it: keys sorted by bytes, `<`, `>`, `&` and the line separators escaped. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (isMap(value)) {
    const keys = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${keys.map((key) => `${goString(key)}:${goJson(value[key])}`).join(",")}}`;
  }
  return typeof value === "string" ? goString(value) : JSON.stringify(value ?? null);
}

const GO_ESCAPED = /[<>&\u2028\u2029]/g;
function goString(text: string): string {
  return JSON.stringify(text).replace(
    GO_ESCAPED,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
