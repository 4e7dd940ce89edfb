import { type Fields, get, isMap, put } from "#model/value.ts";
import { RefusedError } from "./errors.ts";
import { currentId, type Id } from "./resource.ts";

/** Where a transformer writes, for which objects. A `[]` after a name, or a list met on the way, means every item. */
export type FieldSpec = { path: string; group?: string; version?: string; kind?: string; create?: boolean };

export function applies(spec: FieldSpec, id: Id): boolean {
  return (
    (spec.group === undefined || spec.group === id.group) &&
    (spec.version === undefined || spec.version === id.version) &&
    (spec.kind === undefined || spec.kind === id.kind)
  );
}

/** Calls `change` with every map that holds the last segment of the path; absent maps are made only with `create`. */
export function visit(
  doc: Fields,
  path: string,
  {
    create = false,
    change,
  }: {
    create?: boolean;
    change: (parent: Fields, key: string) => void;
  },
): void {
  walk(doc, splitPath(path), 0);

  function walk(node: unknown, segments: string[], at: number): void {
    if (Array.isArray(node)) {
      for (const item of node) walk(item, segments, at);
      return;
    }
    if (!isMap(node)) throw new RefusedError(`${path} leads through a value that is no mapping`);
    const segment = segments[at]!;
    const list = segment.endsWith("[]");
    const key = list ? segment.slice(0, -2) : segment;
    if (at === segments.length - 1) {
      change(node, key);
      return;
    }
    const next = get(node, key);
    if (next !== undefined && next !== null) {
      walk(next, segments, at + 1);
      return;
    }
    if (!create || list) return;
    const made: Fields = {};
    put(node, key, made);
    walk(made, segments, at + 1);
  }
}

/** A slash that belongs to a name is written `\\/`. */
function splitPath(path: string): string[] {
  return path.split(/(?<!\\)\//).map((segment) => segment.replaceAll("\\/", "/"));
}

/** Adds pairs to the maps that a list of field specs points at. */
export function setPairs(doc: Fields, specs: readonly FieldSpec[], pairs: Fields): void {
  if (Object.keys(pairs).length === 0) return;
  const id = currentId(doc);
  for (const spec of specs) {
    if (!applies(spec, id)) continue;
    visit(doc, spec.path, {
      create: spec.create ?? false,
      change(parent, key) {
        const found = get(parent, key);
        if (isMap(found)) {
          for (const [name, value] of Object.entries(pairs)) put(found, name, value);
          return;
        }
        if (found !== undefined && found !== null) throw new RefusedError(`${spec.path} is no mapping`);
        if (!spec.create) return;
        put(parent, key, { ...pairs });
      },
    });
  }
}

const workload = (kind: string, group?: string) => ({ kind, ...(group === undefined ? {} : { group }) });
const POD_OWNERS = [
  { ...workload("ReplicationController"), version: "v1" },
  workload("Deployment"),
  workload("ReplicaSet"),
  workload("DaemonSet"),
];

const templateMeta = (field: "labels" | "annotations"): FieldSpec[] => [
  ...[
    ...POD_OWNERS,
    workload("StatefulSet", field === "labels" ? "apps" : undefined),
    workload("Job", "batch"),
  ].map((owner) => ({ ...owner, path: `spec/template/metadata/${field}`, create: true })),
  { ...workload("CronJob", "batch"), path: `spec/jobTemplate/metadata/${field}`, create: true },
  { ...workload("CronJob", "batch"), path: `spec/jobTemplate/spec/template/metadata/${field}`, create: true },
];

/** Labels that stay out of selectors and templates. */
export const metadataLabels: readonly FieldSpec[] = [{ path: "metadata/labels", create: true }];

/** Labels of pod templates. Source: kustomize api/internal/konfig/builtinpluginconsts/templatelabels.go (v5). */
export const templateLabels: readonly FieldSpec[] = [
  ...templateMeta("labels"),
  { ...workload("StatefulSet", "apps"), path: "spec/volumeClaimTemplates[]/metadata/labels", create: true },
];

const AFFINITIES = [
  "podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
  "podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
  "podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
  "podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
];
const podTerms = (kind: string): FieldSpec[] => [
  ...AFFINITIES.map((path) => ({ ...workload(kind, "apps"), path: `spec/template/spec/affinity/${path}` })),
  {
    ...workload(kind, "apps"),
    path: "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels",
  },
];

/** Labels everywhere, selectors included. Source: builtinpluginconsts/commonlabels.go (v5). */
export const commonLabels: readonly FieldSpec[] = [
  ...metadataLabels,
  { kind: "Service", version: "v1", path: "spec/selector", create: true },
  { kind: "ReplicationController", version: "v1", path: "spec/selector", create: true },
  ...[
    workload("Deployment"),
    workload("ReplicaSet"),
    workload("DaemonSet"),
    workload("StatefulSet", "apps"),
  ].map((owner) => ({ ...owner, path: "spec/selector/matchLabels", create: true })),
  ...podTerms("Deployment"),
  ...podTerms("StatefulSet"),
  ...templateLabels,
  { ...workload("Job", "batch"), path: "spec/selector/matchLabels" },
  { ...workload("CronJob", "batch"), path: "spec/jobTemplate/spec/selector/matchLabels" },
  { ...workload("PodDisruptionBudget", "policy"), path: "spec/selector/matchLabels" },
  ...["spec/podSelector", "spec/ingress/from/podSelector", "spec/egress/to/podSelector"].map((path) => ({
    ...workload("NetworkPolicy", "networking.k8s.io"),
    path: `${path}/matchLabels`,
  })),
];

/** Where commonAnnotations go. Source: builtinpluginconsts/commonannotations.go (v5). */
export const commonAnnotations: readonly FieldSpec[] = [
  { path: "metadata/annotations", create: true },
  ...templateMeta("annotations"),
];

/** Where a namespace stands apart from metadata. Source: builtinpluginconsts/namespace.go (v5). */
export const namespaceFields: readonly FieldSpec[] = [
  { group: "apiregistration.k8s.io", kind: "APIService", path: "spec/service/namespace", create: true },
  {
    group: "apiextensions.k8s.io",
    kind: "CustomResourceDefinition",
    path: "spec/conversion/webhook/clientConfig/service/namespace",
  },
];
