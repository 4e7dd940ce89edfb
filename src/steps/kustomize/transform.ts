import { type Fields, map, maps, put, word } from "#model/value.ts";
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
import { setImage } from "./images.ts";
import { applyOldPatch, applyPatch, applyStrategicFiles } from "./patches.ts";
import { applyReplacements } from "./replace.ts";
import {
  currentId,
  idsOf,
  isClusterScoped,
  keyOf,
  metadataOf,
  originalId,
  type Resource,
  rememberId,
  showId,
} from "./resource.ts";
import { guarded, noEffect, refuse, type Step } from "./state.ts";

/** Everything that changes objects, in the order kustomize runs it. */
export function transform(step: Step): void {
  const { state, kustomization } = step;
  const { doc } = kustomization;
  applyStrategicFiles(step);
  for (const [i, item] of maps(doc.patches).entries()) applyPatch(item, `/patches/${i}`, step);
  if (word(doc.namespace) !== "") guarded(() => setNamespaces(word(doc.namespace), step), "/namespace", step);
  const [prefix, suffix] = [word(doc.namePrefix), word(doc.nameSuffix)];
  if (prefix !== "") for (const resource of state.resources) addAffix(resource, { prefix });
  if (suffix !== "") for (const resource of state.resources) addAffix(resource, { suffix });
  addLabels(step);
  setEverywhere(commonAnnotations, map(doc.commonAnnotations), { pointer: "/commonAnnotations", step });
  for (const [i, item] of maps(doc.patchesJson6902).entries())
    applyOldPatch(item, `/patchesJson6902/${i}`, step);
  for (const [i, item] of maps(doc.replicas).entries()) setReplicas(item, `/replicas/${i}`, step);
  for (const field of ["images", "imageTags"]) {
    for (const [i, item] of maps(doc[field]).entries()) setImages(item, `/${field}/${i}`, step);
  }
  applyReplacements(step);
}

/** Gives an object another name and remembers the old one. */
export function rename(resource: Resource, change: (name: string) => string): void {
  rememberId(resource);
  const metadata = metadataOf(resource.doc);
  put(metadata, "name", change(word(metadata.name)));
}

function addAffix(
  resource: Resource,
  { prefix = "", suffix = "" }: { prefix?: string; suffix?: string },
): void {
  const { group, kind } = originalId(resource);
  if (kind === "CustomResourceDefinition" || kind === "Namespace") return;
  if (kind === "APIService" && group === "apiregistration.k8s.io") return;
  if (prefix !== "") resource.prefixes.push(prefix);
  if (suffix !== "") resource.suffixes.push(suffix);
  rename(resource, (name) => prefix + name + suffix);
}

function setNamespaces(namespace: string, step: Step): void {
  const { resources } = step.state;
  const counts = new Map<string, number>();
  const count = (resource: Resource, by: number) => {
    const key = keyOf(currentId(resource.doc));
    counts.set(key, (counts.get(key) ?? 0) + by);
    return counts.get(key)!;
  };
  for (const resource of resources) count(resource, 1);
  for (const resource of resources) {
    count(resource, -1);
    setNamespace(resource, namespace);
    if (count(resource, 1) > 1) {
      refuse(step, "/namespace", `two objects would be ${showId(currentId(resource.doc))}`);
    }
  }
}

function setNamespace(resource: Resource, namespace: string): void {
  const id = currentId(resource.doc);
  rememberId(resource);
  const metadata = metadataOf(resource.doc);
  if (id.kind === "Namespace") put(metadata, "name", namespace);
  if (!isClusterScoped(id)) put(metadata, "namespace", namespace);
  for (const spec of namespaceFields) {
    if (spec.group !== id.group || spec.kind !== id.kind) continue;
    visit(resource.doc, spec.path, {
      create: spec.create ?? false,
      change: (parent, key) => {
        if (spec.create || Object.hasOwn(parent, key)) put(parent, key, namespace);
      },
    });
  }
  if (id.kind !== "RoleBinding" && id.kind !== "ClusterRoleBinding") return;
  for (const subject of maps(resource.doc.subjects)) {
    // Other accounts follow their object, if it is in the tree.
    if (subject.name === "default") put(subject, "namespace", namespace);
  }
}

function addLabels(step: Step): void {
  const { doc } = step.kustomization;
  for (const [i, entry] of maps(doc.labels).entries()) {
    const specs = [...customSpecs(entry), ...labelSpecs(entry)];
    setEverywhere(specs, map(entry.pairs), { pointer: `/labels/${i}`, step });
  }
  setEverywhere(commonLabels, map(doc.commonLabels), { pointer: "/commonLabels", step });
}

/** Names that become keys which are no text, and cannot be written as JSON in the end. */
const NO_TEXT = /^(?:true|false|null|~|[-+]?[.\d][\d.eE_+-]*)$/i;

function setEverywhere(
  specs: readonly FieldSpec[],
  pairs: Fields,
  { pointer, step }: { pointer: string; step: Step },
): void {
  const odd = Object.keys(pairs).find((name) => NO_TEXT.test(name));
  if (odd !== undefined && step.state.resources.length > 0)
    refuse(step, pointer, `the name ${odd} is no text`);
  guarded(
    () => {
      for (const resource of step.state.resources) setPairs(resource.doc, specs, pairs);
    },
    pointer,
    step,
  );
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
  const found = step.state.resources.filter((r) =>
    idsOf(r).some((id) => id.name === name && REPLICATED.has(id.kind)),
  );
  if (found.length === 0) {
    noEffect(step, pointer, { field: "replicas", name: name || "-" });
    refuse(step, pointer, `replicas: nothing that can have replicas is called ${name || "-"}`);
  }
  for (const resource of found) {
    if (!REPLICATED.has(word(resource.doc.kind))) continue;
    if (resource.untyped) step.state.outside.add("replicas after a replacement that made a number");
    const spec = map(resource.doc.spec);
    put(spec, "replicas", entry.count ?? 0);
    put(resource.doc, "spec", spec);
  }
}

function setImages(entry: Fields, pointer: string, step: Step): void {
  let named = 0;
  for (const { doc } of step.state.resources)
    named += guarded(() => setImage(doc, entry), pointer, step) ?? 0;
  if (named === 0) noEffect(step, pointer, { field: "images", name: word(entry.name) || "-" });
}
