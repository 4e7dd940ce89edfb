import type { Kustomization, KustomizeProblem } from "#model/rule.ts";
import { type Fields, get, isMap, map, maps, put, strings, word } from "#model/value.ts";
import {
  commonAnnotations,
  commonLabels,
  type FieldSpec,
  metadataLabels,
  namespaceFields,
  setPairs,
  templateLabels,
  visit,
} from "./field-paths.ts";
import { contentHash, generate, UnsupportedGeneratorError } from "./generate.ts";
import { setImage } from "./images.ts";
import { JsonPatchError, jsonPatch } from "./json-patch.ts";
import { strategicMerge, UnsupportedPatchError } from "./merge.ts";
import { isRemote, normaliseDir, resolve } from "./paths.ts";
import { parseDocuments, type Tree } from "./read.ts";
import { followRenames } from "./references.ts";
import { ReplacementError, replace } from "./replace.ts";
import {
  copyOf,
  currentId,
  idsOf,
  isClusterScoped,
  metadataOf,
  type Resource,
  rememberId,
  sameId,
  showId,
} from "./resource.ts";
import { SelectorError, selectResources } from "./select.ts";

/** A build so far. `unsupported` holds what this renderer does not do, or what would fail: its output is then not shown. */
export type Build = {
  resources: Resource[];
  unsupported: Set<string>;
  problems: Map<string, KustomizeProblem>;
};

/** A build of one target, in kustomize's order, without network or programs. */
export function build(dir: string, tree: Tree): Build {
  const state: Build = { resources: [], unsupported: new Set(), problems: new Map() };
  accumulate(normaliseDir(dir), { state, tree, stack: [] });
  for (const resource of state.resources) {
    if (!resource.needsHash) continue;
    rename(resource, (name) => `${name}-${contentHash(resource.doc)}`);
  }
  followRenames(state.resources);
  state.resources = state.resources.filter((r) => !isLocalConfig(r.doc));
  return state;
}

type Step = { state: Build; tree: Tree; kustomization: Kustomization };
type Walk = { state: Build; tree: Tree; stack: readonly string[] };

/** Adds what one kustomization yields to the build; a Component works on what is already there. */
function accumulate(dir: string, { state, tree, stack }: Walk): void {
  const kustomization = tree.kustomizations.get(dir);
  if (kustomization === undefined || stack.includes(dir)) {
    state.unsupported.add(kustomization === undefined ? `missing: ${dir || "."}` : "cycle");
    return;
  }
  const walk = { state, tree, stack: [...stack, dir] };
  const step = { state, tree, kustomization };
  refuseOthers(step);
  for (const field of ["resources", "bases"]) {
    for (const [i, reference] of strings(kustomization.doc[field]).entries()) {
      addResource(reference, `/${field}/${i}`, { ...walk, kustomization });
    }
  }
  generateAll(step);
  for (const reference of strings(kustomization.doc.components)) {
    const path = isRemote(reference) ? undefined : resolve(dir, reference);
    if (path === undefined) state.unsupported.add(`components: ${reference}`);
    else accumulate(path, walk);
  }
  transform(step);
}

/** Fields that change the output in ways this renderer does not reproduce. */
const UNSUPPORTED_FIELDS = [
  "vars",
  "crds",
  "configurations",
  "openapi",
  "generators",
  "transformers",
  "validators",
  "helmCharts",
  "helmChartInflationGenerator",
  "helmGlobals",
  "buildMetadata",
  "imageTags",
];

function refuseOthers({ state, kustomization: { doc } }: Step): void {
  for (const field of UNSUPPORTED_FIELDS) {
    const value = doc[field];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    state.unsupported.add(field);
  }
}

