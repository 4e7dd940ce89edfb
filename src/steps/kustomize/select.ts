import { type Fields, map, word } from "#model/value.ts";
import { currentId, effectiveNamespace, idsOf, type Resource } from "./resource.ts";

/** A selector that is no regular expression or no label selector we can read. */
export class SelectorError extends Error {
  override readonly name = "SelectorError";
}

/** The objects a patch target or a replacement selects: anchored regular expressions over every id an object has had. */
export function selectResources(resources: readonly Resource[], selector: Fields): Resource[] {
  const matcher = (field: string) => anchored(word(selector[field]));
  const [group, version, kind, name, namespace] = ["group", "version", "kind", "name", "namespace"].map(
    matcher,
  );
  const labels = labelSelector(word(selector.labelSelector));
  const annotations = labelSelector(word(selector.annotationSelector));
  return resources.filter((resource) => {
    const now = currentId(resource.doc);
    if (!group!(now.group) || !version!(now.version) || !kind!(now.kind)) return false;
    const metadata = map(resource.doc.metadata);
    if (!labels(map(metadata.labels)) || !annotations(map(metadata.annotations))) return false;
    return idsOf(resource).some((id) => name!(id.name) && namespace!(effectiveNamespace(id)));
  });
}

/** Compares exactly, as replacements do. */
export function selectExactly(resources: readonly Resource[], selector: Fields): Resource[] {
  return resources.filter((resource) =>
    idsOf(resource).some(
      (id) =>
        (["group", "version", "kind", "name"] as const).every((field) => {
          const wanted = word(selector[field]);
          return wanted === "" || wanted === id[field];
        }) &&
        (word(selector.namespace) === "" || word(selector.namespace) === effectiveNamespace(id)),
    ),
  );
}

function anchored(pattern: string): (value: string) => boolean {
  if (pattern === "") return () => true;
  // What people write is mostly a plain name; a pattern from a file is data, so its length is bounded.
  if (/^[\w.-]+$/.test(pattern) && !pattern.includes(".")) return (value) => value === pattern;
  if (pattern.length > 200) throw new SelectorError(pattern.slice(0, 40));
  // Nested repetition could take exponential time, which Go's engine does not: such a pattern is refused.
  if (/[+*}]\s*\)\s*[+*{]/.test(pattern)) throw new SelectorError(pattern.slice(0, 40));
  try {
    const expression = new RegExp(`^(?:${pattern})$`);
    return (value) => expression.test(value);
  } catch {
    throw new SelectorError(pattern);
  }
}

const REQUIREMENT =
  /^\s*(?:(?<not>!)?\s*(?<exists>[\w./-]+)|(?<key>[\w./-]+)\s*(?<op>==|=|!=)\s*(?<value>[\w.-]*)|(?<inKey>[\w./-]+)\s+(?<inOp>in|notin)\s*\((?<values>[^)]*)\))\s*$/;

function labelSelector(text: string): (labels: Fields) => boolean {
  if (text === "") return () => true;
  const tests = text.split(/,(?![^(]*\))/).map((part) => {
    const found = REQUIREMENT.exec(part)?.groups;
    if (found === undefined) throw new SelectorError(text);
    return (labels: Fields) => meets(labels, found);
  });
  return (labels) => tests.every((test) => test(labels));
}

function meets(labels: Fields, found: Record<string, string | undefined>): boolean {
  if (found.exists !== undefined) return Object.hasOwn(labels, found.exists) === (found.not === undefined);
  if (found.key !== undefined) {
    const equal = Object.hasOwn(labels, found.key) && word(labels[found.key]) === found.value;
    return equal === (found.op !== "!=");
  }
  const among = (found.values ?? "").split(",").map((value) => value.trim());
  const has = Object.hasOwn(labels, found.inKey!) && among.includes(word(labels[found.inKey!]));
  return has === (found.inOp === "in");
}
