import { groupOf } from "./manifest.ts";
import { yamlValues } from "./read-yaml.ts";
import type { Manifest } from "./rule.ts";
import { isMap, map, maps, word } from "./value.ts";

/** One value handed to a chart: the names on the way to it, and where it is written. */
export type ChartValue = { key: string; parents: readonly string[]; value: unknown; pointer: string };

// Several rules look at the same values, which may be YAML inside YAML.
const known = new WeakMap<object, ChartValue[]>();

/** Values a chart is given by a HelmRelease, a K3s HelmChart or HelmChartConfig, or an Argo CD Application. */
export function chartValues(manifest: Manifest): ChartValue[] {
  if (!CARRIERS.test(manifest.apiVersion)) return [];
  const before = known.get(manifest.doc);
  if (before !== undefined) return before;
  const read = readValues(manifest);
  known.set(manifest.doc, read);
  return read;
}

const CARRIERS = /^(?:helm\.toolkit\.fluxcd\.io|helm\.cattle\.io|argoproj\.io)\//;

function readValues(manifest: Manifest): ChartValue[] {
  const spec = map(manifest.doc.spec);
  const group = groupOf(manifest);
  if (group === "helm.toolkit.fluxcd.io" && manifest.kind === "HelmRelease") {
    return walk(spec.values, "/spec/values", false);
  }
  if (group === "helm.cattle.io") {
    return [
      ...walk(readYaml(spec.valuesContent), "/spec/valuesContent", true),
      ...walk(spec.set, "/spec/set", false),
    ];
  }
  if (group !== "argoproj.io" || manifest.kind !== "Application") return [];
  const sources = [
    { source: map(spec.source), pointer: "/spec/source" },
    ...maps(spec.sources).map((source, i) => ({ source, pointer: `/spec/sources/${i}` })),
  ];
  return sources.flatMap(({ source, pointer }) => {
    const helm = map(source.helm);
    return [
      ...walk(helm.valuesObject, `${pointer}/helm/valuesObject`, false),
      ...walk(readYaml(helm.values), `${pointer}/helm/values`, true),
      ...maps(helm.parameters).map(({ name, value }, i) => {
        const path = word(name).split(".");
        return {
          key: path.at(-1)!,
          parents: path.slice(0, -1),
          value: plain(value),
          pointer: `${pointer}/helm/parameters/${i}`,
        };
      }),
    ];
  });
}

/** Parameters are always text; a switch among them is still a switch. */
function plain(value: unknown): unknown {
  return value === "true" ? true : value === "false" ? false : value;
}

function readYaml(text: unknown): unknown {
  if (typeof text !== "string" || text.includes("{{")) return undefined;
  return yamlValues(text)?.[0];
}

/** Every value below a place; `flat` where the place is one text, whose inner places have no pointer of their own. */
function walk(value: unknown, pointer: string, flat: boolean): ChartValue[] {
  const found: ChartValue[] = [];
  visit(value, [], pointer);
  return found;

  function visit(node: unknown, parents: readonly string[], at: string): void {
    if (Array.isArray(node)) {
      for (const [i, item] of node.entries()) visit(item, parents, flat ? at : `${at}/${i}`);
      return;
    }
    if (!isMap(node) || parents.length > 20) return;
    for (const [key, inner] of Object.entries(node)) {
      const place = flat ? at : `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      found.push({ key, parents, value: inner, pointer: place });
      visit(inner, [...parents, key], place);
    }
  }
}
