import { parseAllDocuments } from "yaml";
import type { Report } from "#model/plan.ts";
import { blank } from "#model/secrets.ts";
import type { Language } from "#model/text.ts";
import { harmsIn } from "./hostile.ts";
import { isKnownImage } from "./names.ts";
import { hostOf, type Vocabulary } from "./vocabulary.ts";

/** The whole guard, without ignores: comments of a model excuse nothing. */
export type CheckFiles = (files: readonly { path: string; content: string }[]) => Report;

export type SnippetFlaw = { rule: string; what: string };

const documentsAtMost = 12;
const URL = /[a-z]+:\/\/[^\s"'<>]+/gi;
const IMAGE_KEY = /^(?:image|imageName|newName)$/;
const COMMENT = /(?:^|\s)#/;
const SHELL = /\b(?:curl|wget|nc|ncat|socat|bash|rm\s+-rf?|chmod|base64\s+-d|kubectl|eval)\b|\/dev\/tcp/;

/** Everything wrong with a snippet; none means every document of it was checked against schemas and rules. */
export function snippetFlaws(
  yaml: string,
  { check, vocabulary, language }: { check: CheckFiles; vocabulary: Vocabulary; language: Language },
): SnippetFlaw[] {
  const flaws: SnippetFlaw[] = [];
  const add = (rule: string, what: string) => flaws.push({ rule, what });
  if (/```|~~~/.test(yaml)) add("SNIPPET-01", "holds a code fence; give bare YAML");
  if (blank(yaml) !== yaml) add("SNIPPET-02", "holds what looks like a secret; name a Secret instead");
  const documents = read(yaml);
  if (documents.kind === "unreadable") return [...flaws, { rule: "SNIPPET-03", what: documents.why }];
  if (yaml.split("\n").some((line) => COMMENT.test(line.replace(/"[^"]*"|'[^']*'/g, ""))))
    add("SNIPPET-04", "holds comments; what they would say belongs into `purpose`");
  for (const value of documents.values) walk(value, "", (key, text) => judge(key, text, vocabulary, add));
  const report = check([{ path: "snippets/snippet.yaml", content: yaml }]);
  for (const { rule, severity, line, message, fix } of report.findings) {
    if (severity === "block") add(rule, `line ${line}: ${message[language]} ${fix[language]}`);
  }
  for (const { what } of report.unchecked)
    add("SNIPPET-05", `no schema checks ${what}; use a kind that is checked`);
  if (report.checked.documents < documents.values.length) {
    add(
      "SNIPPET-05",
      "not every document is a Kubernetes object with apiVersion and kind that a schema checks",
    );
  }
  return flaws;
}

type Read = { kind: "read"; values: unknown[] } | { kind: "unreadable"; why: string };

function read(yaml: string): Read {
  try {
    const documents = parseAllDocuments(yaml, { logLevel: "silent", uniqueKeys: true });
    if (!Array.isArray(documents) || documents.length === 0) return { kind: "unreadable", why: "is empty" };
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error) return { kind: "unreadable", why: `is not YAML: ${error.message.split("\n")[0]}` };
    if (documents.length > documentsAtMost)
      return { kind: "unreadable", why: `has ${documents.length} documents; ${documentsAtMost} at most` };
    return { kind: "read", values: documents.map((document) => document.toJS({ maxAliasCount: 20 })) };
  } catch (error) {
    return {
      kind: "unreadable",
      why: `is not YAML: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function walk(value: unknown, key: string, visit: (key: string, text: string) => void, depth = 0): void {
  if (depth > 40) return;
  if (typeof value === "string") visit(key, value);
  else if (Array.isArray(value)) for (const item of value) walk(item, key, visit, depth + 1);
  else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      visit("", name);
      walk(item, name, visit, depth + 1);
    }
  }
}

function judge(
  key: string,
  text: string,
  vocabulary: Vocabulary,
  add: (rule: string, what: string) => void,
): void {
  if (IMAGE_KEY.test(key) && !isKnownImage(text.replace(/@sha256:[0-9a-f]{64}$/, ""), vocabulary))
    add("SNIPPET-06", `the image ${text} is not in the catalogue`);
  for (const url of text.match(URL) ?? []) {
    const host = hostOf(url);
    if (!vocabulary.hosts.has(host) && !host.endsWith("example.com"))
      add("SNIPPET-07", `${url} is no address of this plan`);
  }
  if (SHELL.test(text)) add("SNIPPET-08", "runs a shell command; snippets only declare");
  // A wildcard is no order, and a label with a slash is no mention.
  for (const { rule, what } of harmsIn(text)) add(rule, what);
}
