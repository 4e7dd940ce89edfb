import type { RenderedObject } from "#model/rule.ts";
import { type Fields, get, isMap, map, put, strings, word } from "#model/value.ts";
import { OutsideError } from "./errors.ts";
import { runGenerators } from "./generators.ts";
import { contentHash } from "./hash.ts";
import { shapeProblems } from "./kustomization-shape.ts";
import { inOrder, sortProblem } from "./order.ts";
import { isRemote, normaliseDir } from "./paths.ts";
import { folderName, type Tree } from "./read.ts";
import { followRenames } from "./references.ts";
import { currentId, keyOf, type Resource, resourceOf, showId } from "./resource.ts";
import { append, type Build, byId, emptyBuild, guarded, innerBuild, refuse, type Step } from "./state.ts";
import { rename, transform } from "./transform.ts";

/** A build of one target, in kustomize's order, without network or programs. */
export function build(dir: string, tree: Tree): Build {
  const state = emptyBuild();
  const root = normaliseDir(dir);
  accumulate(root, { state, tree, stack: [], isComponent: false });
  const kustomization = tree.kustomizations.get(root);
  if (kustomization === undefined) return state;
  const step = { state, tree, kustomization };
  for (const resource of state.resources) {
    if (resource.needsHash) rename(resource, (name) => `${name}-${contentHash(resource.doc)}`);
  }
  guarded(() => followRenames(state.resources), "", step);
  const wrong = sortProblem(kustomization.doc.sortOptions);
  if (wrong !== undefined) refuse(step, "/sortOptions", wrong);
  refuseTwins(step);
  const kept = state.resources.filter(({ doc }) => !isLocalConfig(doc));
  for (const resource of kept) guarded(() => annotationsAsText(resource), "", step);
  state.resources = inOrder(kept, kustomization.doc.sortOptions);
  return state;
}

/** Patches may give two objects the same id, which kustomize only notices at the end, and breaks down. */
function refuseTwins(step: Step): void {
  const seen = new Set<string>();
  for (const { doc } of step.state.resources) {
    const id = currentId(doc);
    if (seen.has(keyOf(id))) refuse(step, "", `two objects would be ${showId(id)}`);
    seen.add(keyOf(id));
  }
}

/** The objects of a finished build. */
export function objectsOf({ resources }: Build): RenderedObject[] {
  return resources.map(({ doc, path, line }) => ({ doc, path, line }));
}

type Walk = { state: Build; tree: Tree; stack: readonly string[]; isComponent: boolean };

/** Adds what one kustomization yields to the build; a Component works on what is already there. */
function accumulate(dir: string, { state, tree, stack, isComponent }: Walk): void {
  const kustomization = tree.kustomizations.get(dir);
  if (kustomization === undefined) {
    // Whatever stands there instead was reported where it is named, or by the reader of YAML.
    state.refused.add(`no kustomization: ${folderName(dir)}`);
    return;
  }
  if (stack.includes(dir)) {
    state.refused.add("cycle");
    return;
  }
  const step = { state, tree, kustomization };
  if (!isSound(step, { dir, isComponent, isRoot: stack.length === 0 })) return;
  noteOthers(step);
  const walk = { state, tree, stack: [...stack, dir] };
  const adding = { ...walk, ...step, known: byId(state) };
  for (const field of ["resources", "bases"]) {
    for (const [i, reference] of strings(kustomization.doc[field]).entries()) {
      addResource(reference, `/${field}/${i}`, adding);
    }
  }
  runGenerators(step);
  for (const [i, reference] of strings(kustomization.doc.components).entries()) {
    const path = pathOf(reference, step);
    if (path === undefined) continue;
    if (tree.files.has(path)) refuse(step, `/components/${i}`, `${reference} is no folder`);
    else accumulate(path, { ...walk, isComponent: true });
  }
  transform(step);
}

