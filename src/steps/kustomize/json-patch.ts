import { type Fields, get, isMap, put, word } from "#model/value.ts";

/** An operation that cannot be carried out; kustomize fails the build on it. */
export class JsonPatchError extends Error {
  override readonly name = "JsonPatchError";
}

/** Applies RFC 6902 operations to a copy of an object. */
export function jsonPatch(doc: Fields, operations: readonly unknown[]): Fields {
  let result: unknown = structuredClone(doc);
  for (const operation of operations) {
    if (!isMap(operation)) throw new JsonPatchError("an operation must be a mapping");
    result = applyOne(result, operation);
  }
  if (!isMap(result)) throw new JsonPatchError("the patched object is no mapping");
  return result;
}

function applyOne(doc: unknown, operation: Fields): unknown {
  const op = word(operation.op);
  const path = pointer(word(operation.path));
  switch (op) {
    case "add":
      return write(doc, path, { mode: "add", value: structuredClone(operation.value ?? null) });
    case "replace":
      return write(doc, path, { mode: "replace", value: structuredClone(operation.value ?? null) });
    case "remove":
      return write(doc, path, { mode: "remove" });
    case "test":
      if (JSON.stringify(read(doc, path)) !== JSON.stringify(operation.value)) {
        throw new JsonPatchError(`test of ${word(operation.path)} failed`);
      }
      return doc;
    case "copy":
    case "move": {
      const from = pointer(word(operation.from));
      const value = structuredClone(read(doc, from));
      const rest = op === "move" ? write(doc, from, { mode: "remove" }) : doc;
      return write(rest, path, { mode: "add", value });
    }
    default:
      throw new JsonPatchError(`unknown operation "${op}"`);
  }
}

function pointer(text: string): string[] {
  if (text === "") return [];
  if (!text.startsWith("/")) throw new JsonPatchError(`"${text}" is no JSON pointer`);
  return text
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(doc: unknown, path: readonly string[]): unknown {
  let node = doc;
  for (const segment of path) node = child(node, segment);
  return node;
}

function child(node: unknown, segment: string): unknown {
  if (Array.isArray(node)) return node[index(segment, node.length - 1)];
  const found = isMap(node) ? get(node, segment) : undefined;
  if (found === undefined) throw new JsonPatchError(`nothing at "${segment}"`);
  return found;
}

function index(segment: string, last: number): number {
  const at = Number(segment);
  // Negative indices count from the end in the library kustomize uses.
  const real = at < 0 ? at + last + 1 : at;
  if (!Number.isInteger(at) || real < 0 || real > last) {
    throw new JsonPatchError(`index "${segment}" is out of range`);
  }
  return real;
}

type Write = { mode: "add" | "replace"; value: unknown } | { mode: "remove" };

function write(doc: unknown, path: readonly string[], change: Write): unknown {
  if (path.length === 0) {
    if (change.mode === "remove") throw new JsonPatchError("the whole object cannot be removed");
    return change.value;
  }
  const parent = read(doc, path.slice(0, -1));
  const segment = path.at(-1)!;
  if (Array.isArray(parent)) writeItem(parent, segment, change);
  else if (isMap(parent)) writeField(parent, segment, change);
  else throw new JsonPatchError(`nothing to write to at "${segment}"`);
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
  if (change.mode === "add") {
    put(fields, segment, change.value);
    return;
  }
  if (!Object.hasOwn(fields, segment)) throw new JsonPatchError(`nothing at "${segment}"`);
  if (change.mode === "remove") delete fields[segment];
  else put(fields, segment, change.value);
}
