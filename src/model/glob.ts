/** Braces multiply; a few dozen patterns out of one are more than a person writes. */
const maxExpanded = 64;

/**
 * Whether a path of a tree is meant by a glob: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` is either.
 * A glob that names a folder means all that is below; one without a slash means that name anywhere, as in .gitignore.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const segments = parts(path);
  return expandBraces(glob).some((pattern) => {
    const anywhere = !pattern.replace(/^\.\//, "").replace(/\/$/, "").includes("/");
    const wanted = parts(pattern);
    if (wanted.length === 0) return true;
    return matchesSegments(segments, anywhere && wanted[0] !== "**" ? ["**", ...wanted] : wanted);
  });
}

function parts(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** Row by row, so that a hostile pattern costs its length times the path's, never more. */
function matchesSegments(path: readonly string[], glob: readonly string[]): boolean {
  // reached[i]: the first i segments of the path match what was read of the glob.
  let reached = [true, ...path.map(() => false)];
  for (const wanted of glob) {
    if (wanted === "**") {
      const first = reached.indexOf(true);
      reached = reached.map((_, i) => first >= 0 && i >= first);
      continue;
    }
    reached = reached.map((_, i) => i > 0 && reached[i - 1]! && matchesName(path[i - 1]!, wanted));
  }
  // What is below a folder that matches is meant too.
  return reached.some((here, i) => here && i > 0);
}

function matchesName(name: string, wanted: string): boolean {
  let [at, from, star, back] = [0, 0, -1, 0];
  while (at < name.length) {
    if (
      from < wanted.length &&
      (wanted[from] === "?" || (wanted[from] === name[at] && wanted[from] !== "*"))
    ) {
      at++;
      from++;
    } else if (wanted[from] === "*") {
      star = from++;
      back = at;
    } else if (star >= 0) {
      from = star + 1;
      at = ++back;
    } else return false;
  }
  while (wanted[from] === "*") from++;
  return from === wanted.length;
}

function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0 && done.length + open.length <= maxExpanded) {
    const pattern = open.pop()!;
    const braces = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
    if (braces === null) {
      done.push(pattern);
      continue;
    }
    const [before, after] = [pattern.slice(0, braces.index), pattern.slice(braces.index + braces[0].length)];
    for (const choice of braces[1]!.split(",")) open.push(before + choice + after);
  }
  return done;
}
