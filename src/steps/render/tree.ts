type Folder = { folders: Map<string, Folder>; files: string[] };

/** From this many siblings of the same shape on, the first ones stand for all. */
const alike = 4;
const shownOfAlike = 2;

function grow(paths: readonly string[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const names = path.split("/");
    const file = names.pop()!;
    let at = root;
    for (const name of names) {
      const next = at.folders.get(name) ?? { folders: new Map(), files: [] };
      at.folders.set(name, next);
      at = next;
    }
    at.files.push(file);
  }
  return root;
}

/** What a folder holds, without its own name: equal for folders laid out alike. */
function shapeOf(folder: Folder): string {
  const inside = [...folder.folders].map(([name, inner]) => `${name}/(${shapeOf(inner)})`);
  return [...inside, ...folder.files].sort().join(",");
}

/** A chain of folders that hold nothing but one folder is one line. */
function joined(name: string, folder: Folder): { name: string; folder: Folder } {
  const [only] = folder.folders;
  if (folder.files.length > 0 || folder.folders.size !== 1 || !only) return { name, folder };
  return joined(`${name}/${only[0]}`, only[1]);
}

function draw(folder: Folder, more: (count: number) => string, indent = ""): string[] {
  const shapes = Map.groupBy(folder.folders, ([, inner]) => shapeOf(inner));
  const lines: { text: string; under: string[] }[] = [];
  const seen = new Map<string, number>();
  for (const [own, inner] of folder.folders) {
    const shape = shapeOf(inner);
    const group = shapes.get(shape)!.length;
    const index = (seen.get(shape) ?? 0) + 1;
    seen.set(shape, index);
    if (group >= alike && index > shownOfAlike) {
      if (index === group) lines.push({ text: more(group - shownOfAlike), under: [] });
      continue;
    }
    const { name, folder: last } = joined(own, inner);
    lines.push({ text: `${name}/`, under: draw(last, more) });
  }
  for (const file of folder.files) lines.push({ text: file, under: [] });
  return lines.flatMap(({ text, under }, at) => {
    const isLast = at === lines.length - 1;
    const branch = indent + (isLast ? "└─ " : "├─ ");
    const below = indent + (isLast ? "   " : "│  ");
    return [branch + text, ...under.map((line) => below + line)];
  });
}

/** The paths as a tree; of many folders that hold the same, the first two stand for all, and that is said. */
export function toTree(paths: readonly string[], more: (count: number) => string): string {
  return draw(grow([...paths].sort()), more).join("\n");
}
