import { type Fields, get, isMap, map, maps, put, strings, word } from "#model/value.ts";
import { currentId, type Resource } from "./resource.ts";
import { selectExactly, selectResources } from "./select.ts";

/** A replacement outside the rendered subset, or one kustomize refuses. */
export class ReplacementError extends Error {
  override readonly name = "ReplacementError";
}

/** Applies one replacement; `named` says whether it found a source and at least one target. */
export function replace(
  resources: readonly Resource[],
  replacement: Fields,
): { source: boolean; targets: boolean } {
  const source = map(replacement.source);
  const sources = selectExactly(resources, source);
  if (sources.length === 0) return { source: false, targets: false };
  if (sources.length > 1) throw new ReplacementError("several sources");
  const value = readSource(sources[0]!.doc, source);
  let targets = false;
  for (const target of maps(replacement.targets)) {
    const select = map(target.select);
    if (Object.keys(select).length === 0) throw new ReplacementError("target without select");
    const rejected = new Set(maps(target.reject).flatMap((selector) => selectResources(resources, selector)));
    for (const resource of selectResources(resources, select)) {
      if (rejected.has(resource)) continue;
      targets = true;
      write(resource, target, value);
    }
  }
  return { source: true, targets };
}

function readSource(doc: Fields, source: Fields): unknown {
  const path = fieldPath(word(source.fieldPath) || "metadata.name");
  let value: unknown = doc;
  for (const segment of path) value = step(value, segment)[0];
  if (value === undefined) throw new ReplacementError("source field missing");
  const options = map(source.options);
  const delimiter = word(options.delimiter);
  if (delimiter === "") return value;
  const part = word(value).split(delimiter)[Number(options.index ?? 0)];
  if (part === undefined) throw new ReplacementError("source index out of range");
  return part;
}

function write(resource: Resource, target: Fields, value: unknown): void {
  const options = map(target.options);
  const paths = strings(target.fieldPaths);
  for (const text of paths.length > 0 ? paths : ["metadata.name"]) {
    const path = fieldPath(text);
    if (path.join(".") === "metadata.name") resource.previous.push(currentId(resource.doc));
    if (!writeAt(resource.doc, path, { value, options })) throw new ReplacementError(`nothing at ${text}`);
  }
}

function writeAt(
  node: unknown,
  path: readonly string[],
  { value, options, inAnnotations = false }: { value: unknown; options: Fields; inAnnotations?: boolean },
): boolean {
  const [segment, ...rest] = path;
  if (segment === undefined) return false;
  if (rest.length > 0) {
    // Annotations are always written as strings.
    const inner = { value, options, inAnnotations: segment === "annotations" };
    const children = step(node, segment);
    if (children.length === 0 && options.create === true && isMap(node) && PLAIN.test(segment)) {
      const made: Fields = {};
      put(node, segment, made);
      return writeAt(made, rest, inner);
    }
    return children.map((child) => writeAt(child, rest, inner)).some(Boolean);
  }
  if (!isMap(node) || !PLAIN.test(segment)) throw new ReplacementError("value of a list item");
  const found = get(node, segment);
  if (found === undefined && options.create !== true) return false;
  const result = joined(found, { value, options });
  put(node, segment, inAnnotations && typeof result !== "object" ? word(result) : result);
  return true;
}

function joined(found: unknown, { value, options }: { value: unknown; options: Fields }): unknown {
  const delimiter = word(options.delimiter);
  if (delimiter === "") return typed(found, value);
  const parts = word(found).split(delimiter);
  const at = Number(options.index ?? 0);
  if (at < 0) parts.unshift(word(value));
  else if (at >= parts.length) parts.push(word(value));
  else parts[at] = word(value);
  return parts.join(delimiter);
}

/** kustomize copies the text of a scalar: what was a string stays one, everything else is read anew from that text. */
function typed(found: unknown, value: unknown): unknown {
  if (typeof value === "object") return structuredClone(value);
  const text = word(value);
  if (typeof found === "string") return text;
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  // Floats, nulls and the words of YAML 1.1 would need its whole reader.
  if (!/^[A-Za-z][\w./:-]*$/.test(text) || /^(?:y|n|yes|no|on|off|null)$/i.test(text)) {
    throw new ReplacementError("value that YAML may read as another type");
  }
  return text;
}

const PLAIN = /^(?!\d+$)[^[\]*]+$/;
const KEYED = /^\[([^=\]]+)=([^\]]*)\]$/;

/** Children of a node: a field, an index, every item (`*`), or the items whose field has a value (`[name=app]`). */
function step(node: unknown, segment: string): unknown[] {
  if (Array.isArray(node)) {
    if (segment === "*") return node;
    if (/^\d+$/.test(segment)) return node[Number(segment)] === undefined ? [] : [node[Number(segment)]];
    const keyed = KEYED.exec(segment);
    if (!keyed) throw new ReplacementError(`field path at ${segment}`);
    return node.filter((item) => isMap(item) && word(item[keyed[1]!]) === keyed[2]);
  }
  if (!isMap(node)) return [];
  const found = get(node, segment);
  return found === undefined || found === null ? [] : [found];
}

/** `spec.template.spec.containers.[name=app].image`; a dot inside a name is written `\.`. */
function fieldPath(text: string): string[] {
  const segments = text.match(/\[[^\]]*\]|(?:\\.|[^.[\]\\])+/g) ?? [];
  return segments.map((segment) => segment.replace(/\\(.)/g, "$1"));
}
