import { copy, type Fields, get, isMap, put, word } from "#model/value.ts";
import { RefusedError } from "./errors.ts";

/** Applies RFC 6902 operations to a copy of an object, as lenient as the library kustomize uses: `replace` may add. */
export function jsonPatch(doc: Fields, operations: readonly unknown[]): Fields {
  let result: unknown = copy(doc);
  for (const operation of operations) {
    if (!isMap(operation)) throw new RefusedError("an operation must be a mapping");
    result = applyOne(result, operation);
  }
  if (!isMap(result)) throw new RefusedError("the patched object is no mapping");
  return result;
}

function applyOne(doc: unknown, operation: Fields): unknown {
  const op = word(operation.op);
  const text = word(operation.path);
  const path = pointer(text);
  const value = copy(operation.value ?? null);
  switch (op) {
    case "add":
      return write(doc, path, { mode: "add", value });
    case "replace":
      return write(doc, path, { mode: "replace", value });
    case "remove":
      return write(doc, path, { mode: "remove" });
    case "test":
      if (!isSame(read(doc, path) ?? null, value)) throw new RefusedError(`test: ${text} is another value`);
      return doc;
    case "copy":
    case "move": {
      // What is not there is copied as null.
      const from = pointer(word(operation.from));
      const moved = copy(read(doc, from) ?? null);
      const rest = op === "move" ? write(doc, from, { mode: "remove" }) : doc;
      return write(rest, path, { mode: "add", value: moved });
    }
    default:
      throw new RefusedError(`"${op}" is no operation`);
  }
}

function pointer(text: string): string[] {
  if (text === "") return [];
  // Everything before the first slash is ignored.
  return text
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isMap(a)) return a === b;
  if (!isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** The value at a path; a field that is not there is `undefined`, a way that is not there an error. */
function read(doc: unknown, path: readonly string[]): unknown {
  let node = doc;
  for (const [i, segment] of path.entries()) {
    if (Array.isArray(node)) node = node[index(segment, node.length - 1)];
    else if (isMap(node)) node = get(node, segment);
    else throw new RefusedError(`nothing at /${path.slice(0, i).join("/")}`);
  }
  return node;
}

function index(segment: string, last: number): number {
  const at = /^-?\d+$/.test(segment) ? Number(segment) : Number.NaN;
  // Negative indices count from the end.
  const real = at < 0 ? at + last + 1 : at;
  if (!Number.isInteger(real) || real < 0 || real > last)
    throw new RefusedError(`index ${segment} is out of range`);
  return real;
}

type Write = { mode: "add" | "replace"; value: unknown } | { mode: "remove" };

function write(doc: unknown, path: readonly string[], change: Write): unknown {
  if (path.length === 0) {
    if (change.mode === "remove") throw new RefusedError("the whole object cannot be removed");
    return change.value;
  }
  const parent = read(doc, path.slice(0, -1));
  const segment = path.at(-1)!;
  if (Array.isArray(parent)) writeItem(parent, segment, change);
  else if (isMap(parent)) writeField(parent, segment, change);
  else throw new RefusedError(`nothing at /${path.slice(0, -1).join("/")}`);
  return doc;
}

function writeItem(list: unknown[], segment: string, change: Write): void {
  if (change.mode === "add") {
    list.splice(segment === "-" ? list.length : index(segment, list.length), 0, change.value);
    return;
  }
  const at = index(segment, list.length - 1);
  if (change.mode === "remove") list.splice(at, 1);
  else list[at] = change.value;
}

function writeField(fields: Fields, segment: string, change: Write): void {
  if (change.mode !== "remove") {
    put(fields, segment, change.value);
    return;
  }
  if (!Object.hasOwn(fields, segment)) throw new RefusedError(`remove: nothing at ${segment}`);
  delete fields[segment];
}
