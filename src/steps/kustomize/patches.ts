import { type Fields, isMap, map, put, strings, word } from "#model/value.ts";
import { jsonPatch } from "./json-patch.ts";
import { strategicMerge } from "./merge.ts";
import { isRemote, normaliseDir } from "./paths.ts";
import { parsePatch } from "./read.ts";
import {
  currentId,
  idsOf,
  keyOf,
  metadataOf,
  type Resource,
  rememberId,
  sameId,
  showId,
} from "./resource.ts";
import { selectResources } from "./select.ts";
import { guarded, isOpaque, noEffect, problem, refuse, refuseAs, type Step } from "./state.ts";

/** `patchesStrategicMerge`: files or texts, each patch finding its object by itself. */
export function applyStrategicFiles(step: Step): void {
  for (const [i, item] of strings(step.kustomization.doc.patchesStrategicMerge).entries()) {
    const pointer = `/patchesStrategicMerge/${i}`;
    const inline = item.includes("\n") ? parsePatch(item) : undefined;
    const documents = inline ?? patchFile(item, step);
    if (documents === undefined) refuse(step, pointer, `${item.slice(0, 60)} is no patch`);
    else if (isRefused(documents, pointer, step)) continue;
    for (const patch of documents ?? []) {
      if (isMap(patch)) mergeById(withTextMarks(patch), { pointer, step, options: {} });
    }
  }
}

/** What a file named as a patch holds; nothing when it is not there or is no YAML. */
export function patchFile(reference: string, { tree, kustomization, state }: Step): unknown[] | undefined {
  if (isRemote(reference)) {
    state.outside.add(`remote: ${reference}`);
    return undefined;
  }
  const path = tree.resolve(normaliseDir(kustomization.dir), reference);
  return path === undefined || !tree.files.has(path) ? undefined : tree.documents(path);
}

/** One entry of `patchesJson6902`: operations only, and the target must have a name. */
export function applyOldPatch(item: Fields, pointer: string, step: Step): void {
  const documents = patchIn(item, pointer, step);
  if (documents === undefined) return;
  const operations = operationsIn(documents, { pointer, step });
  if (operations === undefined) refuse(step, pointer, "patchesJson6902 takes lists of operations");
  else if (word(map(item.target).name) === "")
    refuse(step, pointer, "patchesJson6902 needs the name of a target");
  else {
    patchTargets(map(item.target), {
      pointer,
      step,
      change(resource) {
        // Unlike all others, this one forgets the name the object had.
        resource.doc = guarded(() => jsonPatch(resource.doc, operations), pointer, step) ?? resource.doc;
      },
    });
  }
}

/** One entry of `patches`. */
export function applyPatch(item: Fields, pointer: string, step: Step): void {
  const documents = patchIn(item, pointer, step);
  if (documents === undefined) return;
  const target = Object.keys(map(item.target)).length === 0 ? undefined : map(item.target);
  const operations = operationsIn(documents, { pointer, step });
  if (operations !== undefined) {
    if (target === undefined) refuse(step, pointer, "a JSON patch needs a target");
    else
      patchTargets(target, {
        pointer,
        step,
        change: (resource) => applyOperations(resource, operations, { pointer, step }),
      });
    return;
  }
  if (isRefused(documents, pointer, step)) return;
  const options = map(item.options);
  for (const patch of documents as Fields[]) {
    if (target === undefined) mergeById(patch, { pointer, step, options });
    else
      patchTargets(target, {
        pointer,
        step,
        change: (resource) => mergeInto(resource, withTextMarks(patch), { pointer, step, options }),
      });
  }
}

/** What an entry holds, as text or in a file; nothing where that is no patch. */
function patchIn(item: Fields, pointer: string, step: Step): unknown[] | undefined {
  const text = word(item.patch).trim();
  const path = word(item.path);
  if ((text === "") === (path === "")) {
    refuse(
      step,
      pointer,
      text === "" ? "a patch needs patch or path" : "a patch takes patch or path, not both",
    );
    return undefined;
  }
  const documents = text === "" ? patchFile(path, step) : parsePatch(text);
  if (documents !== undefined && documents.length > 0) return documents;
  refuse(step, pointer, `${path || "the text"} is no patch`);
  return undefined;
}

/** A list of operations; of several kustomize reads the first, and drops the others without a word. */
function operationsIn(documents: unknown[], { pointer, step }: At): unknown[] | undefined {
  const [first] = documents;
  if (!Array.isArray(first)) return undefined;
  if (documents.length > 1) noEffect(step, pointer, { field: "patches", name: "---" });
  return first;
}

