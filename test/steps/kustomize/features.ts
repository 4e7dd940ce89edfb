import { stringify } from "yaml";
import { mergePatches, rarePatches } from "./objects.ts";

/** Entries of kustomizations that name the objects of a generated tree. */
type Doc = Record<string, unknown>;

export const jsonPatches: readonly Doc[] = [
  {
    target: { kind: "Deployment|Stateful.*", name: "(web|store).*" },
    patch: "- {op: add, path: /spec/paused, value: true}",
  },
  {
    target: { labelSelector: "app,app!=web" },
    patch: "- {op: add, path: /metadata/labels/found, value: other}",
  },
  {
    target: { labelSelector: "!app" },
    patch: '- {op: add, path: /metadata/annotations, value: {bare: "1"}}',
  },
  {
    target: { labelSelector: "team notin (edge, core)" },
    patch: "- {op: add, path: /metadata/finalizers, value: [a/b]}",
  },
  {
    target: { group: "apps", namespace: "site" },
    patch: "- {op: add, path: /metadata/labels/in, value: site}",
  },
  {
    target: { group: "", kind: "Service" },
    patch: "- {op: add, path: /spec/ports/-, value: {port: 9, name: extra}}",
  },
  {
    target: { kind: "Deployment", name: "web" },
    patch:
      "- {op: remove, path: /spec/template/spec/containers/0/env/1}\n- {op: move, from: /spec/template/spec/containers/1, path: /spec/template/spec/containers/0}",
  },
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

export const selfPatches: readonly Doc[] = [
  ...mergePatches.map((doc) => ({ patch: stringify(doc) })),
  { patch: [mergePatches[0], mergePatches.at(-3)].map((doc) => stringify(doc)).join("---\n") },
  { patch: `# first a word\n---\n${JSON.stringify(mergePatches[13])}` },
];
export const rareSelf: readonly Doc[] = rarePatches.map((doc) => ({ patch: stringify(doc) }));

const to = (select: object, fieldPaths: string[], options?: object): Doc => ({
  select,
  fieldPaths,
  ...(options ? { options } : {}),
});
export const replacements: readonly Doc[] = [
  {
    source: { kind: "ConfigMap", name: "plain", fieldPath: "data.site" },
    targets: [to({ kind: "Service", name: "web" }, ["metadata.name"], { delimiter: "-", index: 9 })],
  },
  {
    source: { kind: "Service", name: "web", fieldPath: "spec.selector" },
    targets: [to({ kind: "Deployment", name: "web" }, ["spec.template.spec.nodeSelector"], { create: true })],
  },
  {
    source: { kind: "Deployment", name: "web", fieldPath: "spec.template.spec.containers.1.image" },
    targets: [
      to({ labelSelector: "app=store" }, ["spec.template.spec.containers.[name=pro.*].image"]),
      to({ kind: "Service", name: "web" }, ["metadata.annotations.[=x]", "metadata.annotations.image"], {
        create: true,
      }),
    ],
  },
  {
    source: {
      kind: "Deployment",
      name: "web",
      fieldPath: "spec.template.spec.containers.[name=web].ports.0.containerPort",
    },
    targets: [
      to({ kind: "Service", name: "web" }, ["spec.ports.0.targetPort", "spec.ports.[port=80].port"]),
      {
        ...to({ kind: "StatefulSet" }, ["spec.template.spec.containers.*.ports.*.containerPort"]),
        reject: [{ name: "none" }],
      },
    ],
  },
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

export const images: readonly Doc[] = [
  { name: "registry.example.com:5000/web", newTag: "2.0.0" },
  { name: "proxy", newName: "mirror.example.com/proxy", digest: `sha256:${"0".repeat(64)}` },
  { name: "busybox", newName: "mirror.example.com/busybox" },
  { name: "proxy", newTag: "4", digest: "" },
  { name: "proxy", tagSuffix: "-edge" },
  { name: "pro.y", newTag: "9" },
  { name: "absent", newTag: "1" },
];
