import { stringify } from "yaml";
import { staples } from "./objects.ts";

type Doc = Record<string, unknown>;
type Files = Map<string, string>;
type Fault = (files: Files) => void;

/** The folder of a generated tree that is built. */
export const target = "sets/one";

const files = {
  set: `${target}/kustomization.yaml`,
  base: "base/kustomization.yaml",
  objects: "base/objects.yaml",
  part: "parts/c/kustomization.yaml",
};
type Place = keyof typeof files;

const edit =
  (place: Place, change: (text: string) => string): Fault =>
  (tree) => {
    const text = tree.get(files[place]);
    if (text !== undefined) tree.set(files[place], change(text));
  };
const append = (place: Place, text: string) => edit(place, (before) => before + text);
const replace = (place: Place, from: string, to: string) => edit(place, (text) => text.replace(from, to));
const write =
  (path: string, text: string): Fault =>
  (tree) => {
    tree.set(path, text);
  };
const object = (text: string) => append("objects", `---\n${text}\n`);
const patch = (entry: Doc) =>
  edit("set", (text) =>
    text.includes("patches:") && !text.includes("patches: []")
      ? text.replace(/^patches:\n/m, `patches:\n${stringify([entry])}`)
      : `${text}${stringify({ patches: [entry] })}`,
  );
const operation = (text: string) => patch({ target: { kind: "Deployment" }, patch: `- {${text}}` });
const all =
  (...parts: Fault[]): Fault =>
  (tree) => {
    for (const part of parts) part(tree);
  };

