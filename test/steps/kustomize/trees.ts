import fc from "fast-check";
import { stringify } from "yaml";
import { faults, target } from "./faults.ts";

export { target };

import { images, jsonPatches, rareSelf, replacements, selfPatches } from "./features.ts";
import { mergePatches, oddTexts, others, staples } from "./objects.ts";

type Doc = Record<string, unknown>;
type Files = Map<string, string>;

const head = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
const componentHead = { apiVersion: "kustomize.config.k8s.io/v1alpha1", kind: "Component" };

const some = <T>(items: readonly T[], most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: items.length - 1 }), { maxLength: most })
    .map((at) => at.map((i) => items[i]!));
/** Present in one tree of `n`; most features stay out of most trees, or nothing would build. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, n = 4): fc.Arbitrary<T | undefined> =>
  fc.integer({ min: 1, max: n }).chain((roll) => (roll === 1 ? arbitrary : fc.constant(undefined)));

const pairs = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom<Doc>(
      { team: "edge" },
      { team: "edge", "app.kubernetes.io/part-of": "fleet" },
      { app: "web" },
      { number: "1", version: "1.0" },
    ),
  },
  // Written without quotes, kustomize reads these as booleans and refuses them.
  { weight: 1, arbitrary: fc.constantFrom<Doc>({ yes: "a" }, { a: "no" }, { y: "n" }) },
);
const labels = fc.array(
  fc.oneof(
    fc.record({ pairs }),
    fc.record({ pairs, includeSelectors: fc.boolean() }),
    fc.record({ pairs, includeTemplates: fc.boolean() }),
    fc.record({
      pairs,
      fields: fc.constantFrom(
        [{ path: "spec/labels", create: true, kind: "Thing" }],
        [{ path: "spec/template/metadata/labels", create: true, group: "apps", kind: "Deployment" }],
        [{ path: "spec/items[]/labels", create: true, kind: "Thing", version: "v1" }],
      ),
    }),
  ),
  { minLength: 1, maxLength: 2 },
);

type Level = "base" | "middle" | "component" | "set";

/** The fields of one kustomization; `level` decides how likely it is that a name is still what it was. */
function fields(level: Level): fc.Arbitrary<Doc> {
  const n = level === "base" ? 5 : 3;
  return fc
    .record({
      namespace: seldom(fc.constantFrom("site", "edge-apps", "default"), n),
      namePrefix: seldom(fc.constantFrom("a-", "site-"), n + 1),
      nameSuffix: seldom(fc.constantFrom("-x", "-v2"), n + 1),
      labels: seldom(labels, n),
      commonLabels: seldom(pairs, 8),
      commonAnnotations: seldom(fc.constantFrom<Doc>({ note: "checked" }, { a: "z", c: "x" }), 5),
      replicas: seldom(
        fc.constantFrom(
          [{ name: "web", count: 4 }],
          [{ name: "store", count: 0 }],
          [
            { name: "web", count: 1 },
            { name: "store", count: 3 },
          ],
        ),
        5,
      ),
      patchesStrategicMerge: seldom(
        some(mergePatches, 2).map((docs) => docs.map((doc) => stringify(doc))),
        7,
      ),
      patchesJson6902: seldom(
        fc.constant([
          {
            target: { version: "v1", kind: "Service", name: "web" },
            patch: '[{"op":"copy","from":"/spec/ports/0/port","path":"/spec/ports/0/nodePort"}]',
          },
        ]),
        7,
      ),
      replacements: seldom(some(replacements, 2), 4),
      images: seldom(some(images, 3), 3),
      patches: seldom(
        fc
          .tuple(some(selfPatches, 2), some(jsonPatches, 2), seldom(some(rareSelf, 1), 20))
          .map(([own, targeted, rare]) => [...own, ...targeted, ...(rare ?? [])]),
        2,
      ),
    })
    .map(withoutEmpty);
}