/** Whether kustomize would read this kustomization at all. */
function isSound(
  step: Step,
  { dir, isComponent, isRoot }: { dir: string; isComponent: boolean; isRoot: boolean },
): boolean {
  const { state, tree, kustomization } = step;
  const { doc } = kustomization;
  const kind = word(doc.kind) || "Kustomization";
  const version = word(doc.apiVersion);
  const wanted = `kustomize.config.k8s.io/${kind === "Component" ? "v1alpha1" : "v1beta1"}`;
  if (tree.doubled.has(dir)) refuse(step, "", `several kustomization files in ${folderName(dir)}`);
  else if (kind !== "Kustomization" && kind !== "Component") refuse(step, "/kind", `the kind ${kind}`);
  else if (version !== "" && version !== wanted) refuse(step, "/apiVersion", `apiVersion must be ${wanted}`);
  else if (!isRoot && isComponent !== (kind === "Component")) {
    refuse(
      step,
      "/kind",
      isComponent ? "components must be of kind Component" : "a Component is no resource",
    );
  } else if (isNothing(doc)) state.refused.add("empty");
  if (tree.oddBreaks.has(dir)) state.outside.add("a line separator in a kustomization");
  const shape = shapeProblems(doc);
  if (shape.some(({ code }) => code === "other-case")) state.outside.add("a field in another case");
  // The inspection of the file names each of them.
  for (const { field, code } of shape) if (code !== "other-case") state.refused.add(`field: ${field}`);
  return state.refused.size === 0;
}

function isNothing(doc: Fields): boolean {
  return Object.entries(doc).every(
    ([field, value]) =>
      field === "apiVersion" || field === "kind" || value === null || value === "" || value === undefined,
  );
}

/** Fields that change the output in ways this renderer does not reproduce. */
const OUTSIDE = [
  "vars",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "helmCharts",
  "helmChartInflationGenerator",
  "helmGlobals",
  "buildMetadata",
];
/** Fields that only tell kustomize more about custom resources: which of their lists are merged, which fields name others. */
const LEFT_OUT = ["openapi", "crds"];

function noteOthers({ state, kustomization: { doc } }: Step): void {
  for (const field of OUTSIDE) if (isFilled(doc[field])) state.outside.add(field);
  for (const field of LEFT_OUT) if (isFilled(doc[field])) state.without.add(field);
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** The path a reference means, as long as it is one of the tree. */
function pathOf(reference: string, { state, tree, kustomization }: Step): string | undefined {
  const remote = isRemote(reference);
  const path = remote ? undefined : tree.resolve(normaliseDir(kustomization.dir), reference);
  if (path === undefined)
    state.outside.add(`${remote ? "remote" : "outside of the repository"}: ${reference}`);
  return path;
}

function addResource(reference: string, pointer: string, walk: Omit<Walk, "isComponent"> & Step): void {
  const { state, tree, stack } = walk;
  const path = pathOf(reference, walk);
  if (path === undefined) return;
  if (!tree.files.has(path)) {
    const inner = innerBuild(state);
    accumulate(path, { state: inner, tree, stack, isComponent: false });
    append(inner.resources, pointer, walk);
    return;
  }
  const objects = tree.objects(path);
  if (!Array.isArray(objects)) {
    if (objects.certain) refuse(walk, pointer, `${path}: ${objects.reason}`);
    else state.outside.add(objects.reason);
    return;
  }
  const fresh = objects.map(({ doc, line }) => resourceOf(doc, { path, line }));
  for (const { doc } of fresh) dropNoAnnotations(doc);
  append(fresh, pointer, walk);
}

/** kustomize drops `annotations:` without a value. */
function dropNoAnnotations(doc: Fields): void {
  const metadata = map(doc.metadata);
  if (metadata.annotations === null) delete metadata.annotations;
}

/** Objects for tools only; kustomize drops them. */
function isLocalConfig(doc: Fields): boolean {
  const value = get(map(map(doc.metadata).annotations), "config.kubernetes.io/local-config");
  return value !== undefined && word(value) !== "false";
}

/** kustomize keeps its notes among the annotations of what it changes, and writes all of them anew as text at the end. */
function annotationsAsText({ doc }: Resource): void {
  const metadata = map(doc.metadata);
  const { annotations } = metadata;
  if (!isMap(annotations)) return;
  const entries = Object.entries(annotations);
  if (entries.length === 0) delete metadata.annotations;
  for (const [name, value] of entries) {
    if (value === null) throw new OutsideError("an annotation without value");
    if (typeof value !== "string") put(annotations, name, word(value));
  }
}