function addResource(
  reference: string,
  pointer: string,
  { state, tree, stack, kustomization }: Walk & Step,
): void {
  const path = isRemote(reference) ? undefined : resolve(normaliseDir(kustomization.dir), reference);
  if (path === undefined) {
    state.unsupported.add(`remote: ${reference}`);
    return;
  }
  if (!tree.files.has(path)) {
    const inner: Build = { ...state, resources: [] };
    accumulate(path, { state: inner, tree, stack });
    for (const resource of inner.resources) append(resource, pointer, { state, tree, kustomization });
    return;
  }
  const objects = tree.objects(path);
  if (objects === undefined) {
    state.unsupported.add(`YAML: ${path}`);
    return;
  }
  for (const { doc, line } of objects) {
    const fresh = {
      doc: structuredClone(doc),
      path,
      line,
      previous: [],
      prefixes: [],
      suffixes: [],
      needsHash: false,
    };
    if (word(doc.kind) === "" || (word(map(doc.metadata).name) === "" && !isPrefab(doc))) {
      state.unsupported.add(`no object: ${path}`);
      continue;
    }
    dropEmptyMetadata(fresh.doc);
    append(fresh, pointer, { state, tree, kustomization });
  }
}

/** kustomize drops `labels:` and `annotations:` without a value. */
function dropEmptyMetadata(doc: Fields): void {
  const metadata = map(doc.metadata);
  for (const field of ["labels", "annotations"]) if (metadata[field] === null) delete metadata[field];
}

function isPrefab(doc: Fields): boolean {
  return word(map(doc.metadata).generateName) !== "";
}

/** Objects for tools only; kustomize drops them. */
function isLocalConfig(doc: Fields): boolean {
  const value = get(map(map(doc.metadata).annotations), "config.kubernetes.io/local-config");
  return value !== undefined && word(value) !== "false";
}

function append(resource: Resource, pointer: string, { state, kustomization }: Step): void {
  const id = currentId(resource.doc);
  const twin = id.name === "" ? undefined : state.resources.find((r) => sameId(currentId(r.doc), id));
  if (twin !== undefined) {
    const also = `${twin.path}:${twin.line}`;
    problem({ state, kustomization }, "duplicate", pointer, {
      object: showId(id),
      where: `${resource.path}:${resource.line}`,
      also,
    });
    state.unsupported.add("duplicate");
    return;
  }
  state.resources.push(resource);
}

function problem(
  { state, kustomization }: Pick<Step, "state" | "kustomization">,
  code: KustomizeProblem["code"],
  pointer: string,
  values: KustomizeProblem["values"],
): void {
  const found = { code, path: kustomization.path, line: kustomization.line(pointer), pointer, values };
  state.problems.set(JSON.stringify([code, found.path, pointer, values]), found);
}

