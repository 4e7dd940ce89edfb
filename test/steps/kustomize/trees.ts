import fc from "fast-check";
import { stringify } from "yaml";
import { mergePatches, oddTexts, others, rarePatches, staples } from "./objects.ts";

type Doc = Record<string, unknown>;
type Files = Map<string, string>;

/** The folder of a generated tree that is built. */
export const target = "sets/one";

const head = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
const componentHead = { apiVersion: "kustomize.config.k8s.io/v1alpha1", kind: "Component" };

const some = <T>(items: readonly T[], most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: items.length - 1 }), { maxLength: most })
    .map((at) => at.map((i) => items[i]!));
/** Present in one tree of `n`; most features stay out of most trees, or nothing would build. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, n = 4): fc.Arbitrary<T | undefined> =>
  fc.integer({ min: 1, max: n }).chain((roll) => (roll === 1 ? arbitrary : fc.constant(undefined)));

const jsonPatches: readonly Doc[] = [
  {
    target: { kind: "Deployment", name: "web" },
    patch:
      '- op: replace\n  path: /spec/replicas\n  value: 5\n- op: add\n  path: /spec/template/spec/containers/0/env/-\n  value: {name: NEW, value: "1"}\n',
  },
  {
    target: { labelSelector: "app in (web, store)" },
    patch: '[{"op":"add","path":"/metadata/annotations","value":{"x/y":"1"}}]',
  },
  { target: { annotationSelector: "a=b" }, patch: "- {op: add, path: /metadata/annotations/c, value: d}" },
  {
    target: { group: "batch", version: "v1", kind: "CronJob" },
    patch: "- op: remove\n  path: /spec/jobTemplate/spec/template/spec/initContainers\n",
  },
  { target: { kind: "Nothing" }, patch: "- op: remove\n  path: /spec\n" },
  {
    target: { kind: "Service", name: "w.*" },
    patch:
      "- {op: test, path: /spec/ports/0/port, value: 80}\n- {op: replace, path: /spec/ports/0/port, value: 8080}",
  },
  {
    target: { kind: "Deployment|StatefulSet" },
    patch: stringify({
      kind: "Any",
      metadata: { name: "x", labels: { app: null, n: 1 } },
      spec: { template: { spec: { securityContext: { runAsNonRoot: true } } } },
    }),
  },
  {
    target: { name: "web", namespace: "default" },
    patch: "apiVersion: v1\nkind: Any\nmetadata:\n  name: any\n  labels:\n    by: target\n",
  },
  { target: { version: "v1" }, patch: "- {op: add, path: /metadata/labels, value: {all: v1}}" },
  {
    target: { kind: "ConfigMap", name: "plain" },
    patch:
      "- {op: move, from: /data/site, path: /data/place}\n- {op: copy, from: /data/url, path: /data/copy}",
  },
  {
    target: { kind: "ConfigMap" },
    patch: "$patch: delete\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: x}",
  },
  { target: { kind: "StatefulSet" }, patch: "- {op: remove, path: /spec/volumeClaimTemplates/0}" },
  {
    target: { kind: "Deployment", name: "web" },
    patch: "- {op: replace, path: /metadata/name, value: renamed}",
  },
  {
    target: { kind: "Deployment", name: "web" },
    patch: "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: front}\n",
    options: { allowNameChange: true },
  },
  {
    target: { kind: "StatefulSet" },
    patch: "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: store}\n",
    options: { allowKindChange: true },
  },
  {
    target: { kind: "ServiceAccount", name: "agent" },
    patch: "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n",
    options: { allowNameChange: true, allowKindChange: false },
  },
];

const selfPatches: readonly Doc[] = mergePatches.map((doc) => ({ patch: stringify(doc) }));
const rareSelf: readonly Doc[] = rarePatches.map((doc) => ({ patch: stringify(doc) }));

const to = (select: object, fieldPaths: string[], options?: object): Doc => ({
  select,
  fieldPaths,
  ...(options ? { options } : {}),
});
const replacements: readonly Doc[] = [
  {
    source: { kind: "Service", name: "web", fieldPath: "spec.ports.0.port" },
    targets: [to({ kind: "Deployment" }, ["metadata.annotations.port"], { create: true })],
  },
  {
    source: { kind: "ServiceAccount" },
    targets: [
      to({ name: "web", kind: "Deployment" }, [
        "spec.template.spec.containers.[name=web].env.[name=MODE].value",
      ]),
      to({ kind: "StatefulSet" }, ["spec.template.spec.containers.*.image"], { delimiter: ":", index: 0 }),
    ],
  },
  {
    source: {
      kind: "Deployment",
      name: "web",
      fieldPath: "metadata.labels.app",
      options: { delimiter: "e", index: 1 },
    },
    targets: [{ ...to({ kind: "ConfigMap" }, ["data.z"], { create: true }), reject: [{ name: "other" }] }],
  },
  {
    source: { kind: "ConfigMap", name: "plain", namespace: "default", fieldPath: "data.site" },
    targets: [to({ kind: "ConfigMap", name: "plain" }, ["data.url"], { delimiter: "/", index: 2 })],
  },
  {
    source: { kind: "Deployment", name: "web", fieldPath: "spec.replicas" },
    targets: [to({ kind: "StatefulSet", name: "store" }, ["spec.replicas"], { create: true })],
  },
  {
    source: { kind: "Deployment", name: "web", fieldPath: "spec.template.spec.tolerations" },
    targets: [to({ kind: "StatefulSet" }, ["spec.template.spec.tolerations"])],
  },
  {
    source: {
      kind: "Deployment",
      name: "web",
      fieldPath: "spec.template.spec.containers.[name=proxy].image",
    },
    targets: [to({ kind: "StatefulSet" }, ["spec.template.spec.containers.[name=proxy].image"])],
  },
  {
    source: { kind: "Service", name: "web" },
    targets: [to({ kind: "StatefulSet" }, ["spec.serviceName"]), to({ kind: "Absent" }, ["spec.x"])],
  },
  {
    source: { kind: "Service", name: "web", fieldPath: "spec.ports.0.targetPort" },
    targets: [
      to({ kind: "Deployment", name: "web" }, ["metadata.labels.app\\.kubernetes\\.io/port"], {
        create: true,
      }),
    ],
  },
  {
    source: { kind: "ConfigMap", name: "plain", fieldPath: "data.site" },
    targets: [
      to({ kind: "Deployment" }, ["spec.template.spec.containers.[name=web].args.0"], { create: true }),
    ],
  },
];

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

const images: readonly Doc[] = [
  { name: "registry.example.com:5000/web", newTag: "2.0.0" },
  { name: "proxy", newName: "mirror.example.com/proxy", digest: `sha256:${"0".repeat(64)}` },
  { name: "busybox", newName: "mirror.example.com/busybox" },
  { name: "proxy", newTag: "4", digest: "" },
  { name: "proxy", tagSuffix: "-edge" },
  { name: "pro.y", newTag: "9" },
  { name: "absent", newTag: "1" },
];

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

/** A fault a person could make; each takes a tree that may build and gives one that mostly does not. */
const faults: readonly ((files: Files) => void)[] = [
  (files) => edit(files, `${target}/kustomization.yaml`, (text) => `${text}resource:\n- x.yaml\n`),
  (files) => edit(files, "base/kustomization.yaml", (text) => `${text}nameprefix: x-\n`),
  (files) => edit(files, `${target}/kustomization.yaml`, (text) => text.replace("../../base", "../../bases")),
  (files) => edit(files, "base/kustomization.yaml", (text) => text.replace("objects.yaml", "object.yaml")),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\n${stringify(staples[0])}`),
  (files) =>
    edit(
      files,
      "base/objects.yaml",
      (text) => `${text}---\nkind: ConfigMap\nmetadata:\n  name: no-version\n`,
    ),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\napiVersion: v1\nkind: ConfigMap\n`),
  (files) =>
    edit(files, "base/objects.yaml", (text) => `${text}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {}\n`),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\njust: data\n`),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\na: [1\n`),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\n- a list\n`),
  (files) => edit(files, "base/objects.yaml", (text) => `${text}---\nonly text\n`),
  (files) => files.set("base/objects.yaml", ""),
  (files) => files.set("base/objects.yaml", "# only a comment\n"),
  (files) => files.set("base/kustomization.yaml", ""),
  (files) => files.set("base/kustomization.yaml", "kind: Kustomization\n"),
  (files) => files.set("base/kustomization.yml", "resources: []\n"),
  (files) => edit(files, "base/kustomization.yaml", (text) => `${text}components:\n- ../${target}\n`),
  (files) =>
    edit(files, "base/kustomization.yaml", (text) =>
      text.replace("resources:", `resources:\n- ../${target}`),
    ),
  (files) => edit(files, "base/kustomization.yaml", (text) => text.replace("v1beta1", "v1")),
  (files) =>
    edit(files, `${target}/kustomization.yaml`, (text) =>
      text.replace("kind: Kustomization", "kind: Kustomize"),
    ),
  (files) =>
    edit(files, "base/kustomization.yaml", (text) =>
      text.replace("kind: Kustomization", "kind: Component").replace("v1beta1", "v1alpha1"),
    ),
  (files) =>
    edit(files, "parts/c/kustomization.yaml", (text) =>
      text.replace("kind: Component", "kind: Kustomization").replace("v1alpha1", "v1beta1"),
    ),
  (files) => addPatch(files, { patch: "just text" }),
  (files) => addPatch(files, { patch: "a: [1" }),
  (files) => addPatch(files, { path: "absent.yaml" }),
  (files) => addPatch(files, { patch: "- {op: remove, path: /spec/absent}", target: { kind: "Deployment" } }),
  (files) =>
    addPatch(files, {
      patch: "- {op: replace, path: /spec/absent, value: 1}",
      target: { kind: "Deployment" },
    }),
  (files) =>
    addPatch(files, {
      patch: "- {op: add, path: /spec/absent/deeper, value: 1}",
      target: { kind: "Deployment" },
    }),
  (files) =>
    addPatch(files, { patch: "- {op: test, path: /kind, value: Nothing}", target: { kind: "Deployment" } }),
  (files) =>
    addPatch(files, {
      patch: "- {op: add, path: /spec/template/spec/containers/9, value: {}}",
      target: { kind: "Deployment" },
    }),
  (files) => addPatch(files, { patch: "- {op: none, path: /spec}", target: { kind: "Deployment" } }),
  (files) => addPatch(files, { patch: "- {op: remove, path: /spec}" }),
  (files) =>
    addPatch(files, {
      patch: stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nobody" } }),
    }),
  (files) =>
    addPatch(files, { patch: stringify({ kind: "Deployment", metadata: { name: "web" }, spec: {} }) }),
  (files) => addPatch(files, { target: { kind: "Deployment" } }),
  (files) => addPatch(files, { target: { kind: "[" }, patch: "- {op: remove, path: /spec}" }),
  (files) => addPatch(files, { target: { labelSelector: "a in (" }, patch: "- {op: remove, path: /spec}" }),
  (files) =>
    addPatch(files, { target: { kind: "Deployment" }, path: "p.yaml", patch: "- {op: remove, path: /spec}" }),
  (files) =>
    edit(files, `${target}/kustomization.yaml`, (text) => `${text}replicas:\n- {name: nobody, count: 1}\n`),
  (files) => edit(files, `${target}/kustomization.yaml`, (text) => `${text}namespace: [a]\n`),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) => `${text}secretGenerator:\n- {name: s, literals: [novalue]}\n`,
    ),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) => `${text}secretGenerator:\n- {name: s, files: [absent]}\n`,
    ),
  (files) =>
    edit(files, `${target}/kustomization.yaml`, (text) => `${text}secretGenerator:\n- {literals: [a=b]}\n`),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) => `${text}secretGenerator:\n- {name: s, literals: [a=b, a=c]}\n`,
    ),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) => `${text}secretGenerator:\n- {name: s, literals: ["a b=c"]}\n`,
    ),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) => `${text}replacements:\n- source: {kind: Nobody}\n  targets: [{select: {kind: Deployment}}]\n`,
    ),
  (files) =>
    edit(
      files,
      `${target}/kustomization.yaml`,
      (text) =>
        `${text}replacements:\n- source: {kind: Deployment, fieldPath: spec.absent}\n  targets: [{select: {kind: Service}, fieldPaths: [spec.x]}]\n`,
    ),
];

function edit(files: Files, path: string, change: (text: string) => string): void {
  const text = files.get(path);
  if (text !== undefined) files.set(path, change(text));
}

function addPatch(files: Files, patch: Doc): void {
  edit(files, `${target}/kustomization.yaml`, (text) =>
    text.includes("patches:") && !text.includes("patches: []")
      ? text.replace(/^patches:\n/m, `patches:\n${stringify([patch])}`)
      : `${text}${stringify({ patches: [patch] })}`,
  );
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
    fault: seldom(fc.constantFrom(...faults), 8),
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
    if (tree.component) {
      const components = tree.inner ? { components: ["../inner"] } : {};
      write(files, "parts/c", { ...componentHead, ...components, ...some1(tree.component) }, tree.patchFiles);
    }
    if (tree.inner) write(files, "parts/inner", { ...componentHead, ...some1(tree.inner) }, false);
    write(
      files,
      target,
      {
        ...head,
        resources: [below],
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
