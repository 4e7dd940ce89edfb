import { stringify } from "yaml";
import type { Doc, GoodTree } from "./good-tree.ts";

/** One way of writing the same objects into files. */
export type Writing = {
  name: string;
  write: (tree: GoodTree, before: GoodTree) => Record<string, string> | undefined;
};

const set = "sets/eu/kustomization.yaml";
const base = "resources:\n  - ../../base\n";

function yaml(doc: Doc): string {
  return stringify(doc, { lineWidth: 0, aliasDuplicateObjects: false });
}

function nameOf({ kind, metadata }: Doc, i: number): string {
  return `${String(kind).toLowerCase()}-${metadata?.name ?? i}-${i}`;
}

function listing(paths: readonly string[]): string {
  return stringify({
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: paths,
  });
}

/** A file each, in one folder that a set includes. */
function separate({ docs, files }: GoodTree): Record<string, string> {
  const named = docs.map((doc, i) => [`${nameOf(doc, i)}.yaml`, yaml(doc)] as const);
  return {
    ...files,
    ...Object.fromEntries(named.map(([name, text]) => [`base/${name}`, text])),
    "base/kustomization.yaml": listing(named.map(([name]) => name)),
    [set]: base,
  };
}

function one(tree: GoodTree, name: string, text: string): Record<string, string> {
  return { ...tree.files, [`base/${name}`]: text, "base/kustomization.yaml": listing([name]), [set]: base };
}

/** Objects of a namespace in a folder of its own, two levels down. */
function nested({ docs, files }: GoodTree): Record<string, string> {
  const groups = Map.groupBy(docs, ({ metadata }) => String(metadata?.namespace ?? "cluster"));
  const written: Record<string, string> = { ...files, [set]: base };
  for (const [name, list] of groups) {
    const paths = list.map((doc, i) => {
      written[`base/parts/${name}/${nameOf(doc, i)}.yml`] = yaml(doc);
      return `${nameOf(doc, i)}.yml`;
    });
    written[`base/parts/${name}/kustomization.yaml`] = listing(paths);
  }
  written["base/kustomization.yaml"] = listing([...groups.keys()].map((name) => `parts/${name}`));
  return written;
}

/** Objects that a ResourceSet of the Flux Operator carries. */
function carried(tree: GoodTree): Record<string, string> {
  const carrier = {
    apiVersion: "fluxcd.controlplane.io/v1",
    kind: "ResourceSet",
    metadata: { name: "all", namespace: "flux-system" },
    spec: { resources: tree.docs },
  };
  return one(tree, "all.yaml", yaml(carrier));
}

