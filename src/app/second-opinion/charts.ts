import { cp, lstat, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import type { Unchecked } from "#model/plan.ts";
import { yamlValues } from "#model/read-yaml.ts";
import type { Manifest } from "#model/rule.ts";
import { isMap, map, word } from "#model/value.ts";
import type { ChartUse } from "#steps/guard/charts.ts";
import { unchecked } from "#steps/guard/unchecked.ts";
import { runTool } from "../exec.ts";
import { noText } from "../read-tree.ts";

type Files = ReadonlyMap<string, string>;

/** What helm made of a chart and its values, and of which files. */
export type ChartOpinion = { files: Files; use: ChartUse; manifests: Manifest[]; unseen: Unchecked[] };

type Asked = {
  files: Files;
  /** Where the tree lies, if it does: archives of charts are taken from there. */
  root: string | undefined;
  signal: AbortSignal;
  path: string;
};

const archiveBytes = 8 * 1_048_576; // A chart is stored in a Secret of at most 1 MiB when it is installed.

/** Renders one chart in a folder of its own that holds only the chart and its values. Nothing when no answer came. */
export async function renderChart(use: ChartUse, asked: Asked): Promise<ChartOpinion | undefined> {
  const { files, root, signal, path } = asked;
  const folder = await mkdtemp(join(tmpdir(), "edgewright-chart-"));
  try {
    const used = new Map(
      [...files].filter(([file]) => file === use.chart || file.startsWith(chartPrefix(use))),
    );
    for (const one of use.values) if ("file" in one) used.set(one.file, files.get(one.file) ?? "");
    for (const [file, content] of used) {
      if (content !== noText) await write(join(folder, "tree", file), content);
      else if (/\.tgz$/.test(file) && !(await copyArchive(file, { root, to: join(folder, "tree", file) }))) {
        return undefined;
      }
    }
    const values = await Promise.all(
      use.values.map(async (one, i) => {
        if ("file" in one) return join("tree", one.file);
        await write(join(folder, `values-${i}.yaml`), one.text);
        return `values-${i}.yaml`;
      }),
    );
    const args = [
      ...[
        "template",
        releaseName(use.release),
        `./${posix.join("tree", use.chart || ".")}`,
        "--include-crds",
      ],
      ...(use.namespace === "" ? [] : ["--namespace", use.namespace]),
      ...values.flatMap((file) => ["--values", file]),
      ...use.sets.flatMap((set) => ["--set", set]),
    ];
    const run = await runTool("helm", args, { cwd: folder, signal, path });
    const chart = use.chart || ".";
    if (run.kind === "failed") {
      const reason = run.stderr.trim().replaceAll(folder, "").split("\n").at(-1)!.slice(0, 300);
      return {
        files: used,
        use,
        manifests: [],
        unseen: [unchecked(use.path, "chart-refused", { chart, reason })],
      };
    }
    if (run.kind !== "done") return undefined;
    return { files: used, use, manifests: manifestsIn(run.stdout, use, files), unseen: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What every file of a chart's folder starts with. */
export function chartPrefix({ chart }: Pick<ChartUse, "chart">): string {
  return chart === "" || chart === "." ? "" : `${chart}/`;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Archives are no text and were not read; the one on disk must be a plain file of a sensible size. */
async function copyArchive(
  file: string,
  { root, to }: { root: string | undefined; to: string },
): Promise<boolean> {
  if (root === undefined || file.split("/").includes("..")) return false;
  const from = join(root, file);
  const about = await lstat(from).catch(() => undefined);
  if (!about?.isFile() || about.size > archiveBytes) return false;
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
  return true;
}

/** Helm takes lower-case names of at most 53 characters. */
function releaseName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 53)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "release" : plain;
}

const SOURCE = /^# Source: (\S+)\s*$/m;

/** The objects of an output, each at the template it came from, or at who asks for the chart where that is packed. */
function manifestsIn(output: string, use: ChartUse, files: Files): Manifest[] {
  const counts = new Map<string, number>();
  return output.split(/^---\s*$/m).flatMap((text) => {
    const source = SOURCE.exec(text)?.[1]?.split("/").slice(1).join("/") ?? "";
    const template = `${chartPrefix(use)}${source}`;
    return (yamlValues(text) ?? []).flatMap((doc): Manifest[] => {
      if (!isMap(doc) || word(doc.kind) === "" || word(doc.apiVersion) === "") return [];
      const isThere = files.has(template) && source !== "";
      const path = isThere ? template : use.path;
      const line = isThere ? lineOfKind(files.get(template)!, word(doc.kind)) : use.line;
      const index = counts.get(path) ?? 0;
      counts.set(path, index + 1);
      const metadata = map(doc.metadata);
      const named = { name: word(metadata.name), namespace: word(metadata.namespace) || use.namespace };
      const kinds = { apiVersion: word(doc.apiVersion), kind: word(doc.kind) };
      return [{ path, index, doc, ...kinds, ...named, line: () => line, patch: false }];
    });
  });
}

function lineOfKind(template: string, kind: string): number {
  const lines = template.split("\n");
  const at = lines.findIndex((line) => /^\s*kind:/.test(line) && line.includes(kind));
  return at < 0 ? 1 : at + 1;
}
