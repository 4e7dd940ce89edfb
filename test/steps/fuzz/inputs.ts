import { stringify } from "yaml";

/** Input that is hard to read, each made when it is asked for: the largest are many megabytes. */
export type Hard = { name: string; make: () => string; path?: string };

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
const deployment = (i: number, extra = ""): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${i}
  namespace: apps
  labels: {app: web-${i}}
spec:
  selector:
    matchLabels: {app: web-${i}}
  template:
    metadata:
      labels: {app: web-${i}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.${i}
          env:
            - name: MODE
              value: "edge"
          resources:
            requests: {memory: 32Mi, cpu: 10m}
            limits: {memory: 64Mi}
${extra}`;
const times = (n: number, one: (i: number) => string, separator = "") =>
  Array.from({ length: n }, (_, i) => one(i)).join(separator);
const KB = 1_000;
const fill = (bytes: number, unit = "x") => unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes);
const most = 990 * KB; // just under what is parsed

/** Below a megabyte: to be read in proportion to what parsing it costs, or to be refused at once. */
export const hard: readonly Hard[] = [
  { name: "deep indentation", make: () => times(1_400, (i) => `${" ".repeat(i)}a:\n`) },
  { name: "deep lists in one line", make: () => `a: ${"[".repeat(100_000)}` },
  { name: "deep lists, closed", make: () => `a: ${"[".repeat(1_900)}${"]".repeat(1_900)}` },
  { name: "deep mappings in one line", make: () => `a: ${"{a: ".repeat(1_900)}1${"}".repeat(1_900)}` },
  { name: "deep lists by dashes", make: () => `${"- ".repeat(3_000)}a\n` },
  { name: "deep keys by question marks", make: () => `${"? ".repeat(3_000)}a\n` },
  {
    name: "deep, many times",
    make: () => times(400, () => `a: ${"[".repeat(150)}${"]".repeat(150)}\n`, "---\n"),
  },
  {
    name: "billion laughs",
    make: () =>
      `a0: &a0 [x, x]\n${times(30, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}, *a${i}]\n`)}`,
  },
  {
    name: "billion laughs in mappings",
    make: () =>
      `a0: &a0 {x: 1}\n${times(30, (i) => `a${i + 1}: &a${i + 1} {a: *a${i}, b: *a${i}, c: *a${i}}\n`)}`,
  },
  {
    name: "merge keys by the thousand",
    make: () =>
      `a0: &a0 {x0: 1}\n${times(2_000, (i) => `a${i + 1}: &a${i + 1}\n  <<: *a${i}\n  x${i + 1}: 1\n`)}`,
  },
  { name: "merge of a merge of itself", make: () => "a: &a\n  <<: *a\n  b: 1\n" },
  {
    name: "merge bomb",
    make: () =>
      `a: &a {${times(2_000, (i) => `k${i}: 1`, ", ")}}\n${times(2_000, (i) => `b${i}: {<<: [*a, *a, *a]}\n`)}`,
  },
  { name: "aliases, many small", make: () => `a: &a 1\nb:\n${times(50_000, () => "- *a\n")}` },
  {
    name: "one large thing, aliased",
    make: () => `a: &a [${fill(400 * KB, "x, ")}]\nb: [${times(50, () => "*a", ", ")}]\n`,
  },
  { name: "an alias of itself", make: () => "a: &a [*a, *a]\n" },
  { name: "anchors in keys", make: () => times(5_000, (i) => `&k${i} key${i}: *k${i}\n`) },
  { name: "aliases as keys", make: () => `a: &a b\n*a : 1\n${configMap}` },
  { name: "anchors, never used", make: () => times(60_000, (i) => `- &a${i} x\n`) },
  { name: "one mapping of many keys", make: () => times(90_000, (i) => `k${i}: ${i % 10}\n`) },
  {
    name: "one data of many keys",
    make: () => `${configMap}data:\n${times(60_000, (i) => `  k${i}: "1"\n`)}`,
  },
  { name: "one mapping in one line", make: () => `{${times(80_000, (i) => `k${i}: 1`, ",")}}` },
  { name: "the same key again and again", make: () => times(100_000, () => "key: 1\n") },
  { name: "a list of words read in two ways", make: () => times(150_000, () => "- yes\n") },
  {
    name: "manifests of words read in two ways",
    make: () => `${configMap}data:\n${times(60_000, (i) => `  k${i}: on\n`)}`,
  },
  {
    name: "fields nobody knows, 40,000",
    make: () => `${deployment(0)}${times(40_000, (i) => `  field${i}: 1\n`)}`,
  },
  { name: "one long list", make: () => times(240_000, () => "- a\n") },
  { name: "one long list in one line", make: () => `[${times(240_000, () => "1", ",")}]` },
  { name: "a list of empty lists", make: () => `[${times(300_000, () => "[]", ",")}]` },
  { name: "a list of empty mappings", make: () => `a:\n${times(190_000, () => "- {}\n")}` },
  { name: "one huge plain scalar", make: () => `a: ${fill(most)}` },
  { name: "one huge word with spaces", make: () => `a: ${fill(most, "word ")}` },
  { name: "one huge quoted scalar", make: () => `a: "${fill(most, "\\u00e9")}"` },
  {
    name: "one huge block",
    make: () => `${configMap}data:\n  a: |\n${times(20_000, () => `    ${fill(44)}\n`)}`,
  },
  {
    name: "one huge folded block",
    make: () => `${configMap}data:\n  a: >-\n${times(300_000, () => "    \n")}`,
  },
  { name: "a quote that never closes", make: () => `a: "${fill(most, "x\n ")}` },
  { name: "quotes that never close", make: () => times(100_000, () => `a: "x\n`) },
  { name: "colons", make: () => fill(most, ": ") },
  { name: "dashes", make: () => fill(most, "- ") },
  { name: "question marks", make: () => fill(100 * KB, "? ") },
  { name: "exclamation marks", make: () => fill(most, "! ") },
  { name: "ampersands", make: () => fill(most, "& ") },
  { name: "stars", make: () => fill(most, "* ") },
  { name: "commas in brackets", make: () => `[${fill(most - 10, ",")}]` },
  { name: "percent signs", make: () => fill(most, "%YAML 1.1\n") },
  { name: "comments only", make: () => fill(most, "# comment\n") },
  { name: "a comment on every line", make: () => times(50_000, (i) => `k${i}: 1 # c\n`) },
  { name: "blanks only", make: () => fill(most, "    \n") },
  { name: "line ends only", make: () => fill(most, "\n") },
  { name: "carriage returns only", make: () => fill(most, "a: b\r") },
  { name: "Windows line ends", make: () => deployment(1).replaceAll("\n", "\r\n").repeat(1) },
  { name: "a byte order mark, and more of them", make: () => `\ufeff${configMap}---\n\ufeff${configMap}` },
  { name: "UTF-16 read as UTF-8", make: () => Buffer.from(`\ufeff${configMap}`, "utf16le").toString("utf8") },
  {
    name: "UTF-16 the other way",
    make: () => Buffer.from(`\ufeff${configMap}`, "utf16le").swap16().toString("utf8"),
  },
  { name: "Latin-1 read as UTF-8", make: () => Buffer.from("a: Übung\n", "latin1").toString("utf8") },
  {
    name: "bytes",
    make: () =>
      Buffer.from(Uint8Array.from({ length: 400 * KB }, (_, i) => (i * 7919) % 256)).toString("utf8"),
  },
  { name: "NUL", make: () => `${configMap}data:\n  a: "x\0y"\n` },
  { name: "lone surrogates", make: () => `a: \ud800\nb: "\udfff"\n` },
  { name: "characters outside of the first plane", make: () => `a: ${fill(most / 2, "😀")}` },
  { name: "tabs", make: () => "a:\n\tb: 1\n\t\tc: 2\n" },
  { name: "tabs between", make: () => times(60_000, () => "a:\t1\t# x\n---\n") },
  { name: "documents, empty", make: () => fill(400 * KB, "---\n") },
  { name: "documents, 100,000", make: () => times(100_000, () => "a: 1\n", "---\n").slice(0, most) },
  { name: "documents that end", make: () => fill(most, "a\n...\n") },
  { name: "documents with directives", make: () => times(20_000, () => "%YAML 1.2\n---\na: 1\n...\n") },
  {
    name: "ConfigMaps, 10,000",
    make: () => times(10_000, (i) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${i}}\n`, "---\n"),
  },
  { name: "Deployments, 1,200", make: () => times(1_200, (i) => deployment(i), "---\n") },
  { name: "Deployments of one name", make: () => times(1_200, () => deployment(1), "---\n") },
  {
    name: "one Deployment of many containers",
    make: () =>
      deployment(
        0,
        times(6_000, (i) => `        - {name: c${i}, image: "a:1", env: [{name: A, value: b}]}\n`),
      ),
  },
  {
    name: "one List of many objects",
    make: () =>
      `apiVersion: v1\nkind: List\nitems:\n${times(9_000, (i) => `- {apiVersion: v1, kind: Secret, metadata: {name: s${i}}, stringData: {a: b}}\n`)}`,
  },
  {
    name: "a List of Lists",
    make: () => `${times(100, () => '{"apiVersion":"v1","kind":"List","items":[')}${"]}".repeat(100)}`,
  },
  { name: "templates of a chart", make: () => times(20_000, (i) => `k${i}: {{ .Values.k${i} | quote }}\n`) },
  {
    name: "templates around documents",
    make: () => times(5_000, () => `{{- if .Values.a }}\n${configMap}{{- end }}\n`, "---\n"),
  },
  { name: "templates unclosed", make: () => fill(most, "{{ ") },
  { name: "variables", make: () => times(30_000, (i) => `k${i}: \${site_${i}:=\${x}}\n`) },
  {
    name: "keys of Object.prototype",
    make: () =>
      `${configMap}__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\ntoString: 1\nhasOwnProperty: {}\nvalueOf: []\n`,
  },
  {
    name: "keys that are no text",
    make: () => "? [a, b]\n: 1\n? {c: d}\n: 2\n~: 3\n1.5: 4\ntrue: 5\n'': 6\n",
  },
  {
    name: "kinds that are no text",
    make: () => "apiVersion: [v1]\nkind: {a: b}\nmetadata: 7\n---\napiVersion: v1\nkind: ''\n",
  },
  {
    name: "everything of the wrong type",
    make: () =>
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: [1]\nspec: {template: {spec: {containers: {a: b}, volumes: 3, initContainers: [1, ~, [x]]}}}\n",
  },
  { name: "tags nobody knows", make: () => times(30_000, (i) => `k${i}: !!python/object:os.system x\n`) },
  {
    name: "tags of all kinds",
    make: () =>
      "a: !!set {x, y}\nb: !!omap [x: 1]\nc: !!binary aGVsbG8=\nd: !!timestamp 2024-01-01\ne: !<tag:x> y\nf: !!int abc\ng: !!float x\n",
  },
  {
    name: "a huge name",
    make: () => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${fill(most - 100, "a-")}a\n`,
  },
  {
    name: "a huge image",
    make: () =>
      deployment(0).replace(
        "registry.example.com/web:1.0.0",
        `${fill(700 * KB, "a/")}:${fill(200 * KB, "1.")}`,
      ),
  },
  {
    name: "a huge command",
    make: () =>
      deployment(0, `          command: ["sh", "-c", "${fill(800 * KB, "curl -k https://x; ")}"]\n`),
  },
  { name: "a huge label", make: () => deployment(0).replace("app: web-0", `app: ${fill(800 * KB, "a.")}a`) },
  {
    name: "a huge kind",
    make: () => `apiVersion: ${fill(400 * KB, "a.")}/v1\nkind: ${fill(400 * KB, "K")}\nmetadata: {name: x}\n`,
  },
  {
    name: "a huge patch in a text",
    make: () =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\nspec:\n  patches:\n  - patch: |\n${times(12_000, () => `      ${fill(60)}\n`)}`,
  },
  {
    name: "script in cloud-config",
    make: () =>
      `#cloud-config\nruncmd:\n${times(20_000, () => "- curl -sfL https://get.k3s.io | sh -s - server\n")}`,
  },
  {
    name: "exceptions by the thousand",
    make: () => `${times(20_000, (i) => `# edgewright-ignore IMG-01: reason ${i}\n`)}${configMap}`,
  },
  {
    name: "JSON in one line",
    path: "a.json",
    make: () =>
      JSON.stringify({
        apiVersion: "v1",
        kind: "List",
        items: Array.from({ length: 8_000 }, (_, i) => ({
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: `c${i}` },
        })),
      }),
  },
  {
    name: "JSON, broken",
    path: "a.json",
    make: () => `{"apiVersion": "v1", "a": [${fill(800 * KB, '{"a":')}`,
  },
  {
    name: "JSON of a dashboard",
    path: "a.json",
    make: () => JSON.stringify({ panels: Array.from({ length: 20_000 }, (_, id) => ({ id, title: "x" })) }),
  },
  {
    name: "a kustomization of many resources",
    path: "kustomization.yaml",
    make: () => `resources:\n${times(30_000, (i) => `- r${i}.yaml\n`)}`,
  },
  {
    name: "a kustomization of many patches",
    path: "kustomization.yaml",
    make: () =>
      `resources: [x.yaml]\npatches:\n${times(6_000, (i) => `- target: {kind: Deployment, name: w${i}.*}\n  patch: '[{"op":"remove","path":"/spec"}]'\n`)}`,
  },
  {
    name: "a kustomization of evil patterns",
    path: "kustomization.yaml",
    make: () =>
      `resources: [x.yaml]\npatches:\n${times(50, () => `- target: {name: "(a+)+$|(a|a)*b|([a-z]+)*x|a{1,1000}{1,1000}"}\n  patch: '[{"op":"remove","path":"/spec"}]'\n`)}`,
  },
  {
    name: "a kustomization that includes itself",
    path: "kustomization.yaml",
    make: () => "resources: [., ./, ../a, a/.., kustomization.yaml]\ncomponents: [.]\n",
  },
  {
    name: "a kustomization of the wrong types",
    path: "kustomization.yaml",
    make: () =>
      stringify({
        resources: { a: 1 },
        patches: [1, null, { target: [] }],
        images: "x",
        replicas: [[]],
        configMapGenerator: { name: 3 },
        replacements: [{ source: 1, targets: {} }],
        labels: [{ pairs: [1], fields: { path: 1 } }],
      }),
  },
];

/** Above a megabyte: one finding at once, and nothing read. */
export const tooLarge: readonly Hard[] = [
  {
    name: "1.1 MB of Deployments",
    make: () => times(3_000, (i) => deployment(i), "---\n").slice(0, 1_100 * KB),
  },
  { name: "10 MB of documents", make: () => fill(10_000 * KB, "a: 1\n---\n") },
  { name: "10 MB in one scalar", make: () => `a: ${fill(10_000 * KB)}` },
  { name: "10 MB of brackets", make: () => fill(10_000 * KB, "[") },
  {
    name: "10 MB of a JSON object",
    path: "a.json",
    make: () => `{"apiVersion":"v1","a":"${fill(10_000 * KB)}"}`,
  },
  { name: "10 MB of characters that are no text", make: () => fill(10_000 * KB, "\ufffd\0") },
  {
    name: "10 MB of a kustomization",
    path: "kustomization.yaml",
    make: () => `resources:\n${fill(10_000 * KB, "- a.yaml\n")}`,
  },
  { name: "10 MB of exceptions", make: () => fill(10_000 * KB, "# edgewright-ignore IMG-01: reason\n") },
];
