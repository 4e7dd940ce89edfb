import type { Kustomize, Rendered } from "#model/rule.ts";
import { type ParsedTree, parseTree } from "#steps/guard/parse.ts";
import { readClosures } from "#steps/kustomize/closure.ts";
import { kustomize } from "#steps/kustomize.ts";
import { findTools } from "./exec.ts";
import { buildWithTool, type Opinion } from "./second-opinion/build.ts";
import { type ChartOpinion, chartPrefix, renderChart } from "./second-opinion/charts.ts";
import type { CheckOptions } from "./workshop.ts";

/** Builds what our own hands leave out with the kustomize and helm on PATH, so that policy sees that, too. */
export type SecondOpinion = {
  /** What a check is given: it remembers what was read, and takes what the programs said. */
  options: Pick<CheckOptions, "kustomize" | "parse">;
  /** Asks the programs about everything the last check could not render; says whether a check would now see more. */
  ask: (signal: AbortSignal) => Promise<boolean>;
};

type Files = ReadonlyMap<string, string>;
type Given = Parameters<Kustomize>[0];

const budgetMs = 60_000; // Everything of one check; a set takes about 0.1 s, so that some hundreds fit.
const atOnce = 2;

/**
 * Makes a second opinion for the checks of one set of files; programs are looked for on `path`, archives of charts below
 * `root`.
 */
export function secondOpinion({
  path = process.env.PATH ?? "",
  root,
}: {
  path?: string;
  root?: string | undefined;
} = {}): SecondOpinion {
  const builds = new Map<string, Opinion>();
  const charts = new Map<string, ChartOpinion>();
  const parse = remembering(parseTree);
  let last: { given: Given; open: Set<string> } | undefined;
  let seen: { files: Files; tree: ParsedTree } | undefined;

  return {
    options: {
      parse(files) {
        seen = { files, tree: parse(files) };
        return withCharts(
          seen.tree,
          [...charts.values()].filter((one) => isSame(one.files, files)),
        );
      },
      kustomize(given) {
        const read = kustomize(given);
        const open = new Set<string>();
        last = { given, open };
        const opinionOf = (dir: string) => {
          const opinion = builds.get(dir);
          return opinion !== undefined && isSame(opinion.files, given.files) ? opinion : undefined;
        };
        return {
          ...read,
          problems: [...read.problems, ...read.targets.flatMap((dir) => opinionOf(dir)?.problems ?? [])],
          render(dir): Rendered {
            const rendered = read.render(dir);
            if (rendered.kind !== "unsupported") return rendered;
            const opinion = opinionOf(dir);
            if (opinion !== undefined) return opinion.rendered;
            open.add(dir);
            return rendered;
          },
        };
      },
    },
    async ask(signal) {
      const before = builds.size + charts.size;
      const until = AbortSignal.any([signal, AbortSignal.timeout(budgetMs)]);
      await askKustomize(until);
      await askHelm(until);
      signal.throwIfAborted();
      return builds.size + charts.size > before;
    },
  };

  async function askKustomize(signal: AbortSignal): Promise<void> {
    if (last === undefined || last.open.size === 0) return;
    const { given, open } = last;
    const tools = findTools(path);
    const tool = tools.kustomize ? "kustomize" : tools.kubectl ? "kubectl" : undefined;
    if (tool === undefined) return;
    const closureOf = readClosures(given);
    await inTurns(open, signal, async (dir) => {
      const closure = closureOf(dir);
      if (closure.kind === "open") return;
      const opinion = await buildWithTool({ tool, dir, closure, given, signal, path });
      if (opinion !== undefined) builds.set(dir, opinion);
    });
  }

  async function askHelm(signal: AbortSignal): Promise<void> {
    if (seen === undefined || seen.tree.charts.length === 0 || findTools(path).helm === undefined) return;
    const { files, tree } = seen;
    await inTurns(tree.charts, signal, async (use) => {
      const opinion = await renderChart(use, { files, root, signal, path });
      if (opinion !== undefined) charts.set(JSON.stringify([use.path, use.line, use.release]), opinion);
    });
  }
}

async function inTurns<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = Iterator.from(items);
  const worker = async () => {
    for (const item of queue) if (!signal.aborted) await task(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The tree with what charts make of their values; what was only a template is seen now. */
function withCharts(tree: ParsedTree, opinions: readonly ChartOpinion[]): ParsedTree {
  if (opinions.length === 0) return tree;
  const uses = new Set(opinions.map(({ use }) => JSON.stringify(use.unseen)));
  const rendered = opinions
    .filter(({ manifests }) => manifests.length > 0)
    .map(({ use }) => `${chartPrefix(use)}templates/`);
  const skipped = tree.skipped.filter(
    (one) => !uses.has(JSON.stringify(one)) && !rendered.some((prefix) => one.path.startsWith(prefix)),
  );
  return {
    ...tree,
    manifests: [...tree.manifests, ...opinions.flatMap(({ manifests }) => manifests)],
    skipped: [...skipped, ...opinions.flatMap(({ unseen }) => unseen)],
  };
}

/** Reads a tree once as long as it stays the same. */
function remembering(parse: typeof parseTree): typeof parseTree {
  let last: { files: Files; tree: ParsedTree } | undefined;
  return (files) => {
    if (last === undefined || last.files.size !== files.size || !isSame(last.files, files)) {
      last = { files, tree: parse(files) };
    }
    return last.tree;
  };
}

/** Whether every one of these files is still what it was. */
function isSame(files: Files, now: Files): boolean {
  for (const [path, content] of files) if (now.get(path) !== content) return false;
  return true;
}
