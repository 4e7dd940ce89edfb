import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const src = join(root, "src");
const SPECIFIER = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
const shelves = ["platforms", "providers", "distros", "gitops", "rules"];

/** Floor of a room; who stands higher may import who stands lower, never the other way, and never a sibling. */
const floors: Record<string, number> = {
  "main.ts": 4,
  app: 3,
  steps: 2,
  platforms: 2,
  providers: 2,
  distros: 2,
  gitops: 2,
  rules: 2,
  schemas: 2,
  catalogue: 1,
  model: 0,
};

type Arrow = { from: string; to: string };
const files: string[] = [];
const arrows: Arrow[] = [];

beforeAll(async () => {
  const entries = await readdir(src, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile() && entry.name.endsWith(".ts"))
      files.push(relative(src, join(entry.parentPath, entry.name)));
  }
  for (const file of files) {
    const text = await readFile(join(src, file), "utf8");
    for (const [, specifier] of text.matchAll(SPECIFIER)) {
      const to = target(file, specifier!);
      if (to) arrows.push({ from: file, to });
    }
  }
});

function target(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.replace(/^#(src\/)?/, "");
  if (specifier.startsWith(".")) return relative(src, resolve(src, dirname(file), specifier));
  return undefined;
}

const room = (file: string) => file.split("/")[0]!;
/** The shelf file or step a file belongs to: `steps/guard/parse.ts` belongs to `steps/guard`. */
const owner = (file: string) =>
  file
    .split("/")
    .slice(0, 2)
    .join("/")
    .replace(/\.(ts|json)$/, "");

describe("the house", () => {
  test("has only the rooms that the design names", () => {
    expect([...new Set(files.map(room))].filter((name) => !(name in floors))).toEqual([]);
  });

  test("lets no floor import a higher one", () => {
    expect(arrows.filter(({ from, to }) => floors[room(to)]! > floors[room(from)]!)).toEqual([]);
  });

  test("keeps steps and shelf files apart from each other", () => {
    const apart = ["steps", ...shelves];
    const meetings = arrows.filter(
      ({ from, to }) => apart.includes(room(from)) && floors[room(to)] === 2 && owner(from) !== owner(to),
    );
    expect(meetings).toEqual([]);
  });

  test("lets a shelf file import model/ and its own folder, nothing else of ours", () => {
    const strays = arrows.filter(
      ({ from, to }) => shelves.includes(room(from)) && room(to) !== "model" && owner(from) !== owner(to),
    );
    expect(strays).toEqual([]);
  });

  test("has no circle of imports", () => {
    const next = Map.groupBy(arrows, ({ from }) => from);
    const done = new Set<string>();
    const walk = (file: string, path: string[]): string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { to } of next.get(file) ?? []) {
        const circle = walk(to, [...path, file]);
        if (circle) return circle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.flatMap((file) => walk(file, []) ?? [])).toEqual([]);
  });

  test("has a test for every shelf file: its own, or for a rule the examples its contract suite runs", async () => {
    const missing = [];
    for (const file of files) {
      const [shelf, name, ...deeper] = file.split("/");
      if (!shelves.includes(shelf!) || deeper.length > 0 || name?.endsWith(".json")) continue;
      if (existsSync(join(root, "test", shelf!, name!.replace(/\.ts$/, ".test.ts")))) continue;
      if (shelf === "rules" && /\bexamples:\s*\{/.test(await readFile(join(src, file), "utf8"))) continue;
      missing.push(file);
    }
    expect(missing).toEqual([]);
  });

  test("reaches lower floors by their names, not by climbing", async () => {
    const climbing = [];
    for (const file of files) {
      if (/(?:from|import)\s*\(?\s*"\.\.\/\.\.\//.test(await readFile(join(src, file), "utf8")))
        climbing.push(file);
    }
    expect(climbing).toEqual([]);
  });

  test("speaks of the project alone: no path of one machine and no left-over in what is committed", async () => {
    const bad = [];
    for (const file of files) {
      const text = await readFile(join(src, file), "utf8");
      if (/\b(TODO|FIXME|XXX)\b|not implemented/.test(text)) bad.push(`${file}: left-over`);
      if (/(^|[^a-z.])\/(work|root|tmp\/[a-z])\//m.test(text.replace(/\/root\/\.(ssh|kube|config)/g, "")))
        bad.push(`${file}: a machine's path`);
    }
    expect(bad).toEqual([]);
  });
});
