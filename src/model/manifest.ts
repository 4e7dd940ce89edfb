import type { Severity } from "./plan.ts";
import type { Hit, Manifest, RuleContext, Setting } from "./rule.ts";
import { type Fields, isMap, map, maps, word } from "./value.ts";

/** The API group of a manifest; the core group is empty. */
export function groupOf({ apiVersion }: Pick<Manifest, "apiVersion">): string {
  const at = apiVersion.indexOf("/");
  return at < 0 ? "" : apiVersion.slice(0, at);
}

/** How people read an object: `Deployment/web`. */
export function show({ kind, name }: Pick<Manifest, "kind" | "name">): string {
  return name === "" ? kind : `${kind}/${name}`;
}

const POD_POINTERS: Readonly<Record<string, string>> = {
  Pod: "",
  Deployment: "/spec/template",
  StatefulSet: "/spec/template",
  DaemonSet: "/spec/template",
  ReplicaSet: "/spec/template",
  ReplicationController: "/spec/template",
  Job: "/spec/template",
  CronJob: "/spec/jobTemplate/spec/template",
  PodTemplate: "/template",
  // Argo Rollouts' stand-in for a Deployment.
  Rollout: "/spec/template",
};
const POD_GROUPS = new Set(["", "apps", "batch", "extensions", "argoproj.io"]);

type Pod = { spec: Fields; metadata: Fields; pointer: string };
const pods = new WeakMap<Manifest, Pod | false>();

/** The pod a manifest makes, if it makes one; `pointer` leads to its spec. Read once, since half of the rules ask. */
export function podOf(manifest: Manifest): Pod | undefined {
  const base = POD_POINTERS[manifest.kind];
  if (base === undefined) return undefined;
  let pod = pods.get(manifest);
  if (pod === undefined) {
    pod = readPod(manifest, base) ?? false;
    pods.set(manifest, pod);
  }
  return pod || undefined;
}

function readPod(manifest: Manifest, base: string): Pod | undefined {
  if (!POD_GROUPS.has(groupOf(manifest))) return undefined;
  let node: Fields = manifest.doc;
  for (const segment of base.split("/").slice(1)) node = map(node[segment]);
  if (!isMap(node.spec)) return undefined;
  return { spec: node.spec, metadata: map(node.metadata), pointer: `${base}/spec` };
}

export type Container = { fields: Fields; name: string; pointer: string; init: boolean };

const none: readonly Container[] = [];
const containers = new WeakMap<Manifest, readonly Container[]>();

/** Containers and init containers of the pod a manifest makes; read once, since two dozen rules ask. */
export function containersOf(manifest: Manifest): readonly Container[] {
  if (POD_POINTERS[manifest.kind] === undefined) return none;
  const before = containers.get(manifest);
  if (before !== undefined) return before;
  const found = readContainers(manifest);
  containers.set(manifest, found);
  return found;
}

function readContainers(manifest: Manifest): Container[] {
  const pod = podOf(manifest);
  if (pod === undefined) return [];
  return (["containers", "initContainers"] as const).flatMap((field) => {
    const list: unknown[] = Array.isArray(pod.spec[field]) ? pod.spec[field] : [];
    return list.flatMap((fields, i) =>
      isMap(fields)
        ? [
            {
              fields,
              name: word(fields.name) || String(i),
              pointer: `${pod.pointer}/${field}/${i}`,
              init: field === "initContainers",
            },
          ]
        : [],
    );
  });
}

type Memory = { request?: unknown; limit?: unknown };
const limitRanges = new WeakMap<RuleContext, Map<string, Memory>>();

/** Memory that a LimitRange of the namespace gives to containers which ask for none. */
export function defaultMemory(context: RuleContext, namespace: string): Memory {
  let known = limitRanges.get(context);
  if (known === undefined) {
    known = new Map(context.effective.flatMap((manifest) => limitRangeOf(manifest)));
    limitRanges.set(context, known);
  }
  return known.get(namespace) ?? {};
}

function limitRangeOf({ kind, namespace, doc }: Manifest): [string, Memory][] {
  if (kind !== "LimitRange") return [];
  const limits = maps(map(doc.spec).limits).find(({ type }) => type === "Container");
  const limit = map(limits?.default).memory;
  return [[namespace, { limit, request: map(limits?.defaultRequest).memory ?? limit }]];
}

