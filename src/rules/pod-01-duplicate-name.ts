import { applied, containersOf, each, hit, podOf, withPods } from "#model/manifest.ts";
import { defineRule, type Hit } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

type List = { field: string; list: unknown; pointer: string; key?: string };

function duplicates({ list, key = "name" }: List): { name: string; index: number }[] {
  const seen = new Set<string>();
  return maps(list).flatMap((entry, index) => {
    const name = word(entry[key]);
    if (name === "") return [];
    if (seen.has(name)) return [{ name, index }];
    seen.add(name);
    return [];
  });
}

export default defineRule({
  id: "POD-01",
  severity: "block",
  title: {
    en: "The same name twice in one pod",
    de: "Derselbe Name zweimal in einem Pod",
    es: "El mismo nombre dos veces en un pod",
    zh: "同一 Pod 内名称重复",
  },
  why: {
    en: "The API server refuses it, or silently keeps only the last: a variable set twice has the value nobody looked at.",
    de: "Der API-Server lehnt es ab oder behält stumm nur das letzte: eine doppelte Variable hat den Wert, den niemand ansah.",
    es: "El servidor de API lo rechaza o conserva en silencio solo el último: una variable repetida tiene el valor que nadie miró.",
    zh: "API 服务器会拒绝，或悄悄只保留最后一个：重复的变量取的是没人留意的那个值。",
  },
  message: {
    en: "{object}: {field} has {name} twice.",
    de: "{object}: {field} hat {name} zweimal.",
    es: "{object}: {field} tiene {name} dos veces.",
    zh: "{object}：{field} 中 {name} 重复出现。",
  },
  fix: {
    en: "Remove one of them, or rename it.",
    de: "Eines davon entfernen oder umbenennen.",
    es: "Elimine uno de ellos o cámbiele el nombre.",
    zh: "删除其中一个，或改名。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=duplicate-env-vars",
  check: (context) =>
    each(withPods(applied(context)), (manifest) => {
      const pod = podOf(manifest);
      if (pod === undefined) return [];
      const { spec, pointer } = pod;
      const both = [...maps(spec.initContainers), ...maps(spec.containers)];
      const lists: List[] = [
        { field: "containers", list: both, pointer: `${pointer}/containers` },
        { field: "volumes", list: spec.volumes, pointer: `${pointer}/volumes` },
        ...containersOf(manifest).flatMap((container): List[] => [
          { field: "env", list: container.fields.env, pointer: `${container.pointer}/env` },
          { field: "ports", list: container.fields.ports, pointer: `${container.pointer}/ports` },
          {
            ...{ field: "volumeMounts", list: container.fields.volumeMounts, key: "mountPath" },
            pointer: `${container.pointer}/volumeMounts`,
          },
        ]),
      ];
      return lists.flatMap((list): Hit[] =>
        duplicates(list).map(({ name, index }) =>
          hit(manifest, {
            pointer: list.field === "containers" ? list.pointer : `${list.pointer}/${index}`,
            values: { field: list.field, name },
            ...(list.field === "env" ? { severity: "warn" as const } : {}),
          }),
        ),
      );
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: MODE, value: a}, {name: MODE, value: b}]}]}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: a, image: "a:1.0.0"}, {name: a, image: "b:1.0.0"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", env: [{name: MODE, value: a}, {name: MODES, value: b}], volumeMounts: [{name: d, mountPath: /a}, {name: d, mountPath: /b}]}]}}\n',
      },
    ],
  },
});
