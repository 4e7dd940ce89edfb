import { posix } from "node:path";
import type { Unchecked } from "#model/plan.ts";
import type { Manifest, YamlDocument } from "#model/rule.ts";
import { type Fields, isMap, map, maps, strings, word } from "#model/value.ts";
import { unchecked } from "./unchecked.ts";

/** A chart of the tree with the values somebody gives it: what `helm template` would have to be asked. */
export type ChartUse = {
  /** Its folder, or its archive. */
  chart: string;
  release: string;
  namespace: string;
  /** In the order they are laid over each other. */
  values: readonly ({ file: string } | { text: string })[];
  /** `name=value`, as on the command line. */
  sets: readonly string[];
  /** Where it is asked for. */
  path: string;
  line: number;
  /** What is to be said as long as it is not rendered. */
  unseen: Unchecked;
};

export type Charts = {
  uses: ChartUse[];
  /** Charts that lie elsewhere, or whose values do: what becomes of them cannot be seen here. */
  unseen: Unchecked[];
};

type Files = { has: (path: string) => boolean; keys: () => Iterable<string> };
type Found = { chart: string | undefined; values: ChartUse["values"]; sets?: string[]; why?: string };

/** Finds the charts of a tree, and who installs which chart with what values. */
export function chartsIn(
  files: Files,
  { manifests, documents }: { manifests: readonly Manifest[]; documents: readonly YamlDocument[] },
): Charts {
  const result: Charts = { uses: [], unseen: [] };
  for (const manifest of manifests) {
    if (!manifest.patch) for (const found of installedBy(manifest, files)) add(found, manifest);
  }
  for (const document of documents) {
    const found = installedByFleet(document, files);
    if (found !== undefined)
      add(found, { ...document, kind: "fleet.yaml", name: "", namespace: "", line: document.line });
  }
  const used = new Set(result.uses.map(({ chart }) => chart));
  for (const { path, value, line } of documents) {
    const chart = posix.dirname(path);
    if (posix.basename(path) !== "Chart.yaml" || used.has(chart) || !isInstallable(chart, value, files))
      continue;
    const name = word(map(value).name) || posix.basename(chart);
    const unseen = unchecked(path, "chart-defaults", { chart: name });
    result.uses.push({
      chart,
      release: name,
      namespace: "",
      values: [],
      sets: [],
      path,
      line: line(),
      unseen,
    });
  }
  return result;

  function add(
    { chart, values, sets = [], why }: Found,
    by: Pick<Manifest, "path" | "kind" | "name" | "namespace" | "line">,
  ): void {
    const of = [by.kind, by.name].filter((part) => part !== "").join(" ");
    const unseen = unchecked(by.path, why === undefined ? "chart" : "chart-elsewhere", {
      of,
      chart: why ?? chart ?? "",
    });
    if (chart === undefined || why !== undefined) {
      result.unseen.push(unseen);
      return;
    }
    const { path, namespace } = by;
    result.uses.push({
      chart,
      release: by.name || posix.basename(chart),
      namespace,
      values,
      sets,
      path,
      line: by.line(),
      unseen,
    });
  }
}

/** Charts below others are rendered with them; a library makes nothing by itself. */
function isInstallable(chart: string, value: unknown, files: Files): boolean {
  if (map(value).type === "library") return false;
  const parts = chart.split("/");
  return !parts.some(
    (part, i) => part === "charts" && files.has([...parts.slice(0, i), "Chart.yaml"].join("/")),
  );
}

function installedBy(manifest: Manifest, files: Files): Found[] {
  const spec = map(manifest.doc.spec);
  const { apiVersion, kind } = manifest;
  if (kind === "HelmRelease" && apiVersion.startsWith("helm.toolkit.fluxcd.io/"))
    return [byFlux(spec, files)];
  if (kind === "Application" && apiVersion.startsWith("argoproj.io/")) {
    return [spec.source, ...maps(spec.sources)].filter(isMap).flatMap((source) => byArgo(source, files));
  }
  if (kind === "HelmChart" && apiVersion.startsWith("helm.cattle.io/")) {
    const chart = word(spec.chart) || "chartContent";
    return [{ chart: undefined, values: [], why: chart }];
  }
  return [];
}