function generateAll(step: Step): void {
  const { state, tree, kustomization } = step;
  const dir = normaliseDir(kustomization.dir);
  for (const [field, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const) {
    for (const [i, entry] of maps(kustomization.doc[field]).entries()) {
      const text = (reference: string) => {
        const path = resolve(dir, reference);
        return path === undefined ? undefined : tree.files.get(path);
      };
      try {
        const made = generate(kind, entry, { shared: map(kustomization.doc.generatorOptions), text });
        const resource = {
          doc: made.doc,
          path: kustomization.path,
          line: kustomization.line(`/${field}/${i}`),
          previous: [],
          prefixes: [],
          suffixes: [],
          needsHash: made.needsHash,
        };
        if (made.behavior === "create") append(resource, `/${field}/${i}`, step);
        else mergeGenerated(resource, made.behavior, { step, pointer: `/${field}/${i}` });
      } catch (error) {
        if (!(error instanceof UnsupportedGeneratorError)) throw error;
        state.unsupported.add(`${field}: ${error.message}`);
      }
    }
  }
}

function mergeGenerated(
  made: Resource,
  behavior: "merge" | "replace",
  { step, pointer }: { step: Step; pointer: string },
): void {
  const { state } = step;
  const id = currentId(made.doc);
  const found = state.resources.filter((r) => idsOf(r).some((other) => sameId(other, id)));
  if (found.length !== 1) {
    state.unsupported.add(`generator without base: ${id.name}`);
    if (found.length === 0)
      problem(step, "no-effect", pointer, { field: "behavior", name: `${behavior} ${id.name}` });
    return;
  }
  const base = found[0]!;
  const metadata = metadataOf(base.doc);
  const own = map(made.doc.metadata);
  for (const field of ["labels", "annotations"]) {
    const pairs = { ...map(metadata[field]), ...map(own[field]) };
    if (Object.keys(pairs).length > 0) put(metadata, field, pairs);
  }
  const data = behavior === "merge" ? { ...map(base.doc.data), ...map(made.doc.data) } : map(made.doc.data);
  // The new object takes the place of the old one: type and immutability are its own.
  base.doc = { ...made.doc, metadata, ...(Object.keys(data).length > 0 ? { data } : {}) };
  // Switched off by either of the two, the hash stays off.
  base.needsHash = base.needsHash && made.needsHash;
}

/** Everything that changes objects, in the order kustomize runs it. */
function transform(step: Step): void {
  const { state, kustomization } = step;
  const { doc } = kustomization;
  applyStrategicFiles(step);
  for (const [i, item] of maps(doc.patches).entries()) applyPatch(item, `/patches/${i}`, step);
  if (word(doc.namespace) !== "")
    for (const resource of state.resources) setNamespace(resource, word(doc.namespace));
  const prefix = word(doc.namePrefix);
  const suffix = word(doc.nameSuffix);
  if (prefix !== "") for (const resource of state.resources) addAffix(resource, { prefix });
  if (suffix !== "") for (const resource of state.resources) addAffix(resource, { suffix });
  addLabels(step);
  for (const resource of state.resources)
    setPairs(resource.doc, commonAnnotations, map(doc.commonAnnotations));
  for (const [i, item] of maps(doc.patchesJson6902).entries())
    applyPatch(item, `/patchesJson6902/${i}`, step);
  for (const [i, item] of maps(doc.replicas).entries()) setReplicas(item, `/replicas/${i}`, step);
  for (const [i, item] of maps(doc.images).entries()) {
    let named = 0;
    for (const resource of state.resources) named += setImage(resource.doc, item);
    if (named === 0) noEffect(step, `/images/${i}`, { field: "images", name: word(item.name) || "-" });
  }
  applyReplacements(step);
}

/** A tree that cannot be read whole may well hold what seems to be missing. */
function noEffect(step: Step, pointer: string, values: KustomizeProblem["values"]): void {
  if (isOpaque(step.state)) return;
  problem(step, "no-effect", pointer, values);
}

function isOpaque({ unsupported }: Build): boolean {
  return [...unsupported].some((feature) => !/^(?:duplicate|patch)/.test(feature));
}

function rename(resource: Resource, change: (name: string) => string): void {
  rememberId(resource);
  const metadata = metadataOf(resource.doc);
  put(metadata, "name", change(word(metadata.name)));
}

const UNPREFIXED = new Set([
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "/Namespace",
]);

function addAffix(
  resource: Resource,
  { prefix = "", suffix = "" }: { prefix?: string; suffix?: string },
): void {
  const { group, kind } = currentId(resource.doc);
  if (UNPREFIXED.has(`${group}/${kind}`)) return;
  if (prefix !== "") resource.prefixes.push(prefix);
  if (suffix !== "") resource.suffixes.push(suffix);
  rename(resource, (name) => prefix + name + suffix);
}

function setNamespace(resource: Resource, namespace: string): void {
  const id = currentId(resource.doc);
  rememberId(resource);
  const metadata = metadataOf(resource.doc);
  if (id.group === "" && id.kind === "Namespace") put(metadata, "name", namespace);
  else if (!isClusterScoped(id)) put(metadata, "namespace", namespace);
  for (const spec of namespaceFields) {
    if (spec.group !== id.group || spec.kind !== id.kind) continue;
    visit(resource.doc, spec.path, {
      create: spec.create ?? false,
      change: (parent, key) => put(parent, key, namespace),
    });
  }
  if (!id.kind.endsWith("RoleBinding")) return;
  for (const subject of maps(resource.doc.subjects)) {
    // Other service accounts follow their object, if it is in the tree.
    if (subject.kind === "ServiceAccount" && subject.name === "default") put(subject, "namespace", namespace);
  }
}

function addLabels({ state, kustomization: { doc } }: Step): void {
  for (const entry of maps(doc.labels)) {
    const specs = [...labelSpecs(entry), ...customSpecs(entry)];
    for (const resource of state.resources) setPairs(resource.doc, specs, map(entry.pairs));
  }
  for (const resource of state.resources) setPairs(resource.doc, commonLabels, map(doc.commonLabels));
}

function labelSpecs(entry: Fields): readonly FieldSpec[] {
  if (entry.includeSelectors === true) return commonLabels;
  return entry.includeTemplates === true ? [...metadataLabels, ...templateLabels] : metadataLabels;
}

function customSpecs(entry: Fields): FieldSpec[] {
  return maps(entry.fields).map((spec) => ({
    path: word(spec.path),
    create: spec.create === true,
    ...(word(spec.kind) === "" ? {} : { kind: word(spec.kind) }),
    ...(word(spec.group) === "" ? {} : { group: word(spec.group) }),
    ...(word(spec.version) === "" ? {} : { version: word(spec.version) }),
  }));
}

const REPLICATED = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

function setReplicas(entry: Fields, pointer: string, step: Step): void {
  const name = word(entry.name);
  const found = step.state.resources.filter(
    (r) => REPLICATED.has(word(r.doc.kind)) && idsOf(r).some((id) => id.name === name),
  );
  if (found.length === 0) {
    noEffect(step, pointer, { field: "replicas", name: name || "-" });
    step.state.unsupported.add(`patch: replicas ${name}`);
  }
  for (const resource of found) {
    const spec = map(resource.doc.spec);
    put(spec, "replicas", entry.count);
    put(resource.doc, "spec", spec);
  }
}

function applyStrategicFiles(step: Step): void {
  const { tree, kustomization, state } = step;
  for (const [i, item] of strings(kustomization.doc.patchesStrategicMerge).entries()) {
    const documents = item.includes("\n") ? parseDocuments(item) : patchFile(item, { tree, kustomization });
    if (documents === undefined) state.unsupported.add(`patch: ${item.slice(0, 60)}`);
    for (const patch of (documents ?? []).filter(isMap))
      mergeById(patch, `/patchesStrategicMerge/${i}`, step);
  }
}

function patchFile(reference: string, { tree, kustomization }: Pick<Step, "tree" | "kustomization">) {
  if (isRemote(reference)) return undefined;
  const path = resolve(normaliseDir(kustomization.dir), reference);
  return path === undefined || !tree.files.has(path) ? undefined : tree.documents(path);
}

function applyPatch(item: Fields, pointer: string, step: Step): void {
  const { state } = step;
  const documents =
    typeof item.patch === "string" && item.patch !== ""
      ? parseDocuments(item.patch)
      : patchFile(word(item.path), step);
  if (documents === undefined) {
    state.unsupported.add(`patch: ${word(item.path) || "inline"}`);
    return;
  }
  if (Object.values(map(item.options)).some((option) => option === true))
    state.unsupported.add("patches.options");
  if (Object.keys(map(item.target)).length === 0) {
    if (documents.some(Array.isArray)) state.unsupported.add("patch: JSON patch without target");
    for (const patch of documents.filter(isMap)) mergeById(patch, pointer, step);
    return;
  }
  applyToTarget(documents, { target: map(item.target), pointer, step });
}

function applyToTarget(
  documents: unknown[],
  { target, pointer, step }: { target: Fields; pointer: string; step: Step },
): void {
  const { state } = step;
  const found = guarded(() => selectResources(state.resources, target), state);
  if (found === undefined) return;
  if (found.length === 0) {
    if (!isOpaque(state))
      problem(step, "patch-no-target", `${pointer}/target`, { target: showTarget(target) });
    return;
  }
  for (const resource of found) {
    for (const patch of documents) patchOne(resource, patch, state);
  }
}

function showTarget(target: Fields): string {
  return Object.entries(target)
    .map(([field, value]) => `${field}: ${word(value)}`)
    .join(", ");
}

function patchOne(resource: Resource, patch: unknown, state: Build): void {
  if (!Array.isArray(patch) && !isMap(patch)) {
    state.unsupported.add("patch: neither mapping nor list");
    return;
  }
  const before = currentId(resource.doc);
  const operations = isOperation(patch) ? [patch] : patch;
  const after = guarded(
    () =>
      Array.isArray(operations)
        ? { doc: jsonPatch(resource.doc, operations) }
        : { doc: strategicMerge(resource.doc, withIdOf(resource.doc, operations)) },
    state,
  );
  if (after === undefined) return;
  if (after.doc === undefined) {
    state.resources.splice(state.resources.indexOf(resource), 1);
    return;
  }
  resource.doc = after.doc;
  const now = currentId(resource.doc);
  // kustomize has rules of its own for patches that rename.
  if (!sameId(before, now)) state.unsupported.add("patch: changes the identity of an object");
}

function isOperation(patch: unknown): patch is Fields {
  return (
    isMap(patch) && typeof patch.op === "string" && typeof patch.path === "string" && patch.kind === undefined
  );
}

/** A patch that was selected by its target keeps the target's name and kind, whatever it says itself. */
function withIdOf(doc: Fields, patch: Fields): Fields {
  const metadata: Fields = { ...map(patch.metadata), name: map(doc.metadata).name };
  const result: Fields = { ...patch, apiVersion: doc.apiVersion, kind: doc.kind, metadata };
  if (map(doc.metadata).namespace === undefined) delete metadata.namespace;
  else metadata.namespace = map(doc.metadata).namespace;
  return result;
}

function mergeById(patch: Fields, pointer: string, step: Step): void {
  const { state } = step;
  const id = currentId(patch);
  const found = state.resources.filter((r) => idsOf(r).some((other) => sameId(other, id)));
  if (found.length === 0) {
    if (!isOpaque(state)) problem(step, "patch-no-target", pointer, { target: showId(id) });
    state.unsupported.add(`patch: nothing to patch for ${showId(id)}`);
    return;
  }
  if (found.length > 1) state.unsupported.add(`patch: several objects for ${showId(id)}`);
  patchOne(found[0]!, patch, state);
}

function applyReplacements(step: Step): void {
  const { state, kustomization } = step;
  for (const [i, item] of maps(kustomization.doc.replacements).entries()) {
    const read = item.path === undefined ? [item] : patchFile(word(item.path), step);
    if (read === undefined) state.unsupported.add(`replacements: ${word(item.path)}`);
    for (const replacement of (read ?? []).flat().filter(isMap)) {
      const result = guarded(() => replace(state.resources, replacement), state);
      if (result === undefined || (result.source && result.targets)) continue;
      const name = word(map(replacement.source).name) || word(map(replacement.source).kind) || "-";
      noEffect(step, `/replacements/${i}`, { field: "replacements", name });
      if (!result.source) state.unsupported.add("patch: replacement without source");
    }
  }
}

/** Runs one change; what lies outside the subset is noted and leaves the objects as they were. */
function guarded<T>(change: () => T, state: Build): T | undefined {
  try {
    return change();
  } catch (error) {
    const known = [UnsupportedPatchError, JsonPatchError, SelectorError, ReplacementError];
    if (!known.some((type) => error instanceof type)) throw error;
    state.unsupported.add(`patch: ${(error as Error).message}`);
    return undefined;
  }
}

/** The objects of a finished build, detached from it. */
export function objectsOf({ resources }: Build): { doc: Fields; path: string; line: number }[] {
  return resources.map((resource) => {
    const { doc, path, line } = copyOf(resource);
    return { doc, path, line };
  });
}
