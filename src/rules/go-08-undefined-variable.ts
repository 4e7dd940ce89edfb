import { filesUnder } from "#model/flux-paths.ts";
import { applied, each, ofKind } from "#model/manifest.ts";
import { defineRule, type Manifest, type RuleContext } from "#model/rule.ts";
import { type Fields, map, maps, word } from "#model/value.ts";

const SWITCHED_OFF = /kustomize\.toolkit\.fluxcd\.io\/substitute:\s*["']?disabled/;
/** `$${x}` is an escape; `:=`, `:-`, `=` and `-` bring a default. */
const VARIABLE = /(?<!\$)\$\{([A-Za-z_]\w*)(?:(:?[=-])[^}]*)?\}/g;

/** Names a Kustomization fills in; `undefined` where it fills in nothing, or from objects that are not in the tree. */
function definitions(spec: Fields, context: RuleContext): Set<string> | undefined {
  const build = map(spec.postBuild);
  const from = maps(build.substituteFrom);
  if (Object.keys(map(build.substitute)).length === 0 && from.length === 0) return undefined;
  const names = new Set(Object.keys(map(build.substitute)));
  for (const { kind, name } of from) {
    const found = inputs(context).get(`${word(kind)}/${word(name)}`) ?? [];
    if (found.length === 0) return undefined;
    for (const { doc } of found) {
      for (const key of [...Object.keys(map(doc.data)), ...Object.keys(map(doc.stringData))]) names.add(key);
    }
  }
  return names;
}

const byName = new WeakMap<RuleContext, Map<string, Manifest[]>>();

/** ConfigMaps and Secrets of a tree by kind and name. */
function inputs(context: RuleContext): Map<string, Manifest[]> {
  const before = byName.get(context);
  if (before !== undefined) return before;
  const kinds = context.manifests.filter(({ kind }) => kind === "ConfigMap" || kind === "Secret");
  const made = Map.groupBy(kinds, ({ kind, name }) => `${kind}/${name}`);
  byName.set(context, made);
  return made;
}

type Variable = { path: string; variable: string; line: number };
const inFiles = new WeakMap<RuleContext, Map<string, readonly Variable[]>>();
const inFolders = new WeakMap<ReadonlySet<string>, readonly Variable[]>();

/** Variables without a default in what a folder applies, read once: many Kustomizations of a fleet apply the same. */
function variablesBelow(folder: string, context: RuleContext): readonly Variable[] {
  const files = filesUnder(folder, context);
  const before = inFolders.get(files);
  if (before !== undefined) return before;
  const found = [...files].flatMap((path) => variablesIn(path, context));
  inFolders.set(files, found);
  return found;
}

function variablesIn(path: string, context: RuleContext): readonly Variable[] {
  const files = inFiles.get(context) ?? new Map<string, readonly Variable[]>();
  inFiles.set(context, files);
  const before = files.get(path);
  if (before !== undefined) return before;
  const text = context.text(path) ?? "";
  const found = !text.includes("${") || SWITCHED_OFF.test(text) ? [] : [...variablesOf(path, text)];
  files.set(path, found);
  return found;
}

function* variablesOf(path: string, text: string): Generator<Variable> {
  for (const [i, content] of text.split("\n").entries()) {
    if (/^\s*#/.test(content)) continue;
    for (const found of content.matchAll(VARIABLE)) {
      if (found[2] === undefined) yield { path, variable: found[1]!, line: i + 1 };
    }
  }
}

export default defineRule({
  id: "GO-08",
  severity: "block",
  title: {
    en: "A variable nobody defines",
    de: "Eine Variable, die niemand definiert",
    es: "Una variable que nadie define",
    zh: "变量未定义",
  },
  why: {
    en: "Flux puts an empty string in its place, and the object is applied with it.",
    de: "Flux setzt dafür eine leere Zeichenkette ein, und das Objekt wird so angewendet.",
    es: "Flux pone en su lugar una cadena vacía, y el objeto se aplica así.",
    zh: "Flux 会用空字符串替换，并照样应用该对象。",
  },
  message: {
    en: "{variable} has no value in {object}, which applies this file.",
    de: "{variable} hat keinen Wert in {object}, das diese Datei anwendet.",
    es: "{variable} no tiene valor en {object}, que aplica este archivo.",
    zh: "应用该文件的 {object} 没有为 {variable} 提供值。",
  },
  fix: {
    en: "Define it under postBuild.substitute, or write a default after :=.",
    de: "Unter postBuild.substitute definieren oder einen Vorgabewert nach := schreiben.",
    es: "Defínala en postBuild.substitute o escriba un valor por defecto tras :=.",
    zh: "在 postBuild.substitute 中定义，或用 := 写默认值。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution",
  check: (context) =>
    each(ofKind(applied(context), "kustomize.toolkit.fluxcd.io/Kustomization"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const defined = definitions(spec, context);
      if (defined === undefined || word(spec.path) === "") return;
      for (const { path, variable, line } of variablesBelow(word(spec.path), context)) {
        if (defined.has(variable)) continue;
        yield {
          path,
          line,
          values: { object: `${manifest.kind}/${manifest.name}`, variable: `\${${variable}}` },
        };
      }
    }),
  examples: {
    bad: [
      {
        "flux.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {path: ./apps, prune: true, postBuild: {substitute: {region: eu}}}}\n",
        "apps/cm.yaml":
          '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {site: "${site_id}"}}\n',
      },
    ],
    good: [
      {
        "flux.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {path: ./apps, prune: true, postBuild: {substitute: {region: eu}}}}\n",
        "apps/cm.yaml":
          '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {site: "${site_id:=none} ${region}"}}\n',
      },
    ],
  },
});
