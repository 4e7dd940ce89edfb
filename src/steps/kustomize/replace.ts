import { copy, type Fields, isMap, map, maps, strings, word } from "#model/value.ts";
import { OutsideError, RefusedError } from "./errors.ts";
import { readAt, type Slot, slotsAt, splitFieldPath } from "./field-slots.ts";
import { patchFile } from "./patches.ts";
import type { Resource } from "./resource.ts";
import { isSelected, selectTargets } from "./select.ts";
import { guarded, noEffect, refuse, type Step } from "./state.ts";

/** `replacements`, inline or from files: values of one object written into others. */
export function applyReplacements(step: Step): void {
  const { state, kustomization } = step;
  for (const [i, item] of maps(kustomization.doc.replacements).entries()) {
    const pointer = `/replacements/${i}`;
    const read = word(item.path) === "" ? [item] : patchFile(word(item.path), step);
    if (read === undefined) {
      refuse(step, pointer, `${word(item.path)} holds no replacements`);
      continue;
    }
    for (const replacement of read.flat().filter(isMap)) {
      const written = guarded(() => replace(state.resources, replacement), pointer, step);
      if (written !== 0) continue;
      const name = word(map(replacement.source).name) || word(map(replacement.source).kind) || "-";
      noEffect(step, pointer, { field: "replacements", name });
    }
  }
}

/** Applies one replacement; returns how many objects it wrote to. */
function replace(resources: readonly Resource[], { source: given, targets }: Fields): number {
  if (!isMap(given) || !Array.isArray(targets))
    throw new RefusedError("a replacement needs source and targets");
  const sources = resources.filter((resource) => isSelected(resource, given));
  const [source] = sources;
  if (source === undefined) throw new RefusedError(`replacement: nothing is ${shown(given)}`);
  if (sources.length > 1) throw new RefusedError(`replacement: several objects are ${shown(given)}`);
  const value = readSource(source.doc, given);
  let written = 0;
  for (const target of maps(targets)) {
    if (!isMap(target.select)) throw new RefusedError("replacement: a target needs select");
    for (const resource of selectTargets(resources, { select: target.select, reject: maps(target.reject) })) {
      written++;
      write(resource, target, value);
    }
  }
  return written;
}

function shown(selector: Fields): string {
  return ["group", "version", "kind", "namespace", "name"]
    .flatMap((field) => (word(selector[field]) === "" ? [] : [word(selector[field])]))
    .join(" ");
}

const NAME = "metadata.name";

function readSource(doc: Fields, source: Fields): unknown {
  const path = word(source.fieldPath) || NAME;
  const value = readAt(doc, splitFieldPath(path));
  const isEmpty =
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
  if (isEmpty) throw new RefusedError(`replacement: nothing at ${path} of ${shown(source)}`);
  const options = map(source.options);
  const delimiter = word(options.delimiter);
  if (delimiter === "") return value;
  if (typeof value === "object") throw new RefusedError(`replacement: ${path} is no text to split`);
  const part = word(value).split(delimiter)[Number(options.index ?? 0)];
  if (part === undefined) throw new RefusedError(`replacement: part ${options.index} of ${path}`);
  return part;
}

function write(resource: Resource, target: Fields, value: unknown): void {
  const options = map(target.options);
  const create = options.create === true;
  const paths = strings(target.fieldPaths);
  for (const text of paths.length > 0 ? paths : [NAME]) {
    const slots = slotsAt(resource.doc, splitFieldPath(text), { create, leaf: value });
    if (slots.length === 0) throw new RefusedError(`replacement: nothing at ${text}`);
    for (const slot of slots) {
      const written = writtenAt(slot, value, options);
      slot.set(written);
      // Annotations end as text in any case.
      if (
        slot.value === undefined &&
        typeof written !== "string" &&
        !text.startsWith("metadata.annotations.")
      ) {
        resource.untyped = true;
      }
    }
  }
}

function writtenAt({ value: found }: Slot, value: unknown, options: Fields): unknown {
  const delimiter = word(options.delimiter);
  if (delimiter === "") return typed(found, value);
  if (typeof found === "object" && found !== null)
    throw new RefusedError("replacement: a list or mapping cannot be split");
  const parts = word(found).split(delimiter);
  const at = Number(options.index ?? 0);
  if (at < 0) parts.unshift(word(value));
  else if (at >= parts.length) parts.push(word(value));
  else parts[at] = word(value);
  return typed(found, parts.join(delimiter));
}

/** kustomize copies the text of a scalar, and the type stays: what was a string is one, what was a number must be one. */
function typed(found: unknown, value: unknown): unknown {
  if (typeof found === "object" && found !== null) return copy(value);
  if (found === undefined && typeof value === "object") return copy(value);
  const text = word(value);
  if (typeof found === "string") return text;
  const read = plain(text);
  if (found === undefined) return read;
  if (typeof read !== typeof found) throw new RefusedError(`replacement: "${text}" where ${word(found)} was`);
  return read;
}

/** A plain scalar; floats, nulls and the words of YAML 1.1 would need its whole reader. */
function plain(text: string): unknown {
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  if (/^[A-Za-z][\w./:-]*$/.test(text) && !/^(?:null|true|false)$/i.test(text)) return text;
  throw new OutsideError("a value that YAML may read as another type");
}
