import { type Fields, map, maps, put } from "#model/value.ts";
import { generate } from "./generate.ts";
import { normaliseDir } from "./paths.ts";
import { currentId, idsOf, type Resource, resourceOf, sameId } from "./resource.ts";
import { append, guarded, noEffect, refuse, type Step } from "./state.ts";

const GENERATORS = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"],
] as const;

/** Adds what a kustomization generates, or changes what was generated below it. */
export function runGenerators(step: Step): void {
  const { tree, kustomization } = step;
  const dir = normaliseDir(kustomization.dir);
  const text = (reference: string) => {
    const path = tree.resolve(dir, reference);
    return path === undefined ? undefined : tree.files.get(path);
  };
  for (const [field, kind] of GENERATORS) {
    for (const [i, entry] of maps(kustomization.doc[field]).entries()) {
      const pointer = `/${field}/${i}`;
      guarded(
        () => {
          const made = generate(kind, entry, { shared: map(kustomization.doc.generatorOptions), text });
          const resource = resourceOf(made.doc, {
            path: kustomization.path,
            line: kustomization.line(pointer),
          });
          resource.needsHash = made.needsHash;
          absorb(resource, made.behavior, { step, pointer });
        },
        pointer,
        step,
      );
    }
  }
}

/** Puts a generated object where its behaviour says: beside the others, into its twin, or in its place. */
function absorb(
  made: Resource,
  behavior: "create" | "merge" | "replace",
  { step, pointer }: { step: Step; pointer: string },
): void {
  const { state } = step;
  const id = currentId(made.doc);
  const found = state.resources.filter((r) => idsOf(r).some((other) => sameId(other, id)));
  if (found.length > 1) {
    refuse(step, pointer, `several objects are called ${id.kind}/${id.name}`);
    return;
  }
  if (behavior === "create") {
    if (found.length === 0) append([made], pointer, step);
    else refuse(step, pointer, `${id.kind}/${id.name} exists; behavior must be merge or replace`);
    return;
  }
  const base = found[0];
  if (base === undefined) {
    noEffect(step, pointer, { field: "behavior", name: `${behavior} ${id.name}` });
    refuse(step, pointer, `${behavior}: there is no ${id.kind}/${id.name}`);
    return;
  }
  const old = map(base.doc.metadata);
  const own = map(made.doc.metadata);
  // The new object takes the place of the old one: of that only name, namespace and marks are kept.
  const metadata: Fields = {
    name: old.name,
    ...(old.namespace === undefined ? {} : { namespace: old.namespace }),
  };
  for (const field of ["labels", "annotations"]) {
    const pairs = { ...map(old[field]), ...map(own[field]) };
    if (Object.keys(pairs).length > 0) put(metadata, field, pairs);
  }
  const merged = (field: string) => {
    const before = behavior === "merge" ? map(base.doc[field]) : {};
    const pairs = { ...before, ...map(made.doc[field]) };
    return Object.keys(pairs).length > 0 ? { [field]: pairs } : {};
  };
  base.doc = { ...made.doc, metadata, ...merged("data"), ...merged("binaryData") };
  // Switched off by either of the two, the hash stays off.
  base.needsHash = base.needsHash && made.needsHash;
}
