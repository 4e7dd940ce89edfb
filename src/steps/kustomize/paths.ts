import { posix } from "node:path";

const REMOTE_SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/|git::|s3::|gh:|file:)/i;
const REMOTE_HOST =
  /^(?:(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)|ssh\.dev\.azure\.com|dev\.azure\.com)[/:]/i;
const REMOTE_SCP = /^[\w.-]+@[\w.-]+:/;
const REMOTE_MARK = /[?&](?:ref|version|submodules|timeout)=|\.git(?:\/|$|\?)/;
/** kustomize splits `repository//path` at a double slash after a host name. */
const REMOTE_DOUBLE_SLASH = /^[\w.-]+\.[a-z]{2,}\/.*\/\//i;

/** Whether kustomize would fetch this reference instead of reading a file of the tree. */
export function isRemote(reference: string): boolean {
  return [REMOTE_SCHEME, REMOTE_HOST, REMOTE_SCP, REMOTE_MARK, REMOTE_DOUBLE_SLASH].some((test) =>
    test.test(reference),
  );
}

const KUSTOMIZATION_FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** Whether kustomize takes a file for the kustomization of its folder. */
export function isKustomizationFile(path: string): boolean {
  return KUSTOMIZATION_FILE.test(path);
}

/**
 * The path a reference of a kustomization in `dir` means, relative to the repository; `undefined` when it leaves it. A
 * tree that was named from beside it (`check ../repository`) starts with steps up: a reference may add some only when what
 * it means `isThere`.
 */
export function resolve(
  dir: string,
  reference: string,
  isThere: (path: string) => boolean,
): string | undefined {
  if (posix.isAbsolute(reference)) return undefined;
  const path = normaliseDir(posix.join(dir, reference));
  return stepsUp(path) > stepsUp(normaliseDir(dir)) && !isThere(path) ? undefined : path;
}

function stepsUp(path: string): number {
  return /^(?:\.\.(?:\/|$))*/.exec(path)![0].split("..").length - 1;
}

/** Anything in a path that could be written shorter: `.`, `..`, two slashes, one at the end, nothing at all. */
const NOT_NORMAL = /(?:^|\/)(?:\.{0,2})(?:\/|$)/;

/** The root of the tree is the empty string, whatever way it was written. */
export function normaliseDir(dir: string): string {
  if (!NOT_NORMAL.test(dir)) return dir;
  const path = posix.normalize(dir === "" ? "." : dir).replace(/\/$/, "");
  return path === "." ? "" : path;
}

/** Whether a file lies in the folder tree of `dir`; kustomize reads no other files. */
export function isInside(dir: string, path: string): boolean {
  return dir === "" || path.startsWith(`${dir}/`);
}

/** Every folder of a tree, the root included. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    let folder = normaliseDir(posix.dirname(path));
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = normaliseDir(posix.dirname(folder));
    }
  }
  return folders;
}
