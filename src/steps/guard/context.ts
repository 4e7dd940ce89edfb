import { filesUnder } from "#model/flux-paths.ts";
import type { Unchecked } from "#model/plan.ts";
import type { Kustomize, Manifest, RuleContext, Setting } from "#model/rule.ts";
import { effectiveManifests } from "./effective.ts";
import { withEmbedded } from "./embedded.ts";
import { inlinePatches } from "./inline-patches.ts";
import { forKustomize, type ParsedTree } from "./parse.ts";
import { unchecked } from "./unchecked.ts";

/** A tree as the rules see it, with what could not be rendered, and the patches written inside other files. */
export type Seen = { context: RuleContext; patches: Manifest[]; unchecked: Unchecked[] };

/** Reads what a tree would apply: targets rendered, patches written inside other files, objects that others carry. */
export function readContext(
  files: ReadonlyMap<string, string>,
  tree: ParsedTree,
  { kustomize, setting }: { kustomize: Kustomize; setting: Setting },
): Seen {
  const patches = inlinePatches(tree);
  const read = readKustomizations(files, tree, kustomize);
  const place = { paths: new Set(files.keys()), kustomizations: tree.kustomizations };
  const { effective, unchecked: unrendered } = effectiveManifests(tree.manifests, read, (dir) =>
    filesUnder(dir, place),
  );
  const context: RuleContext = {
    manifests: [...tree.manifests, ...patches].flatMap(withEmbedded),
    ...place,
    effective: effective.flatMap(withEmbedded),
    kustomize: read.problems,
    syntax: tree.syntax,
    text: (path) => files.get(path),
    setting,
  };
  return { context, patches, unchecked: [...unrendered, ...read.unchecked] };
}

type ReadTree = ReturnType<Kustomize> & { unchecked: Unchecked[] };

function readKustomizations(
  files: ReadonlyMap<string, string>,
  tree: ParsedTree,
  kustomize: Kustomize,
): ReadTree {
  if (tree.kustomizations.length === 0) return { ...nothingRead, unchecked: [] };
  try {
    return { ...kustomize(forKustomize(files, tree)), unchecked: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...nothingRead, unchecked: [unchecked(".", "kustomizations", { message })] };
  }
}

const nothingRead: ReturnType<Kustomize> = {
  problems: [],
  targets: [],
  render: (dir) => ({ kind: "unsupported", dir, feature: "kustomization" }),
};