function idOf({ kind, metadata }: Doc): string {
  return `${kind}/${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
}

type Operation = { op: string; path: string; value?: unknown };

/** JSON patch from one value to another. */
function difference(from: unknown, to: unknown, path = ""): Operation[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const isPlain = (value: unknown): value is Doc =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isPlain(from) || !isPlain(to)) return [{ op: "replace", path, value: to }];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key): Operation[] => {
    const place = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!(key in to)) return [{ op: "remove", path: place }];
    if (!(key in from)) return [{ op: "add", path: place, value: to[key] }];
    return difference(from[key], to[key], place);
  });
}

type Changes = { changed: { from: Doc; to: Doc }[]; added: Doc[]; removed: Doc[] };

function changes(before: GoodTree, after: GoodTree): Changes {
  const old = new Map(before.docs.map((doc) => [idOf(doc), doc]));
  const now = new Map(after.docs.map((doc) => [idOf(doc), doc]));
  return {
    changed: [...now].flatMap(([id, to]) => {
      const from = old.get(id);
      return from === undefined || JSON.stringify(from) === JSON.stringify(to) ? [] : [{ from, to }];
    }),
    added: after.docs.filter((doc) => !old.has(idOf(doc))),
    removed: before.docs.filter((doc) => !now.has(idOf(doc))),
  };
}

function targetOf({ kind, metadata }: Doc): Doc {
  return { kind, name: metadata.name, ...(metadata.namespace && { namespace: metadata.namespace }) };
}

/** A clean base, and a set whose patches bring the fault. */
function patched(
  after: GoodTree,
  before: GoodTree,
  patchOf: (from: Doc, to: Doc) => string | undefined,
): Record<string, string> | undefined {
  const { changed, added, removed } = changes(before, after);
  if (changed.length + added.length + removed.length === 0) return undefined;
  const patches: Doc[] = [];
  for (const { from, to } of changed) {
    const patch = patchOf(from, to);
    if (patch === undefined) return undefined;
    patches.push({ target: targetOf(from), patch });
  }
  for (const doc of removed) {
    const { apiVersion, kind, metadata } = doc;
    const { name, namespace } = metadata;
    patches.push({
      patch: yaml({
        $patch: "delete",
        apiVersion,
        kind,
        metadata: { name, ...(namespace && { namespace }) },
      }),
    });
  }
  const extra = added.map((doc, i) => [`more-${nameOf(doc, i)}.yaml`, yaml(doc)] as const);
  return {
    ...separate({ docs: before.docs, files: after.files }),
    ...Object.fromEntries(extra.map(([name, text]) => [`sets/eu/${name}`, text])),
    [set]: stringify({
      resources: ["../../base", ...extra.map(([name]) => name)],
      ...(patches.length > 0 && { patches }),
    }),
  };
}

function jsonPatched(after: GoodTree, before: GoodTree): Record<string, string> | undefined {
  return patched(after, before, (from, to) =>
    stringify(difference(from, to), { aliasDuplicateObjects: false }),
  );
}

/** A strategic merge patch says what is set; what a fault takes away it cannot say. */
function mergePatched(after: GoodTree, before: GoodTree): Record<string, string> | undefined {
  return patched(after, before, (from, to) => {
    if (!String(from.apiVersion).match(/^(?:v1|apps\/v1|batch\/v1)$/)) return undefined;
    if (removes(from, to)) return undefined;
    const { apiVersion, kind, metadata, ...rest } = to;
    const { name, namespace } = metadata;
    return yaml({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) }, ...rest });
  });
}

/** What lists of a merge patch are put together by. */
const keys = ["name", "mountPath", "containerPort", "port", "devicePath", "ip", "key"];

function removes(from: unknown, to: unknown): boolean {
  if (to === null) return true;
  if (Array.isArray(from) || Array.isArray(to)) {
    if (!Array.isArray(from)) return (to as unknown[]).some((item) => removes(undefined, item));
    if (!Array.isArray(to) || to.length < from.length) return true;
    return from.some((item, i) => isOther(item, to[i]) || removes(item, to[i]));
  }
  if (typeof to !== "object") return false;
  if (typeof from !== "object" || from === null)
    return Object.values(to).some((inner) => removes(undefined, inner));
  if (JSON.stringify((from as Doc).metadata ?? 0) !== JSON.stringify((to as Doc).metadata ?? 0)) return true;
  const all = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return all.some((key) => !(key in to) || removes((from as Doc)[key], (to as Doc)[key]));
}

/** Another key makes it another entry, and the old one stays. */
function isOther(from: unknown, to: unknown): boolean {
  if (typeof from !== "object" || from === null || typeof to !== "object" || to === null) return from !== to;
  return keys.some((key) => (from as Doc)[key] !== (to as Doc)[key]);
}

/** The ways a repository writes its objects, from the plainest to the oddest. */
export const writings: readonly Writing[] = [
  { name: "a file each", write: separate },
  {
    name: "one file of many documents",
    write: (tree) => one(tree, "all.yaml", tree.docs.map(yaml).join("---\n")),
  },
  {
    name: "a List",
    write: (tree) => one(tree, "all.yaml", yaml({ apiVersion: "v1", kind: "List", items: tree.docs })),
  },
  { name: "nested folders", write: nested },
  {
    name: "JSON",
    write: (tree) =>
      one(tree, "all.json", JSON.stringify({ apiVersion: "v1", kind: "List", items: tree.docs }, null, 2)),
  },
  {
    name: "flow style, Windows line ends",
    write: (tree) =>
      one(
        tree,
        "all.yaml",
        tree.docs
          .map((doc) => `# ${doc.kind}\n${JSON.stringify(doc)}\n`)
          .join("---\n")
          .replaceAll("\n", "\r\n"),
      ),
  },
  { name: "a JSON patch in a set", write: jsonPatched },
  { name: "a strategic merge patch in a set", write: mergePatched },
  { name: "carried by a ResourceSet", write: carried },
];
