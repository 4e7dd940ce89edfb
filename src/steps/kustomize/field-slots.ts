import { type Fields, get, isMap, put, word } from "#model/value.ts";
import { RefusedError } from "./errors.ts";
import { toRegExp } from "./select.ts";

/** A place a value is read from or written to. */
export type Slot = { value: unknown; set: (value: unknown) => void };

const INDEX = /^\d+$/;
const BRACKETS = /^\[(.*)\]$/s;

/** `spec.template.spec.containers.[name=app].image`; a dot inside a name is written `\.`, inside brackets as it is. */
export function splitFieldPath(text: string): string[] {
  const split = text.split(".").reduce<string[]>((parts, part) => {
    const last = parts.at(-1);
    if (last?.endsWith("\\")) parts[parts.length - 1] = `${last.slice(0, -1)}.${part}`;
    else parts.push(part);
    return parts;
  }, []);
  const result: string[] = [];
  for (let i = 0; i < split.length; i++) {
    let part = split[i]!;
    if (part.startsWith("[")) while (!part.endsWith("]") && i < split.length - 1) part += `.${split[++i]}`;
    result.push(part);
  }
  return result;
}

/** The value a replacement takes; `undefined` where there is none. */
export function readAt(doc: Fields, path: readonly string[]): unknown {
  let node: unknown = doc;
  for (const part of path.map((one) => one.trim()).filter((one) => one !== "")) {
    if (node === undefined || node === null) return undefined;
    const brackets = BRACKETS.exec(part);
    if (INDEX.test(part) || part === "-") node = listOf(node, part).at(part === "-" ? -1 : Number(part));
    else if (brackets) {
      const [field, wanted] = pair(brackets[1]!, part);
      node = listOf(node, part).find((item) =>
        field === "" ? word(item) === wanted : isMap(item) && word(get(item, field)) === wanted,
      );
    } else node = get(mapOf(node, part), part);
  }
  return node;
}

/**
 * Every place a path means: fields, indices, all items (`*`), or the items whose field matches (`[name=app]`, where `app`
 * may be a regular expression). With `create`, what is missing on the way is made, and so is the last field.
 */
export function slotsAt(
  doc: Fields,
  path: readonly string[],
  { create, leaf }: { create: boolean; leaf: unknown },
): Slot[] {
  return visit({ value: doc, set: () => {} }, path);

  function visit(slot: Slot, [part, ...rest]: readonly string[]): Slot[] {
    if (part === undefined) return [slot];
    if (INDEX.test(part)) return atIndex(slot, part, rest);
    const brackets = BRACKETS.exec(part);
    if (brackets) return matching(slot, part, { rest, expression: brackets[1]! });
    if (part === "*") return items(listOf(slot.value, part)).flatMap((item) => visit(item, rest));
    // What kustomize writes below a null is lost in it.
    if (slot.value === null) return create ? [{ value: undefined, set: () => {} }] : [];
    const fields = mapOf(slot.value, part);
    let value = get(fields, part);
    if (value === undefined) {
      if (!create) return [];
      value = made(rest);
      put(fields, part, value);
    }
    return visit({ value, set: (next) => put(fields, part, next) }, rest);
  }

  function atIndex(slot: Slot, part: string, rest: readonly string[]): Slot[] {
    const list = listOf(slot.value, part);
    const at = Number(part);
    if (at === list.length && create) list.push(made(rest));
    if (at >= list.length) throw new RefusedError(`index ${part} of ${list.length} items`);
    return visit(items(list)[at]!, rest);
  }

  function matching(
    slot: Slot,
    part: string,
    { rest, expression }: { rest: readonly string[]; expression: string },
  ): Slot[] {
    const [field, pattern] = pair(expression, part);
    const test = toRegExp(pattern);
    const list = listOf(slot.value, part);
    const find = () =>
      items(list).flatMap((item) => {
        if (field === "") return typeof item.value === "object" || !test.test(word(item.value)) ? [] : [item];
        const found = isMap(item.value) ? get(item.value, field) : undefined;
        return found === undefined || !test.test(word(found)) ? [] : visit(item, rest);
      });
    const found = find();
    if (found.length > 0 || !create) return found;
    list.push(field === "" ? pattern : { [field]: pattern });
    return find();
  }

  function made([next]: readonly string[]): unknown {
    if (next === undefined) return Array.isArray(leaf) ? [] : isMap(leaf) ? {} : undefined;
    return INDEX.test(next) || BRACKETS.test(next) ? [] : {};
  }
}

function items(list: unknown[]): Slot[] {
  return list.map((value, i) => ({
    value,
    set: (next) => {
      list[i] = next;
    },
  }));
}

function listOf(node: unknown, part: string): unknown[] {
  if (Array.isArray(node)) return node;
  throw new RefusedError(`${part} asks for a list`);
}

function mapOf(node: unknown, part: string): Fields {
  if (isMap(node)) return node;
  throw new RefusedError(`${part} asks for a mapping`);
}

function pair(expression: string, part: string): [string, string] {
  const at = expression.indexOf("=");
  if (at < 0) throw new RefusedError(`${part} must be [field=value]`);
  return [expression.slice(0, at), expression.slice(at + 1)];
}
