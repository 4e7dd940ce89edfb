import { type Fields, map, word } from "#model/value.ts";
import { OutsideError, RefusedError } from "./errors.ts";
import { currentId, effectiveNamespace, type Id, idsOf, originalId, type Resource } from "./resource.ts";

/** The objects a patch target selects: anchored regular expressions over the first and the present id. */
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
    const first = originalId(resource);
    if (!name!(first.name) && !name!(now.name)) return false;
    if (!namespace!(effectiveNamespace(first)) && !namespace!(effectiveNamespace(now))) return false;
    return hasMarks(resource, labels, annotations);
  });
}

type Test = (pairs: Fields) => boolean;

function hasMarks({ doc }: Resource, labels: Test, annotations: Test): boolean {
  const metadata = map(doc.metadata);
  return labels(map(metadata.labels)) && annotations(map(metadata.annotations));
}

const ID_FIELDS = ["group", "version", "kind", "name", "namespace"] as const;

/** Whether a replacement means this object: exact words, over every id it has had. */
export function isSelected(resource: Resource, selector: Fields): boolean {
  return idsOf(resource).some((id) => isMeant(id, selector));
}

/** Objects a replacement writes to: meant by `select` under an id that no `reject` means. */
export function selectTargets(
  resources: readonly Resource[],
  { select, reject }: { select: Fields; reject: readonly Fields[] },
): Resource[] {
  const marks = (selector: Fields) => [
    labelSelector(word(selector.labelSelector)),
    labelSelector(word(selector.annotationSelector)),
  ];
  const [labels, annotations] = marks(select);
  const marked = reject.filter(
    ({ labelSelector: a, annotationSelector: b }) => word(a) !== "" || word(b) !== "",
  );
  const unwanted = marked.map(marks);
  const byId = reject.filter((selector) => ID_FIELDS.some((field) => word(selector[field]) !== ""));
  return resources.filter((resource) => {
    if (!hasMarks(resource, labels!, annotations!)) return false;
    if (unwanted.some(([l, a]) => hasMarks(resource, l!, a!))) return false;
    return idsOf(resource).some(
      (id) => isMeant(id, select) && !byId.some((selector) => isMeant(id, selector)),
    );
  });
}

function isMeant(id: Id, selector: Fields): boolean {
  return ID_FIELDS.every((field) => {
    const wanted = word(selector[field]);
    if (wanted === "") return true;
    return field === "namespace" ? wanted === effectiveNamespace(id) : wanted === id[field];
  });
}

function anchored(pattern: string): (value: string) => boolean {
  if (pattern === "") return () => true;
  const expression = toRegExp(`^(?:${pattern})$`, pattern);
  return (value) => expression.test(value);
}

/** What people write is mostly a plain name; a pattern from a file is data, so it must not be able to take long. */
export function toRegExp(whole: string, pattern = whole): RegExp {
  if (pattern.length > 200) throw new OutsideError(`the pattern ${pattern.slice(0, 40)}…`);
  // Nested repetition could take exponential time, which Go's engine does not: such a pattern is not tried.
  if (/[+*}?]\s*\)\s*[+*{]|\\[1-9k]|\(\?[^:]/.test(pattern))
    throw new OutsideError(`the pattern ${pattern.slice(0, 40)}`);
  if ((pattern.match(/[+*{]/g)?.length ?? 0) > 5)
    throw new OutsideError(`the pattern ${pattern.slice(0, 40)}`);
  try {
    return new RegExp(whole);
  } catch {
    throw new RefusedError(`"${pattern}" is no regular expression`);
  }
}

const REQUIREMENT =
  /^\s*(?:(?<not>!)?\s*(?<exists>[\w./-]+)|(?<key>[\w./-]+)\s*(?<op>==|=|!=)\s*(?<value>[\w.-]*)|(?<inKey>[\w./-]+)\s+(?<inOp>in|notin)\s*\((?<values>[^)]*)\))\s*$/;

function labelSelector(text: string): (labels: Fields) => boolean {
  if (text === "") return () => true;
  const tests = text.split(/,(?![^(]*\))/).map((part) => {
    const found = REQUIREMENT.exec(part)?.groups;
    if (found === undefined) throw new RefusedError(`"${text}" is no label selector`);
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
