import { hash } from "node:crypto";
import { type Fields, isMap } from "#model/value.ts";

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
  const hex = hash("sha256", goJson(content), "hex");
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