/** Labels and annotations of a manifest's own metadata. */
export function labelsOf({ doc }: Pick<Manifest, "doc">): Fields {
  return map(map(doc.metadata).labels);
}
export function annotationsOf({ doc }: Pick<Manifest, "doc">): Fields {
  return map(map(doc.metadata).annotations);
}

// A hundred rules ask for the same lists.
const whole = new WeakMap<readonly Manifest[], readonly Manifest[]>();
const withPatches = new WeakMap<readonly Manifest[], readonly Manifest[]>();

/** What is applied, whole objects only: for rules that ask whether something is missing. */
export function applied({ effective }: Pick<RuleContext, "effective">): readonly Manifest[] {
  const before = whole.get(effective);
  if (before !== undefined) return before;
  const found = effective.filter((manifest) => !manifest.patch);
  whole.set(effective, found);
  return found;
}

/** What is applied, and patch fragments beside it: for rules that ask whether something bad is set. */
export function judged({ effective, manifests }: RuleContext): readonly Manifest[] {
  const before = withPatches.get(effective);
  if (before !== undefined) return before;
  const found = [...applied({ effective }), ...manifests.filter((manifest) => manifest.patch)];
  withPatches.set(effective, found);
  return found;
}

/** Groups of HelmRelease, of the HelmChart of K3s and of the Application of Argo CD. */
export const chartGroups: readonly string[] = ["helm.toolkit.fluxcd.io", "helm.cattle.io", "argoproj.io"];

const indices = new WeakMap<readonly Manifest[], Map<string, Manifest[]>>();

/** Manifests by group and kind (`apps/Deployment`, `Service`), by group (`apps/`), and by what they make: `pods`, `podsOrCharts`. */
function indexOf(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const before = indices.get(manifests);
  if (before !== undefined) return before;
  const made = new Map<string, Manifest[]>();
  const add = (key: string, manifest: Manifest) => {
    const list = made.get(key);
    if (list === undefined) made.set(key, [manifest]);
    else list.push(manifest);
  };
  for (const manifest of manifests) {
    const group = groupOf(manifest);
    add(group === "" ? manifest.kind : `${group}/${manifest.kind}`, manifest);
    add(`${group}/`, manifest);
    const makesPods = podOf(manifest) !== undefined;
    if (makesPods) add("pods", manifest);
    if (makesPods || chartGroups.includes(group)) add("podsOrCharts", manifest);
  }
  indices.set(manifests, made);
  return made;
}

/** Manifests of one kind, as `group/Kind`; the core group is left out. A list is gone through once for all rules. */
export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return indexOf(manifests).get(kind) ?? [];
}

/** Manifests of some API groups. */
export function ofGroup(manifests: readonly Manifest[], ...groups: string[]): readonly Manifest[] {
  return groups.flatMap((group) => indexOf(manifests).get(`${group}/`) ?? []);
}

/** Manifests that make pods, or give a chart its values. */
export function withPodsOrCharts(manifests: readonly Manifest[]): readonly Manifest[] {
  return indexOf(manifests).get("podsOrCharts") ?? [];
}

/** Manifests that make pods. */
export function withPods(manifests: readonly Manifest[]): readonly Manifest[] {
  return indexOf(manifests).get("pods") ?? [];
}

type Where = { pointer?: string; values?: Hit["values"]; severity?: Severity };

/** Whether a place is another in what was rendered than in what was written: then an overlay is at fault. */
function isMade({ doc, source, target }: Manifest, pointer: string): boolean {
  if (source === undefined || target === undefined) return false;
  const [made, written] = [valueAt(doc, pointer), valueAt(source, pointer)];
  // Of a whole object something else may have changed; what is said is said of a part of it.
  if (written !== undefined && typeof made === "object") return false;
  return JSON.stringify(made) !== JSON.stringify(written);
}

/** The value a JSON pointer leads to, as far as it leads anywhere. */
export function valueAt(doc: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], doc);
}