function byFlux(spec: Fields, files: Files): Found {
  const { chart = "", sourceRef, valuesFiles } = map(map(spec.chart).spec);
  const name = word(chart) || word(map(spec.chartRef).name);
  const kind = word(map(sourceRef).kind);
  const local = kind === "GitRepository" || kind === "Bucket" ? chartAt(word(chart), files) : undefined;
  const inline = isMap(spec.values) ? [{ text: JSON.stringify(spec.values) }] : [];
  const named = strings(valuesFiles).map((file) => ({ file: posix.normalize(file) }));
  if (local === undefined) return { chart: undefined, values: [], why: name };
  if (maps(spec.valuesFrom).length > 0) return { chart: local, values: [], why: `${name} (valuesFrom)` };
  if (named.some(({ file }) => !files.has(file)))
    return { chart: local, values: [], why: `${name} (valuesFiles)` };
  return { chart: local, values: [...named, ...inline] };
}

function byArgo(source: Fields, files: Files): Found[] {
  const helm = map(source.helm);
  if (word(source.chart) !== "") return [{ chart: undefined, values: [], why: word(source.chart) }];
  const chart = chartAt(word(source.path), files);
  if (chart === undefined)
    return isMap(source.helm) ? [{ chart: undefined, values: [], why: word(source.path) }] : [];
  const named = strings(helm.valueFiles).map((file) => ({
    file: file.startsWith("/") ? file.slice(1) : posix.join(chart, file),
  }));
  const missing = named.some(({ file }) => !files.has(file)) && helm.ignoreMissingValueFiles !== true;
  if (missing || maps(helm.fileParameters).length > 0)
    return [{ chart, values: [], why: `${chart} (valueFiles)` }];
  const values = [
    ...named.filter(({ file }) => files.has(file)),
    ...(word(helm.values) === "" ? [] : [{ text: word(helm.values) }]),
    ...(isMap(helm.valuesObject) ? [{ text: JSON.stringify(helm.valuesObject) }] : []),
  ];
  const sets = maps(helm.parameters).map(({ name, value }) => `${word(name)}=${word(value)}`);
  return [{ chart, values, sets }];
}

function installedByFleet({ path, value }: YamlDocument, files: Files): Found | undefined {
  if (posix.basename(path) !== "fleet.yaml" || !isMap(value) || !isMap(value.helm)) return undefined;
  const { chart, values, valuesFiles, valuesFrom } = value.helm;
  const dir = posix.dirname(path);
  const local = chartAt(posix.join(dir, word(chart) || "."), files);
  if (local === undefined)
    return word(chart) === "" ? undefined : { chart: undefined, values: [], why: word(chart) };
  const named = strings(valuesFiles).map((file) => ({ file: posix.join(dir, file) }));
  const isElsewhere = maps(valuesFrom).length > 0 || named.some(({ file }) => !files.has(file));
  if (isElsewhere) return { chart: local, values: [], why: local };
  return { chart: local, values: [...named, ...(isMap(values) ? [{ text: JSON.stringify(values) }] : [])] };
}

/** The chart at a path of the tree: a folder with a `Chart.yaml`, or an archive. */
function chartAt(path: string, files: Files): string | undefined {
  if (path === "" || path.includes("://") || posix.isAbsolute(path)) return undefined;
  const chart = posix.normalize(path).replace(/\/$/, "");
  if (chart.startsWith("../")) return undefined;
  if (chart.endsWith(".tgz")) return files.has(chart) ? chart : undefined;
  return files.has(posix.join(chart, "Chart.yaml")) ? chart : undefined;
}