function withoutEmpty(doc: Doc): Doc {
  return Object.fromEntries(
    Object.entries(doc).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const literals = fc.uniqueArray(
  fc.constantFrom("a=1", "b=x=y", "c=<&>", 'd="quoted"', "e=ünï", "f='single'", "g=", "h=a b "),
  { minLength: 1, maxLength: 4 },
);
const generatorOptions = fc
  .record({
    disableNameSuffixHash: seldom(fc.boolean(), 3),
    labels: seldom(fc.constant({ from: "generator" }), 3),
    annotations: seldom(fc.constant({ by: "kustomize" }), 3),
    immutable: seldom(fc.boolean(), 3),
  })
  .map(withoutEmpty);

const generators = fc
  .record({
    configMapGenerator: fc
      .record({
        name: fc.constant("settings"),
        namespace: seldom(fc.constantFrom("site", "default"), 8),
        literals: seldom(literals, 1),
        files: seldom(fc.constantFrom(["token.txt"], ["k=token.txt", "token.txt"]), 3),
        options: seldom(generatorOptions, 3),
      })
      .map((entry) => [withoutEmpty(entry)]),
    secretGenerator: fc
      .record({
        name: fc.constant("keys"),
        files: fc.constant(["token=token.txt", "token.txt"]),
        envs: seldom(fc.constant(["keys.env"]), 2),
        type: seldom(fc.constant("Opaque"), 4),
        options: seldom(generatorOptions, 4),
      })
      .map((entry) => [withoutEmpty(entry)]),
    generatorOptions: seldom(generatorOptions, 3),
  })
  .map(withoutEmpty);

const regenerate = fc
  .record({
    name: fc.constantFrom("settings", "settings", "settings", "fresh"),
    behavior: fc.constantFrom("merge", "merge", "merge", "replace", "replace", "create"),
    literals,
    options: seldom(generatorOptions, 3),
  })
  .map((entry) => ({ configMapGenerator: [withoutEmpty(entry)] }));

const sortOptions = fc.constantFrom<Doc>(
  { order: "fifo" },
  { order: "legacy" },
  { order: "legacy", legacySortOptions: { orderFirst: ["Service", "Deployment"], orderLast: ["Namespace"] } },
);

/** Writes a kustomization; patches go to files now and then. */
function write(files: Files, dir: string, doc: Doc, patchFiles: boolean): void {
  const patches = (doc.patches as Doc[] | undefined)?.map((entry, i) => {
    if (!patchFiles) return entry;
    files.set(`${dir}/patches/${i}.yaml`, String(entry.patch));
    const { patch: _, ...rest } = entry;
    return { path: `patches/${i}.yaml`, ...rest };
  });
  files.set(`${dir}/kustomization.yaml`, stringify({ ...doc, ...(patches && { patches }) }));
}

/** Trees of bases, components, a folder between and the set that is built; some with a fault. */
export const trees: fc.Arbitrary<Files> = fc
  .record({
    objects: some(others, 6),
    shared: seldom(some(others, 3), 3),
    odd: seldom(some(oddTexts, 2), 3),
    base: fields("base"),
    made: generators,
    middle: seldom(fields("middle"), 3),
    component: seldom(fields("component"), 3),
    inner: seldom(fields("component"), 8),
    set: fields("set"),
    regenerate: seldom(regenerate, 4),
    sort: seldom(sortOptions, 6),
    patchFiles: fc.boolean(),
    second: seldom(fields("base"), 6),
    twin: seldom(fields("middle"), 6),
    own: seldom(some(others, 2), 6),
    fault: seldom(fc.constantFrom(...faults), 9),
    style: fc.constantFrom("", "", "", "crlf", "json"),
  })
  .map((tree) => {
    const files: Files = new Map();
    const asText = (doc: object) => (tree.style === "json" ? `${JSON.stringify(doc)}\n` : stringify(doc));
    const shared = tree.shared?.filter((doc) => !tree.objects.includes(doc)) ?? [];
    const objects = [...staples, ...tree.objects].map(asText).join("---\n");
    files.set("base/objects.yaml", tree.style === "crlf" ? objects.replaceAll("\n", "\r\n") : objects);
    files.set("base/token.txt", "s3cret line\n".repeat(9));
    files.set("base/keys.env", '# comment\n\nA=1\nB=two words\nC="q"\n');
    const odd = (tree.odd ?? []).map((text, i) => {
      files.set(`base/odd-${i}.yaml`, text);
      return `./odd-${i}.yaml`;
    });
    const bases = ["objects.yaml", ...odd];
    if (shared.length > 0) {
      files.set("shared/all.yaml", shared.map(asText).join("---\n"));
      write(files, "shared", { ...head, resources: ["all.yaml"], ...onlyNames(tree.second ?? {}) }, false);
      bases.unshift("../shared/");
    }
    write(files, "base", { ...head, resources: bases, ...tree.made, ...tree.base }, tree.patchFiles);
    let below = "../../base";
    if (tree.middle) {
      write(files, "middle", { resources: ["../base"], ...tree.middle }, tree.patchFiles);
      below = "../../middle";
    }
    // The same base twice, told apart by their names or namespaces.
    const variants = tree.twin ? ["../../left", "../../right"] : [below];
    if (tree.twin) {
      write(
        files,
        "left",
        { resources: [below.slice(3)], namePrefix: "left-", ...onlyNames(tree.twin) },
        false,
      );
      write(
        files,
        "right",
        { resources: [below.slice(3)], ...tree.twin, nameSuffix: "-right" },
        tree.patchFiles,
      );
    }
    if (tree.component) {
      const components = tree.inner ? { components: ["../inner"] } : {};
      const own = tree.own?.filter((doc) => !tree.objects.includes(doc) && !shared.includes(doc)) ?? [];
      if (own.length > 0) files.set("parts/c/own.yaml", own.map(asText).join("---\n"));
      const resources = own.length > 0 ? { resources: ["own.yaml"] } : {};
      const part = { ...componentHead, ...resources, ...components, ...some1(tree.component) };
      write(files, "parts/c", part, tree.patchFiles);
    }
    if (tree.inner) write(files, "parts/inner", { ...componentHead, ...some1(tree.inner) }, false);
    write(
      files,
      target,
      {
        ...head,
        resources: variants,
        ...(tree.component ? { components: ["../../parts/c"] } : {}),
        ...(tree.regenerate ?? {}),
        ...(tree.sort ? { sortOptions: tree.sort } : {}),
        ...tree.set,
      },
      tree.patchFiles,
    );
    tree.fault?.(files);
    return files;
  });

/** A component with nothing in it is refused by kustomize. */
function some1(doc: Doc): Doc {
  return Object.keys(doc).length > 0 ? doc : { commonAnnotations: { c: "1" } };
}

/** Of a base with few objects only what needs none of them. */
function onlyNames({ namespace, namePrefix, nameSuffix, labels: pairs, commonAnnotations }: Doc): Doc {
  return withoutEmpty({ namespace, namePrefix, nameSuffix, labels: pairs, commonAnnotations });
}