/** A merge patch needs a kind and a name, even where its target says which objects are meant. */
function isRefused(documents: unknown[], pointer: string, step: Step): boolean {
  for (const patch of documents) {
    if (!isMap(patch)) refuse(step, pointer, "a patch must be an object or a list of operations");
    else if (word(patch.kind) === "") refuse(step, pointer, "a merge patch needs a kind");
    else if (word(map(patch.metadata).name) === "")
      refuse(step, pointer, "a merge patch needs metadata.name");
    else continue;
    return true;
  }
  return false;
}

/** On all ways but one kustomize turns the labels and annotations of a patch into text first: a null, too. */
function withTextMarks(patch: Fields): Fields {
  const metadata = { ...map(patch.metadata) };
  for (const field of ["labels", "annotations"]) {
    if (!isMap(metadata[field])) continue;
    const texts: Fields = {};
    for (const [name, value] of Object.entries(metadata[field]))
      put(texts, name, value === null ? "null" : word(value));
    metadata[field] = texts;
  }
  return { ...patch, metadata };
}

type Change = (resource: Resource) => void;

function patchTargets(
  target: Fields,
  { pointer, step, change }: { pointer: string; step: Step; change: Change },
): void {
  const { state } = step;
  const found = guarded(() => selectResources(state.resources, target), pointer, step);
  if (found === undefined) return;
  if (found.length === 0) {
    // kustomize drops such a patch without a word.
    if (!isOpaque(state) && state.refused.size === 0) {
      problem(step, "patch-no-target", {
        pointer: `${pointer}/target`,
        values: { target: showTarget(target) },
      });
    }
    return;
  }
  for (const resource of found) change(resource);
}

function showTarget(target: Fields): string {
  return Object.entries(target)
    .map(([field, value]) => `${field}: ${word(value)}`)
    .join(", ");
}

type At = { pointer: string; step: Step };

function applyOperations(resource: Resource, operations: readonly unknown[], { pointer, step }: At): void {
  const after = guarded(() => jsonPatch(resource.doc, operations), pointer, step);
  if (after === undefined) return;
  rememberId(resource);
  resource.doc = after;
}

function mergeById(patch: Fields, { pointer, step, options }: At & { options: Fields }): void {
  const { state } = step;
  const id = currentId(patch);
  const found = state.resources.filter((r) => idsOf(r).some((other) => sameId(other, id)));
  if (found.length === 0) {
    const reason = `nothing to patch for ${showId(id)}`;
    refuseAs(step, "patch-no-target", { pointer, values: { target: showId(id) }, reason });
    return;
  }
  if (found.length > 1) {
    refuse(step, pointer, `several objects to patch for ${showId(id)}`);
    return;
  }
  mergeInto(found[0]!, patch, { pointer, step, options });
}

/** Name, kind and namespace stay what they are, whatever the patch says, unless its options allow the change. */
function mergeInto(
  resource: Resource,
  patch: Fields,
  { pointer, step, options }: At & { options: Fields },
): void {
  const { state } = step;
  const before = currentId(resource.doc);
  if (resource.untyped) state.outside.add("a patch after a replacement that made a number");
  const [rename, rekind] = [options.allowNameChange === true, options.allowKindChange === true];
  const whole = { ...patch, apiVersion: resource.doc.apiVersion };
  const merged = guarded(() => strategicMerge(resource.doc, whole), pointer, step);
  if (merged === undefined) return;
  if (merged === "deleted") {
    state.resources.splice(state.resources.indexOf(resource), 1);
    return;
  }
  if (rename || rekind) rememberId(resource);
  resource.doc = merged;
  if (!rekind) put(merged, "kind", before.kind);
  const metadata = metadataOf(merged);
  if (!rename) put(metadata, "name", before.name);
  if (before.namespace === "") delete metadata.namespace;
  else put(metadata, "namespace", before.namespace);
  if (rename || rekind) refuseTwins(resource, pointer, step);
}

function refuseTwins(resource: Resource, pointer: string, step: Step): void {
  const key = keyOf(currentId(resource.doc));
  const twins = step.state.resources.filter((other) => keyOf(currentId(other.doc)) === key);
  if (twins.length > 1) refuse(step, pointer, `two objects would be ${showId(currentId(resource.doc))}`);
}
