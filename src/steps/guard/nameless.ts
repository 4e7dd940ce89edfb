import type { Finding } from "#model/plan.ts";
import { isMap } from "#model/value.ts";
import type { ParsedDocument, ParsedTree } from "./parse.ts";
import { sayViolation } from "./sentences.ts";

const release = { en: "Kubernetes", de: "Kubernetes", es: "Kubernetes", zh: "Kubernetes" };

/**
 * Objects that say only half of what they are: a kind without an API version, or the other way round. Nothing applies them,
 * and nothing else would be said of them.
 */
export function findNameless(
  { documents, kustomizations, patches }: ParsedTree,
  known: ReadonlySet<object>,
): { findings: Finding[]; checked: ParsedDocument[] } {
  const others = new Set([...patches, ...kustomizations.map(({ path }) => path)]);
  const findings: Finding[] = [];
  const checked: ParsedDocument[] = [];
  for (const document of documents) {
    const { path, value, line } = document;
    if (!isMap(value) || others.has(path) || known.has(document)) continue;
    const { apiVersion, kind, metadata } = value;
    if (!isMap(metadata) || typeof metadata.name !== "string") continue;
    const lacks = typeof kind === "string" ? "apiVersion" : "kind";
    if (value[lacks] !== undefined || typeof (kind ?? apiVersion) !== "string") continue;
    const said = sayViolation(
      { code: "required", pointer: "", values: { field: lacks } },
      typeof kind === "string" ? kind : metadata.name,
      release,
    );
    findings.push({ ...said, path, line: line(), pointer: "" });
    checked.push(document);
  }
  return { findings, checked };
}
