import { applied, each, groupOf, hit, isTemplated } from "#model/manifest.ts";
import { yamlValues } from "#model/read-yaml.ts";
import { defineRule } from "#model/rule.ts";
import type { Text } from "#model/text.ts";
import { isMap, map, maps, word } from "#model/value.ts";

/** Kinds of the engines whose controllers hand patches to kustomize, and where. */
function patchesOf(spec: Record<string, unknown>): { text: string; pointer: string }[] {
  const places: [unknown, string][] = [
    [spec.patches, "/spec/patches"],
    [map(spec.kustomize).patches, "/spec/kustomize/patches"],
    [map(map(spec.source).kustomize).patches, "/spec/source/kustomize/patches"],
    ...maps(spec.postRenderers).map(({ kustomize }, i): [unknown, string] => [
      map(kustomize).patches,
      `/spec/postRenderers/${i}/kustomize/patches`,
    ]),
  ];
  return places.flatMap(([list, pointer]) =>
    maps(list).map(({ patch }, i) => ({ text: word(patch), pointer: `${pointer}/${i}/patch` })),
  );
}

const unreadable: Text = {
  en: "it is no YAML",
  de: "er ist kein YAML",
  es: "no es YAML",
  zh: "不是有效的 YAML",
};
const noJson: Text = {
  en: "what begins with [ must be JSON",
  de: "was mit [ beginnt, muss JSON sein",
  es: "lo que empieza por [ debe ser JSON",
  zh: "以 [ 开头的内容必须是 JSON",
};
const nameless: Text = {
  en: "a merge patch needs apiVersion, kind and metadata.name",
  de: "ein Merge-Patch braucht apiVersion, kind und metadata.name",
  es: "un parche de mezcla necesita apiVersion, kind y metadata.name",
  zh: "合并补丁需要 apiVersion、kind 和 metadata.name",
};
const noOperation: Text = {
  en: "op must be add, remove, replace, move, copy or test",
  de: "op muss add, remove, replace, move, copy oder test sein",
  es: "op debe ser add, remove, replace, move, copy o test",
  zh: "op 必须是 add、remove、replace、move、copy 或 test",
};
const noPath: Text = {
  en: "a path begins with /",
  de: "ein Pfad beginnt mit /",
  es: "una ruta empieza por /",
  zh: "路径必须以 / 开头",
};
const noValue: Text = {
  en: "add, replace and test need a value",
  de: "add, replace und test brauchen value",
  es: "add, replace y test necesitan value",
  zh: "add、replace 和 test 需要 value",
};
const OPERATIONS = /^(?:add|remove|replace|move|copy|test)$/;

function wrongWith(text: string): Text | undefined {
  const values = yamlValues(text);
  if (values === undefined) return unreadable;
  // kustomize reads YAML only where no bracket is first.
  if (text.startsWith("[") && !isJson(text)) return noJson;
  for (const value of values) {
    if (!Array.isArray(value)) {
      if (!isMap(value)) continue;
      if ([value.apiVersion, value.kind, map(value.metadata).name].some((one) => word(one) === ""))
        return nameless;
      continue;
    }
    for (const operation of maps(value)) {
      const op = word(operation.op);
      if (!OPERATIONS.test(op)) return noOperation;
      if (!word(operation.path).startsWith("/")) return noPath;
      if (/^(?:add|replace|test)$/.test(op) && !Object.hasOwn(operation, "value")) return noValue;
    }
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export default defineRule({
  id: "GO-22",
  severity: "block",
  title: {
    en: "A patch the engine cannot apply",
    de: "Ein Patch, den die Engine nicht anwenden kann",
    es: "Un parche que el motor no puede aplicar",
    zh: "引擎无法应用的补丁",
  },
  why: {
    en: "Nothing checks its text before the site does: the build fails there, or the patch changes nothing.",
    de: "Niemand prüft seinen Text, bevor der Standort es tut: Dort scheitert der Build, oder der Patch ändert nichts.",
    es: "Nadie comprueba su texto antes que el sitio: allí falla la construcción, o el parche no cambia nada.",
    zh: "补丁文本在到达站点之前无人检查：到那时构建失败，或者补丁什么也没改。",
  },
  message: {
    en: "{object}: this patch cannot be applied: {problem}.",
    de: "{object}: Dieser Patch lässt sich nicht anwenden: {problem}.",
    es: "{object}: este parche no se puede aplicar: {problem}.",
    zh: "{object}：此补丁无法应用：{problem}。",
  },
  fix: {
    en: "Correct the patch, and build it once with kubectl kustomize.",
    de: "Den Patch berichtigen und einmal mit kubectl kustomize bauen.",
    es: "Corrija el parche y constrúyalo una vez con kubectl kustomize.",
    zh: "更正补丁，并用 kubectl kustomize 构建一次。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#patches",
  check: (context) =>
    each(applied(context), function* (manifest) {
      if (!/(?:\.toolkit\.fluxcd\.io|^fluxcd\.controlplane\.io|^argoproj\.io)$/.test(groupOf(manifest)))
        return;
      for (const { text, pointer } of patchesOf(map(manifest.doc.spec))) {
        if (text === "" || isTemplated(text)) continue;
        const problem = wrongWith(text);
        if (problem !== undefined) yield hit(manifest, { pointer, values: { problem } });
      }
    }),
  examples: {
    bad: [
      '[{"op": "replce", "path": "/spec/replicas", "value": 1}]',
      '[{"op": "replace", "path": "spec/replicas", "value": 1}]',
      '[{"op": "add", "path": "/spec/replicas"}]',
      "{kind: Deployment, metadata: {name: till}, spec: {replicas: 1}}",
      "[{op: remove, path: /spec/replicas}]",
      "[{",
    ].map((patch) => ({ "a.yaml": withPatch(patch) })),
    good: [
      '[{"op": "remove", "path": "/spec/replicas"}, {"op": "add", "path": "/spec/replicas", "value": null}]',
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till}, spec: {replicas: 1}}",
      "- {op: remove, path: /spec/replicas}",
      "[{op: replace, path: /spec/replicas, value: ${replicas}}]",
    ].map((patch) => ({ "a.yaml": withPatch(patch) })),
  },
});

function withPatch(patch: string): string {
  return `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: till, namespace: flux-system}, spec: {interval: 1h, retryInterval: 5m, prune: true, path: ./, sourceRef: {kind: GitRepository, name: fleet}, patches: [{target: {kind: Deployment}, patch: '${patch}'}]}}\n`;
}
