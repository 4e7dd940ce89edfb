import type { Kustomize, Rendered } from "#model/rule.ts";
import { parseTree } from "#steps/guard/parse.ts";
import { readClosures } from "#steps/kustomize/closure.ts";
import { kustomize } from "#steps/kustomize.ts";
import { findTools } from "./exec.ts";
import { buildWithTool, type Opinion } from "./second-opinion/build.ts";
import type { CheckOptions } from "./workshop.ts";

/** Builds what our own renderer leaves out with the kustomize on PATH, so that policy sees that, too. */
export type SecondOpinion = {
  /** What a check is given: it remembers what was read, and takes what the programs said. */
  options: Pick<CheckOptions, "kustomize" | "parse">;
  /** Asks the programs about everything the last check could not render; says whether a check would now see more. */
  ask: (signal: AbortSignal) => Promise<boolean>;
};

const budgetMs = 60_000; // All targets of one check; a set takes about 0.1 s, so that some hundreds fit.
const atOnce = 2;

/** Makes a second opinion for the checks of one set of files; programs are looked for on `path`. */
export function secondOpinion({ path = process.env.PATH ?? "" }: { path?: string } = {}): SecondOpinion {
  const opinions = new Map<string, Opinion>();
  let last: { given: Parameters<Kustomize>[0]; open: Set<string> } | undefined;
  return {
    options: {
      parse: remembering(parseTree),
      kustomize(given) {
        const read = kustomize(given);
        const open = new Set<string>();
        last = { given, open };
        const opinionOf = (dir: string) => {
          const opinion = opinions.get(dir);
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
      if (last === undefined || last.open.size === 0) return false;
      const { given, open } = last;
      const tools = findTools(path);
      const tool = tools.kustomize ? "kustomize" : tools.kubectl ? "kubectl" : undefined;
      if (tool === undefined) return false;
      const closureOf = readClosures(given);
      const until = AbortSignal.any([signal, AbortSignal.timeout(budgetMs)]);
      const queue = [...open].values();
      const worker = async () => {
        for (const dir of queue) {
          const closure = closureOf(dir);
          if (closure.kind === "open" || until.aborted) continue;
          const opinion = await buildWithTool({ tool, dir, closure, given, signal: until, path });
          if (opinion !== undefined) opinions.set(dir, opinion);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      signal.throwIfAborted();
      return opinions.size > 0;
    },
  };
}

/** Reads a tree once as long as it stays the same. */
function remembering(parse: typeof parseTree): typeof parseTree {
  let last: { files: ReadonlyMap<string, string>; tree: ReturnType<typeof parseTree> } | undefined;
  return (files) => {
    if (last === undefined || last.files.size !== files.size || !isSame(last.files, files)) {
      last = { files, tree: parse(files) };
    }
    return last.tree;
  };
}

/** Whether every one of these files is still what it was. */
function isSame(files: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): boolean {
  for (const [path, content] of files) if (now.get(path) !== content) return false;
  return true;
}
