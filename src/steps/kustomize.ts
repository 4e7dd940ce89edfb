import type { Kustomization, Kustomize, KustomizeProblem, Rendered } from "#model/rule.ts";
import { strings } from "#model/value.ts";
import { build, objectsOf } from "./kustomize/build.ts";
import { inspect } from "./kustomize/inspect.ts";
import { isRemote, normaliseDir } from "./kustomize/paths.ts";
import { folderName, readTree, type Tree } from "./kustomize/read.ts";
import type { Build } from "./kustomize/state.ts";

/**
 * Reads a tree of kustomizations the way kustomize v5 would, without disk, network or programs: what is wrong with it,
 * which folders are built, and what each of them applies. Closes holes kustomize leaves open: patches that match
 * nothing, references that would be fetched, folders outside the repository.
 */
export const kustomize: Kustomize = (given) => {
  const tree = readTree(given);
  const targets = targetsOf(tree);
  const builds = new Map(targets.map((dir) => [dir, build(dir, tree)]));
  const problems = [
    ...[...tree.kustomizations.values()].flatMap((k) => inspect(k, tree)),
    ...cyclesOf(tree),
    ...buildProblems(
      [...builds.values()].map((b) => b.problems),
      tree,
    ),
  ];
  return {
    problems: saidOnce(problems).sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line,
    ),
    targets: targets.map((dir) => tree.kustomizations.get(dir)!.dir),
    render(dir): Rendered {
      const key = normaliseDir(dir);
      return toRendered(dir, builds.get(key) ?? build(key, tree));
    },
  };
};

function toRendered(dir: string, done: Build): Rendered {
  const [reason] = done.refused;
  if (reason !== undefined) return { kind: "refused", dir, reason };
  const feature = [...done.outside].sort()[0];
  if (feature !== undefined) return { kind: "unsupported", dir, feature };
  const without = [...done.without].sort();
  return { kind: "rendered", dir, objects: objectsOf(done), ...(without.length > 0 && { without }) };
}

function isComponent(kustomization: Kustomization): boolean {
  return kustomization.doc.kind === "Component";
}

/** Folders a kustomization includes, as far as they are in the tree. */
function includes({ doc, dir }: Kustomization, tree: Tree): string[] {
  return ["resources", "bases", "components"].flatMap((field) =>
    strings(doc[field]).flatMap((reference) => {
      const path = isRemote(reference) ? undefined : tree.resolve(normaliseDir(dir), reference);
      return path === undefined ? [] : [path];
    }),
  );
}

/** Kustomizations nobody else includes; Components cannot be built alone. */
function targetsOf(tree: Tree): string[] {
  const included = new Set([...tree.kustomizations.values()].flatMap((one) => includes(one, tree)));
  return [...tree.kustomizations]
    .filter(([dir, kustomization]) => !included.has(dir) && !isComponent(kustomization))
    .map(([dir]) => dir)
    .sort();
}

/** What a reference may be that makes a build fail; each says more than that it does. */
const LEADS_NOWHERE = new Set(["missing", "escape", "outside", "no-kustomization"]);

/** A build that fails for a reference that leads nowhere is reported once, where the reference stands. */
function saidOnce(problems: readonly KustomizeProblem[]): KustomizeProblem[] {
  const lost = problems.filter(({ code }) => LEADS_NOWHERE.has(code));
  return problems.filter(
    ({ code, path, pointer = "", values: { reason } }) =>
      code !== "refused" ||
      !lost.some(
        (one) =>
          one.path === path &&
          `${one.pointer}/`.startsWith(`${pointer}/`) &&
          String(reason).includes(String(one.values.target)),
      ),
  );
}

/** One problem a circle, at the reference that closes it. */
function cyclesOf(tree: Tree): KustomizeProblem[] {
  const problems: KustomizeProblem[] = [];
  const done = new Set<string>();
  for (const start of [...tree.kustomizations.keys()].sort()) visit(start, []);
  return problems;

  function visit(dir: string, stack: readonly string[]): void {
    const kustomization = tree.kustomizations.get(dir);
    if (kustomization === undefined || done.has(dir)) return;
    const path = [...stack, dir];
    for (const next of includes(kustomization, tree)) {
      const from = path.indexOf(next);
      if (from < 0) {
        visit(next, path);
        continue;
      }
      const chain = [...path.slice(from), next].map(folderName).join(" → ");
      problems.push({
        code: "cycle",
        path: kustomization.path,
        line: kustomization.line("/resources"),
        values: { chain },
      });
    }
    done.add(dir);
  }
}

/**
 * What only building shows. A Component's patch by target may be meant for some of the sets that include it, so it is
 * reported only when it matches in none of them.
 */
function buildProblems(builds: readonly Map<string, KustomizeProblem>[], tree: Tree): KustomizeProblem[] {
  const found = new Map<string, { problem: KustomizeProblem; times: number }>();
  for (const problems of builds) {
    for (const [key, problem] of problems) {
      found.set(key, { problem, times: (found.get(key)?.times ?? 0) + 1 });
    }
  }
  return [...found.values()]
    .filter(({ problem, times }) => times >= timesNeeded(problem, tree))
    .map(({ problem }) => problem);
}

function timesNeeded({ code, path, values }: KustomizeProblem, tree: Tree): number {
  const component = [...tree.kustomizations.values()].find((k) => k.path === path && isComponent(k));
  if (component === undefined || code === "duplicate") return 1;
  // Without a target a patch that matches nothing fails every build it is in.
  if (code === "patch-no-target" && !String(values.target).includes(": ")) return 1;
  return targetsOf(tree).filter((dir) => reaches(dir, normaliseDir(component.dir), tree)).length;
}

function reaches(from: string, goal: string, tree: Tree, seen = new Set<string>()): boolean {
  if (from === goal) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const kustomization = tree.kustomizations.get(from);
  return (
    kustomization !== undefined && includes(kustomization, tree).some((dir) => reaches(dir, goal, tree, seen))
  );
}
