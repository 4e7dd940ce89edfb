import { join, posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { strings } from "../../../src/model/value.ts";
import { parseTree } from "../../../src/steps/guard/parse.ts";
import { ourBuild, realBuild } from "./real.ts";

/** Problems that block although kustomize builds: what we refuse on purpose. */
export const stricter: Readonly<Record<string, string>> = {
  "patch-no-target": "a patch whose target matches nothing is dropped by kustomize without a word",
  "unknown-field": "a field in another case is taken by kustomize, by few who read the file after it",
  remote: "what would be fetched at build time is not what was reviewed",
  escape: "a folder outside the repository is not part of what was reviewed",
  "duplicate-key": "of a key that stands twice kustomize takes the last, or joins the two",
  empty: "a kustomization that holds nothing but metadata builds nothing",
};

export type Comparison =
  /** Both refuse, or both build the same. */
  | { kind: "both-refuse" }
  | { kind: "equal"; documents: number; stricter: string[] }
  /** Ours says that it cannot tell. */
  | { kind: "outside"; theirs: "built" | "failed"; feature: string }
  /** Ours refuses on purpose what kustomize builds. */
  | { kind: "stricter"; code: string }
  /** What must not be. */
  | { kind: "wrong"; what: string };

/** Builds one folder of a tree that lies in `root` with both, and compares verdict and documents. */
export async function compare(
  root: string,
  files: ReadonlyMap<string, string>,
  dir: string,
): Promise<Comparison> {
  const theirs = await realBuild(join(root, dir));
  const { rendered, docs, problems, syntax } = ourBuild(files, dir);
  if (rendered.kind === "unsupported") {
    const { feature } = rendered;
    return { kind: "outside", theirs: theirs.kind, feature };
  }
  if (theirs.kind === "failed") {
    if (rendered.kind === "refused") return { kind: "both-refuse" };
    return { kind: "wrong", what: `kustomize fails, ours builds: ${theirs.error.slice(0, 400)}` };
  }
  if (rendered.kind === "refused" && syntax.some(({ code }) => code === "duplicate-key")) {
    return { kind: "stricter", code: "duplicate-key" };
  }
  if (rendered.kind === "refused")
    return { kind: "wrong", what: `kustomize builds, ours refuses: ${rendered.reason}` };
  const [a, b] = [withoutNulls(theirs.docs), withoutNulls(docs)];
  if (!isDeepStrictEqual(a, b)) return { kind: "wrong", what: `other documents: ${firstDifference(a, b)}` };
  const reached = reachedFrom(dir, files);
  const codes = problems
    .filter(({ code, path }) => code in stricter && reached.has(path))
    .map(({ code }) => code);
  return { kind: "equal", documents: docs.length, stricter: [...new Set(codes)] };
}

/** The kustomization files a build reads. */
function reachedFrom(dir: string, files: ReadonlyMap<string, string>): Set<string> {
  const { kustomizations } = parseTree(files);
  const reached = new Set<string>();
  const visit = (folder: string) => {
    for (const { path, dir: own, doc } of kustomizations) {
      if (posix.normalize(own) !== posix.normalize(folder) || reached.has(path)) continue;
      reached.add(path);
      for (const field of ["resources", "bases", "components"]) {
        for (const reference of strings(doc[field])) visit(posix.join(own, reference).replace(/\/$/, ""));
      }
    }
  };
  visit(dir);
  return reached;
}

/** For the cluster a field without a value is not there, nor are empty annotations; kustomize keeps some and drops others. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, item]) => item !== null && !(key === "annotations" && isDeepStrictEqual(item, {})),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}

function firstDifference(a: unknown, b: unknown, path = ""): string {
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
      if (!isDeepStrictEqual(x[key], y[key])) return firstDifference(x[key], y[key], `${path}/${key}`);
    }
  }
  const show = (value: unknown) => JSON.stringify(value)?.slice(0, 120) ?? "nothing";
  return `${path || "/"} is ${show(a)}, ours ${show(b)}`;
}
