import { type Fault, faults } from "../fault.ts";
import type { GoodTree } from "../good-tree.ts";

type Files = Record<string, string>;

/** Faults in files that hold no objects of Kubernetes, or none yet. */
function spoiled(rule: string, list: Record<string, (files: Files) => Files>): Fault[] {
  return Object.entries(list).map(([what, spoil]) => ({ rule, what, spoil }));
}

const folders = ["platform/first", "platform/second", "platform/shop-a", "platform/shop-b"];
const listOf = (folder: string) => `${folder}/kustomization.yaml`;

/** The same lines after each of several kustomizations. */
function appended(
  rule: string,
  list: Record<string, string>,
  more: (folder: string) => Files = () => ({}),
): Fault[] {
  return spoiled(
    rule,
    Object.fromEntries(
      Object.entries(list).flatMap(([what, text]) =>
        folders.map((folder) => [
          `${what}, ${folder}`,
          (files: Files) => ({ ...files, ...more(folder), [listOf(folder)]: files[listOf(folder)]! + text }),
        ]),
      ),
    ),
  );
}

const extra =
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n  namespace: flux-system\ndata:\n  a: b\n";

const kustomizations: Fault[] = [
  ...appended("KUST-01", {
    "a resource": "  - gone.yaml\n",
    "a folder": "  - ../gone\n",
    "a component": "components:\n  - ../../parts/gone\n",
    "a patch": "patches:\n  - path: gone.yaml\n",
    "a generator's file": "configMapGenerator:\n  - name: g\n    files: [gone.ini]\n",
    "an environment file": "secretGenerator:\n  - name: g\n    envs: [gone.env]\n",
  }),
  ...appended("KUST-02", {
    "a folder": "  - ../../../other\n",
    "a file": "  - ../../../other/a.yaml\n",
    "a component": "components:\n  - ../../../../other\n",
    "a patch": "patches:\n  - path: ../../../patch.yaml\n",
    absolute: "  - /etc/rancher/a.yaml\n",
  }),
  ...appended("KUST-03", {
    https: "  - https://example.com/install.yaml\n",
    "a repository": "  - github.com/example/app/deploy?ref=v1.0.0\n",
    ssh: "  - git@git.example.com:example/app.git\n",
    "a git address": "  - git::https://git.example.com/app//deploy?ref=v1\n",
    "a component": "components:\n  - https://git.example.com/app//parts?ref=v1\n",
  }),
  ...spoiled("KUST-04", {
    ...Object.fromEntries(
      folders.map((folder) => [
        `itself, ${folder}`,
        (files: Files) => ({
          ...files,
          [listOf(folder)]: `${files[listOf(folder)]}  - ../${folder.split("/")[1]}\n`,
        }),
      ]),
    ),
    ...Object.fromEntries(
      folders.map((folder, i) => [
        `two, ${folder}`,
        (files: Files) => {
          const other = folders[(i + 1) % folders.length]!;
          return {
            ...files,
            [listOf(folder)]: `${files[listOf(folder)]}  - ../${other.split("/")[1]}\n`,
            [listOf(other)]: `${files[listOf(other)]}  - ../${folder.split("/")[1]}\n`,
          };
        },
      ]),
    ),
    ...Object.fromEntries(
      folders.map((folder, i) => [
        `three, ${folder}`,
        (files: Files) => {
          const ring = [0, 1, 2].map((n) => folders[(i + n) % folders.length]!);
          const added = ring.map((one, n) => [
            listOf(one),
            `${files[listOf(one)]}  - ../${ring[(n + 1) % 3]!.split("/")[1]}\n`,
          ]);
          return { ...files, ...Object.fromEntries(added) };
        },
      ]),
    ),
  }),
  ...appended(
    "KUST-05",
    { "a folder": "  - bare\n", "a component": "components:\n  - bare\n" },
    (folder) => ({
      [`${folder}/bare/extra.yaml`]: extra,
    }),
  ),
  ...appended("KUST-06", {
    singular: "resource: [a.yaml]\n",
    typo: "namspace: apps\n",
    "of another kind": "spec: {interval: 1h}\n",
    plural: "patch: []\n",
    "inside a patch": "patches:\n  - targets: {kind: ConfigMap}\n    patch: '[]'\n",
  }),
  ...appended("KUST-07", {
    "a name nobody has":
      "patches:\n  - target: {kind: ConfigMap, name: nobody}\n    patch: '- {op: remove, path: /data/note}'\n",
    "a kind nobody has":
      "patches:\n  - target: {kind: Deployment}\n    patch: '- {op: remove, path: /spec}'\n",
    "a label nobody has":
      "patches:\n  - target: {labelSelector: tier=front}\n    patch: '- {op: remove, path: /data}'\n",
    "a namespace nobody has":
      "patches:\n  - target: {kind: ConfigMap, namespace: other}\n    patch: '- {op: remove, path: /data}'\n",
    "without a target":
      "patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: nobody}\n      data: {a: b}\n",
  }),
  ...appended("KUST-08", {
    "an image": "images:\n  - name: registry.example.com/nobody\n    newTag: 1.0.0\n",
    replicas: "replicas:\n  - name: nobody\n    count: 2\n",
    "a second image": "images:\n  - {name: nobody, digest: 'sha256:00'}\n",
  }),
  ...appended("KUST-09", {
    charts: "helmCharts:\n  - {name: a, repo: 'https://charts.example.com', version: 1.0.0}\n",
    generators: "generators: [g.yaml]\n",
    "old charts": "helmChartInflationGenerator:\n  - {chartName: a}\n",
  }),
  ...appended("KUST-10", {
    commonLabels: "commonLabels: {team: a}\n",
    bases: "bases: [../first]\n",
    patchesStrategicMerge: "patchesStrategicMerge: [p.yaml]\n",
    patchesJson6902: "patchesJson6902: []\n",
    vars: "vars:\n  - name: A\n    objref: {kind: ConfigMap, name: a, apiVersion: v1}\n",
  }),
  ...appended("KUST-11", { "a second file": "  - again.yaml\n" }, (folder) => ({
    [`${folder}/again.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${folder.split("/")[1]}\n  namespace: flux-system\n`,
  })),
  ...appended("KUST-11", { "the same file twice": "  - ./settings.yaml\n" }),
  ...appended(
    "KUST-12",
    {
      "a neighbour's file": "  - ../extra.yaml\n",
      "a patch of a neighbour": "patches:\n  - path: ../extra.yaml\n",
    },
    () => ({
      "platform/extra.yaml": extra,
    }),
  ),
  ...appended("KUST-13", {
    "a patch as text": "patches:\n  - p.yaml\n",
    "images as a map": "images: {a: b}\n",
    "namespace as a list": "namespace: [apps]\n",
    "labels as a map": "labels: {a: b}\n",
    "a component as a map": "components: {path: a}\n",
  }),
  ...spoiled(
    "KUST-14",
    Object.fromEntries(
      [
        "",
        "# nothing yet\n",
        "resources:\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
        "{}\n",
      ].flatMap((text, i) =>
        folders.map((folder) => [
          `${i}, ${folder}`,
          (files: Files) => ({ ...files, [listOf(folder)]: text }),
        ]),
      ),
    ),
  ),
  ...appended("KUST-15", {
    "a path that is not there":
      "patches:\n  - target: {kind: ConfigMap}\n    patch: '- {op: remove, path: /data/absent}'\n",
    "a deep path":
      "patches:\n  - target: {kind: ConfigMap}\n    patch: '- {op: replace, path: /spec/replicas, value: 1}'\n",
    "a test that fails":
      "patches:\n  - target: {kind: ConfigMap}\n    patch: '- {op: test, path: /kind, value: Secret}'\n",
    "a list's place":
      "patches:\n  - target: {kind: ConfigMap}\n    patch: '- {op: add, path: /data/list/7, value: 1}'\n",
  }),
];

const pages = folders.map((folder) => `${folder}/settings.yaml`);
function inPages(rule: string, list: Record<string, (text: string) => string>): Fault[] {
  return spoiled(
    rule,
    Object.fromEntries(
      Object.entries(list).flatMap(([what, change]) =>
        pages.map((page) => [
          `${what}, ${page}`,
          (files: Files) => ({ ...files, [page]: change(files[page]!) }),
        ]),
      ),
    ),
  );
}

const bomb = (levels: number) =>
  `x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${Array.from({ length: levels }, (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(", ")}]\n`).join("")}`;

const yaml: Fault[] = [
  ...inPages("YAML-01", {
    "a value": (text) => `${text}  a: yes\n`,
    "a key": (text) => `${text}  on: "x"\n`,
    "an octal": (text) => `${text}  a: 0755\n`,
    "an underscore": (text) => `${text}  a: 1_000\n`,
    "a letter": (text) => `${text}  a: n\n`,
  }),
  ...inPages("YAML-02", {
    "an open list": (text) => `${text}  a: [b\n`,
    "an open quote": (text) => `${text}  a: "b\n`,
    "a tab": (text) => text.replace("\n  name", "\n\tname"),
    indentation: (text) => text.replace("\n  namespace", "\n namespace"),
    "an alias of nothing": (text) => `${text}  a: *nothing\n`,
  }),
  ...inPages("YAML-03", {
    "at the top": (text) => `${text}data:\n  b: c\n`,
    inside: (text) => `${text}  note: again\n`,
    "in another way of writing": (text) => `${text}  "note": again\n`,
    kind: (text) => `${text}kind: ConfigMap\n`,
    metadata: (text) => text.replace("data:", "metadata:\n  name: x\ndata:"),
  }),
  ...inPages("YAML-04", {
    "three levels": (text) => text + bomb(3),
    "five levels": (text) => text + bomb(5),
    "nine levels": (text) => text + bomb(9),
    "many of one": (text) => `${text}x: &x a\ny: [${Array(60).fill("*x").join(", ")}]\n`,
    maps: (text) => `${text}x: &x {a: b}\n${Array.from({ length: 60 }, (_, i) => `y${i}: *x\n`).join("")}`,
  }),
  ...inPages("YAML-05", {
    "a comment": (text) => `${text}# ${"x".repeat(1_000_000)}\n`,
    "a value": (text) => `${text}  a: ${"x".repeat(1_000_000)}\n`,
    "many lines": (text) => text + "  # a line of nothing but words\n".repeat(40_000),
    "many bytes of few letters": (text) => `${text}  a: "${"界".repeat(340_000)}"\n`,
    "many documents": (text) => `${text}---\n${`${text}---\n`.repeat(12_000)}`,
  }),
  ...inPages("YAML-06", {
    lists: (text) => `${text}  a: ${"[".repeat(300)}${"]".repeat(300)}\n`,
    maps: (text) => `${text}  a: ${"{a: ".repeat(300)}1${"}".repeat(300)}\n`,
    brackets: (text) => `${text}  a: ${"[".repeat(5_000)}\n`,
    indentation: (text) =>
      `${text}x:\n${Array.from({ length: 200 }, (_, i) => `${" ".repeat(i + 1)}a:\n`).join("")}`,
    both: (text) => `${text}  a: ${"[{b: ".repeat(120)}1${"}]".repeat(120)}\n`,
  }),
  ...inPages("YAML-07", {
    nought: (text) => `${text}\0`,
    bell: (text) => `${text}  a: "\u0007"\n`,
    escape: (text) => `${text}# \u001b[31m\n`,
    "broken UTF-8": (text) => `${text}# \ufffd\n`,
    backspace: (text) => `\b${text}`,
  }),
  ...inPages("YAML-08", {
    "a value": (text) => text.replace(/name: (\S+)/, "name: {{ .Values.name }}"),
    "a block": (text) => `${text}  {{- if .Values.a }}\n  a: b\n  {{- end }}\n`,
    "a loop": (text) => `${text}{{ range .Values.items }}\n  {{ .key }}: {{ .value }}\n{{ end }}\n`,
    "a mapping": (text) => `${text}  a: {{ toYaml .Values.a }}\n`,
    "a key": (text) => `${text}  {{ .Values.key }}: b\n`,
  }),
];