/** Faults a person could make; each takes a tree that may build and gives one that mostly does not. */
export const faults: readonly Fault[] = [
  append("set", "resource:\n- x.yaml\n"),
  append("base", "nameprefix: x-\n"),
  append("base", "images:\n- {name: proxy, newtag: v9}\n"),
  append("set", "images:\n- {name: proxy, newTag: 1.0}\n"),
  append("set", "namespace: [a]\n"),
  append("set", "commonAnnotations: {a: 1}\n"),
  append("set", "replicas:\n- {name: web, count: two}\n"),
  append("set", "replicas:\n- {name: nobody, count: 1}\n"),
  append("set", "generatorOptions: {disableNameSuffixHash: yes}\n"),
  append("set", "sortOptions: {order: alphabetical}\n"),
  append("set", "sortOptions: {order: fifo, legacySortOptions: {orderFirst: [Service]}}\n"),
  append("set", "patchesJson6902:\n- {target: {kind: Deployment}, patch: '- {op: remove, path: /spec}'}\n"),
  append(
    "set",
    "patchesJson6902:\n- {target: {kind: Deployment, name: w.*}, patch: '- {op: replace, path: /metadata/name, value: n}'}\n",
  ),
  append("set", "patchesJson6902:\n- {target: {kind: Deployment, name: web}, patch: 'kind: Deployment'}\n"),
  append("set", "metadata: {name: set, namespace: here}\n"),
  append("set", "---\nnamePrefix: second-\n"),
  replace("set", "../../base", "../../bases"),
  replace("set", "../../base", "../../base/../base/"),
  replace("base", "objects.yaml", "object.yaml"),
  replace("base", "v1beta1", "v1"),
  replace("base", "kind: Kustomization\n", ""),
  replace("set", "kind: Kustomization", "kind: Kustomize"),
  all(replace("base", "kind: Kustomization", "kind: Component"), replace("base", "v1beta1", "v1alpha1")),
  all(replace("part", "kind: Component", "kind: Kustomization"), replace("part", "v1alpha1", "v1beta1")),
  append("base", `components:\n- ../${target}\n`),
  replace("base", "resources:", `resources:\n- ../${target}`),
  object(stringify(staples[0]).trim()),
  object("kind: ConfigMap\nmetadata:\n  name: no-version"),
  object("apiVersion: v1\nkind: ConfigMap"),
  object("apiVersion: v1\nkind: ConfigMap\nmetadata: {}"),
  object("apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}"),
  object("apiVersion: v1\nmetadata: {name: no-kind}"),
  object("apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: x}"),
  object("apiVersion: v1\nkind: ThingList"),
  object("just: data"),
  object("a: [1"),
  object("- a list"),
  object("only text"),
  object("{}"),
  object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: keys-of-no-text}\ndata:\n  8080: x"),
  object('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: keys-in-quotes}\ndata:\n  "8080": x'),
  object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: unclosed}\ndata: {a: 'x}"),
  object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tabs}\ndata:\n\ta: b"),
  object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nobody}\ndata: *nobody"),
  write(files.objects, ""),
  write(files.objects, "# only a comment\n"),
  write(files.base, ""),
  write(files.base, "kind: Kustomization\n"),
  write(files.base, "metadata: {name: only}\n"),
  write(files.base, "resources:\n- {path: objects.yaml}\n"),
  write("base/kustomization.yml", "resources: []\n"),
  patch({ patch: "just text" }),
  patch({ patch: "a: [1" }),
  patch({ path: "absent.yaml" }),
  patch({ patch: "- {op: remove, path: /spec}" }),
  patch({ patch: stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nobody" } }) }),
  patch({ patch: stringify({ kind: "Deployment", metadata: { name: "web" }, spec: {} }) }),
  patch({ patch: "spec: {replicas: 3}", target: { kind: "Deployment" } }),
  patch({
    patch: "- {op: remove, path: /spec}\n---\n- {op: remove, path: /metadata/labels}",
    target: { kind: "Deployment" },
  }),
  patch({ patch: "op: remove\npath: /spec/replicas", target: { kind: "Deployment", name: "web" } }),
  patch({ target: { kind: "Deployment" } }),
  patch({ target: { kind: "[" }, patch: "- {op: remove, path: /spec}" }),
  patch({ target: { labelSelector: "a in (" }, patch: "- {op: remove, path: /spec}" }),
  patch({ target: { kind: "Deployment" }, path: "p.yaml", patch: "- {op: remove, path: /spec}" }),
  patch({ target: {}, patch: stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "web" } }) }),
  operation("op: remove, path: /spec/absent"),
  operation("op: replace, path: /spec/absent, value: 1"),
  operation("op: add, path: /spec/absent/deeper, value: 1"),
  operation("op: test, path: /kind, value: Nothing"),
  operation("op: test, path: /spec/absent, value: ~"),
  operation("op: add, path: /spec/template/spec/containers/9, value: {}"),
  operation("op: add, path: /spec/template/spec/containers/-1, value: {name: z}"),
  operation("op: replace, path: /spec/template/spec/containers/-, value: {}"),
  operation("op: none, path: /spec"),
  operation("op: copy, from: /spec/absent, path: /metadata/annotations"),
  operation("op: move, from: /spec/absent, path: /spec/other"),
  operation("op: add, path: spec/paused, value: yes"),
  patch({ target: { kind: "Deployment" }, patch: "[{op: remove, path: /spec/replicas}]" }),
  operation("op: add, path: /spec/paused, value: yes"),
  append("set", "secretGenerator:\n- {name: s, literals: [novalue]}\n"),
  append("set", "secretGenerator:\n- {name: s, files: [absent]}\n"),
  append("set", "secretGenerator:\n- {name: s, files: [a=b=c]}\n"),
  append("set", "secretGenerator:\n- {literals: [a=b]}\n"),
  append("set", "secretGenerator:\n- {name: s, literals: [a=b, a=c]}\n"),
  append("set", 'secretGenerator:\n- {name: s, literals: ["a b=c"]}\n'),
  append("set", "secretGenerator:\n- {name: keys, literals: [a=b]}\n"),
  append("set", "secretGenerator:\n- {name: s, behavior: merge, literals: [a=b]}\n"),
  append("set", "secretGenerator:\n- {name: s, behavior: mix, literals: [a=b]}\n"),
  append("set", "replacements:\n- source: {kind: Nobody}\n  targets: [{select: {kind: Deployment}}]\n"),
  append("set", "replacements:\n- source: {kind: Deployment}\n"),
  append("set", "replacements:\n- path: absent.yaml\n"),
  append(
    "set",
    "replacements:\n- source: {kind: Service, name: web}\n  targets: [{select: {kind: Service}, fieldPaths: [spec.absent]}]\n",
  ),
  append(
    "set",
    "replacements:\n- source: {kind: StatefulSet, fieldPath: spec.absent}\n  targets: [{select: {kind: Service}}]\n",
  ),
];