/** A hit in a manifest; `{object}` is always filled. */
export function hit(manifest: Manifest, { pointer = "", values = {}, severity }: Where = {}): Hit {
  return {
    path: manifest.path,
    line: manifest.line(pointer),
    pointer,
    values: { object: show(manifest), ...values },
    ...(isMade(manifest, pointer) && { target: manifest.target! }),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** The hits of all manifests, each once: an object that is applied by several sets is one place in one file. */
export function each(manifests: readonly Manifest[], find: (manifest: Manifest) => Iterable<Hit>): Hit[] {
  const hits = new Map<string, Hit>();
  for (const manifest of manifests) {
    for (const found of find(manifest)) {
      hits.set(JSON.stringify([found.path, found.line, found.pointer, found.values]), found);
    }
  }
  return [...hits.values()];
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};
const QUANTITY = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:([KMGTP]i|[mkMGTP])|[eE]([0-9]{1,2}))?$/;

/** A memory quantity of Kubernetes in MiB; `undefined` when it is none. */
export function mebibytes(quantity: unknown): number | undefined {
  const found = QUANTITY.exec(word(quantity));
  if (!found) return undefined;
  const factor = found[3] === undefined ? UNITS[found[2] ?? ""]! : 10 ** Number(found[3]);
  return (Number(found[1]) * factor) / 2 ** 20;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };
const DURATION_PART = /([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g;
/** A Flux duration as a whole. Source: https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export const FLUX_DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

/** A duration such as 1h30m in seconds; `undefined` when it is none. */
export function seconds(duration: unknown): number | undefined {
  const text = word(duration);
  if (!FLUX_DURATION.test(text)) return undefined;
  let total = 0;
  for (const part of text.matchAll(DURATION_PART)) total += Number(part[1]) * SECONDS[part[2]!]!;
  return total;
}

/** A value that is filled in later: by Flux, by CI, by a person. */
export const PLACEHOLDER =
  /^(?:|\$\{[^}]*\}|\$\([^)]*\)|<[^>]*>|\{\{[\s\S]*\}\}|change-?_?me|replace.?me|your[-_ ].*|x{3,}|todo|placeholder|example)$/i;

/** Whether a text holds something a later step fills in. */
export function isTemplated(text: string): boolean {
  return /\$\{|\{\{|<<?[\w .-]+>|\$\(/.test(text);
}

/** Where a rule hangs on the size of a site. `unknown`: nobody said. */
export type Verdict = "yes" | "no" | "unknown";

/** Whether embedded etcd is in place here: three servers, SSD, 4 GB (catalogue rules S3, H9). */
export function etcdFits({ decisions, nodesPerSite, storage, memoryMiB }: Setting): Verdict {
  if (decisions) return decisions.datastore.choice === "etcd" ? "yes" : "no";
  const known = [
    nodesPerSite === undefined ? undefined : nodesPerSite >= 3,
    storage === undefined ? undefined : storage === "ssd",
    memoryMiB === undefined ? undefined : memoryMiB >= 4_096,
  ];
  if (known.includes(false)) return "no";
  return known.includes(undefined) ? "unknown" : "yes";
}

/** Whether the site has several servers behind a virtual address of its own. */
export function isHaSite({ decisions, nodesPerSite }: Setting): Verdict {
  if (decisions) return decisions.topology.choice === "ha" ? "yes" : "no";
  if (nodesPerSite === undefined) return "unknown";
  return nodesPerSite >= 3 ? "yes" : "no";
}

/** Chart name of a HelmRelease, a K3s HelmChart or an Argo CD Application, with the pointer to it. */
export function chartsOf(manifest: Manifest): { chart: string; version: unknown; pointer: string }[] {
  const group = groupOf(manifest);
  const spec = map(manifest.doc.spec);
  if (group === "helm.toolkit.fluxcd.io" && manifest.kind === "HelmRelease") {
    const inner = map(map(spec.chart).spec);
    if (word(inner.chart) === "") return [];
    return [{ chart: word(inner.chart), version: inner.version, pointer: "/spec/chart/spec/chart" }];
  }
  if (group === "helm.cattle.io" && manifest.kind === "HelmChart") {
    if (word(spec.chart) === "") return [];
    return [{ chart: word(spec.chart), version: spec.version, pointer: "/spec/chart" }];
  }
  if (group === "argoproj.io" && manifest.kind === "Application") {
    const sources: [Fields, string][] = [
      [map(spec.source), "/spec/source"],
      ...maps(spec.sources).map((source, i): [Fields, string] => [source, `/spec/sources/${i}`]),
    ];
    return sources.flatMap(([source, pointer]) =>
      word(source.chart) === ""
        ? []
        : [{ chart: word(source.chart), version: source.targetRevision, pointer: `${pointer}/chart` }],
    );
  }
  return [];
}

/** The last part of a chart's name: `oci://host/charts/istiod` is `istiod`. */
export function chartName(chart: string): string {
  return chart.split("/").pop()!;
}