const node = "nodes/kiosk/etc/rancher/k3s/config.yaml";
function inNode(rule: string, list: Record<string, (text: string) => string>): Fault[] {
  const paths = [
    node,
    "nodes/site-server/etc/rancher/k3s/config.yaml",
    "image/k3s/config.yaml",
    "nodes/a/etc/rancher/rke2/config.yaml",
    "rootfs/etc/rancher/k3s/config.yaml",
  ];
  return Object.entries(list).flatMap(([what, change]) =>
    paths.map(
      (path): Fault => ({
        ...{ rule, what: `${what}, ${path}` },
        prepare: (tree: GoodTree) => {
          const text = tree.files[node]!;
          delete tree.files[node];
          tree.files[path] = text;
        },
        break: (tree) => {
          tree.files[path] = change(tree.files[path]!);
        },
      }),
    ),
  );
}

const nodes: Fault[] = [
  ...inNode("DS-02", {
    "cluster-init": (text) => `${text}cluster-init: true\n`,
    snapshots: (text) => `${text}etcd-snapshot-schedule-cron: "0 3 * * *"\n`,
    "an endpoint": (text) => `${text}datastore-endpoint: "https://10.0.0.1:2379"\n`,
    "as text": (text) => `${text}cluster-init: "true"\n`,
  }),
  ...inNode("IN-08", {
    "nothing switched off": (text) => text.replace(/disable:[\s\S]*/, ""),
    "servicelb left": (text) => text.replace("  - servicelb\n", ""),
    "traefik left": (text) => text.replace("  - traefik\n", ""),
    "something else switched off": (text) => text.replace(/disable:[\s\S]*/, "disable: [metrics-server]\n"),
  }),
  ...faults("PULL-09", {
    "CI applies": (tree) => {
      tree.files[".github/workflows/deploy.yaml"] =
        "jobs:\n  deploy:\n    steps:\n      - run: kubectl apply -k sets/eu\n";
    },
    "CI installs": (tree) => {
      tree.files[".gitlab-ci.yml"] = "deploy:\n  script:\n    - helm upgrade --install till charts/till\n";
    },
    "CI syncs": (tree) => {
      tree.files["azure-pipelines.yml"] = "steps:\n  - script: argocd app sync shop-a\n";
    },
  }),
];

export const fileFaults: readonly Fault[] = [...kustomizations, ...yaml, ...nodes];
