import type { Setting } from "#model/rule.ts";
import { apps, container, type Doc, type GoodTree, podSpec } from "./good-tree.ts";

/** One way to break a rule: in the objects, before they are written, or in the files afterwards. */
export type Fault = {
  rule: string;
  what: string;
  setting?: Partial<Setting>;
  /** What must be there for the fault to be possible, and is no fault itself. */
  prepare?: (tree: GoodTree) => void;
  break?: (tree: GoodTree) => void;
  spoil?: (files: Record<string, string>) => Record<string, string>;
  /** Whether what `spoil` gives is a tree of its own, written in no other way. */
  alone?: boolean;
};

/** The one object of a kind and name; the first of its kind without a name. */
export function find(tree: GoodTree, kind: string, name?: string): Doc {
  const found = tree.docs.find(
    (doc) => doc.kind === kind && (name === undefined || doc.metadata.name === name),
  );
  if (found === undefined) throw new Error(`good tree: no ${kind} ${name ?? ""}`);
  return found;
}

/** Faults of one rule, each with a sentence of what is done. */
export function faults(
  rule: string,
  list: Record<string, (tree: GoodTree) => void>,
  more: Omit<Fault, "rule" | "what" | "break"> = {},
): Fault[] {
  return Object.entries(list).map(([what, act]) => ({ rule, what, ...more, break: act }));
}

/** Faults that bring an object of their own. */
export function additions(
  rule: string,
  list: Record<string, Doc | Doc[]>,
  more: Omit<Fault, "rule" | "what" | "break"> = {},
): Fault[] {
  return Object.entries(list).map(([what, docs]) => ({
    ...{ rule, what, ...more },
    break: (tree) => void tree.docs.push(...structuredClone([docs].flat())),
  }));
}

type Place = { kind: string; name: string; list: "containers" | "initContainers"; at: number };

const inTree: Place[] = [
  { kind: "Deployment", name: "till", list: "containers", at: 0 },
  { kind: "Deployment", name: "till", list: "containers", at: 1 },
  { kind: "Deployment", name: "till", list: "initContainers", at: 0 },
  { kind: "StatefulSet", name: "db", list: "containers", at: 0 },
  { kind: "DaemonSet", name: "agent", list: "containers", at: 0 },
  { kind: "Job", name: "migrate", list: "containers", at: 0 },
  { kind: "CronJob", name: "cleanup", list: "containers", at: 0 },
];
const added: Place[] = ["Pod", "ReplicaSet", "ReplicationController", "PodTemplate", "Rollout"].flatMap(
  (kind) => [
    { kind, name: "extra", list: "containers" as const, at: 0 },
    { kind, name: "extra", list: "initContainers" as const, at: 0 },
  ],
);

const versions: Readonly<Record<string, string>> = {
  ReplicaSet: "apps/v1",
  Rollout: "argoproj.io/v1alpha1",
};

/** A workload of a kind the good tree has none of. */
function extra(kind: string): Doc {
  const labels = () => ({ "app.kubernetes.io/name": "extra" });
  const spec = podSpec([container("extra", 6060)], { initContainers: [container("before")] });
  const metadata = { name: "extra", namespace: apps, labels: labels() };
  const apiVersion = versions[kind] ?? "v1";
  const template = { metadata: { labels: labels() }, spec };
  if (kind === "Pod") return { apiVersion, kind, metadata, spec };
  if (kind === "PodTemplate") return { apiVersion, kind, metadata, template };
  const selector = kind === "ReplicationController" ? labels() : { matchLabels: labels() };
  return { apiVersion, kind, metadata, spec: { replicas: 1, selector, template } };
}

/** The template of the pod a workload makes. */
export function templateOf(doc: Doc): Doc {
  if (doc.kind === "Pod") return doc;
  if (doc.kind === "PodTemplate") return doc.template;
  return doc.kind === "CronJob" ? doc.spec.jobTemplate.spec.template : doc.spec.template;
}

/** What is done to one container: the container, the pod's spec around it. */
export type OnContainer = (container: Doc, spec: Doc) => void;

/** The same faults in a container of every kind of workload, first and second, before and beside. */
export function onContainers(
  rule: string,
  list: Record<string, OnContainer>,
  { init = true, ...more }: { init?: boolean } & Omit<Fault, "rule" | "what" | "break"> = {},
): Fault[] {
  const places = [...inTree, ...added].filter((place) => init || place.list === "containers");
  return Object.entries(list).flatMap(([what, act]) =>
    places.map(
      (place): Fault => ({
        ...{ rule, what: `${what}, ${place.kind} ${place.list} ${place.at}`, ...more },
        prepare: (tree) => prepared(tree, place, more),
        break: (tree) => {
          const { spec } = templateOf(find(tree, place.kind, place.name));
          act(spec[place.list][place.at], spec);
        },
      }),
    ),
  );
}

function prepared(tree: GoodTree, { kind, name }: Place, { prepare }: Pick<Fault, "prepare">): void {
  prepare?.(tree);
  if (name === "extra") tree.docs.push(extra(kind));
}

/** The same faults in the pod of every kind of workload: its template and the workload around it. */
export function onPods(
  rule: string,
  list: Record<string, (spec: Doc, template: Doc, workload: Doc) => void>,
  more: Omit<Fault, "rule" | "what" | "break"> = {},
): Fault[] {
  const places = [...inTree, ...added].filter(({ list: field, at }) => field === "containers" && at === 0);
  return Object.entries(list).flatMap(([what, act]) =>
    places.map(
      (place): Fault => ({
        ...{ rule, what: `${what}, ${place.kind}`, ...more },
        prepare: (tree) => prepared(tree, place, more),
        break: (tree) => {
          const workload = find(tree, place.kind, place.name);
          const template = templateOf(workload);
          act(template.spec, template, workload);
        },
      }),
    ),
  );
}

/** The same faults among the values of a chart, however they are handed over. */
export function inValues(rule: string, list: Record<string, Doc>): Fault[] {
  return Object.entries(list).flatMap(([what, values]): Fault[] => [
    {
      ...{ rule, what: `${what}, HelmRelease` },
      break: (tree) =>
        void Object.assign(find(tree, "HelmRelease").spec, { values: structuredClone(values) }),
    },
    {
      ...{ rule, what: `${what}, HelmChart` },
      break: (tree) => {
        find(tree, "HelmChart").spec.valuesContent = JSON.stringify(values, null, 2);
      },
    },
    {
      ...{ rule, what: `${what}, Application` },
      break: (tree) => {
        find(tree, "Application").spec.source.helm = { valuesObject: structuredClone(values) };
      },
    },
    {
      ...{ rule, what: `${what}, Application as text` },
      break: (tree) => {
        find(tree, "Application").spec.source.helm = { values: JSON.stringify(values, null, 1) };
      },
    },
  ]);
}

/** The same change in the spec of several objects. */
export function inSpecs(
  objects: readonly [kind: string, name?: string][],
  what: string,
  act: (spec: Doc) => void,
): Record<string, (tree: GoodTree) => void> {
  return Object.fromEntries(
    objects.map(([kind, name]) => [
      `${what}, ${kind} ${name ?? ""}`.trim(),
      (tree: GoodTree) => act(find(tree, kind, name).spec),
    ]),
  );
}

/** What applies things, as Flux names it, and where they come from. */
export const appliers = [
  ["Kustomization", "first"],
  ["Kustomization", "second"],
  ["HelmRelease"],
] as const satisfies [string, string?][];
export const sources = [["GitRepository"], ["OCIRepository"], ["HelmRepository"]] as const satisfies [
  string,
  string?,
][];
