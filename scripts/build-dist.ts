// Emits dist/: the same files with types stripped, for `npx edgewright` (Node strips no types inside node_modules).
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const from = join(root, "src");
const to = join(root, "dist");
const RELATIVE_TS = /(from\s*|import\s*\(?\s*)"(\.{1,2}\/[^"]+)\.ts"/g;

await rm(to, { recursive: true, force: true });
for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const source = join(entry.parentPath, entry.name);
  const target = join(to, relative(from, source));
  await mkdir(dirname(target), { recursive: true });
  if (!entry.name.endsWith(".ts")) {
    await cp(source, target);
    continue;
  }
  const script = stripTypeScriptTypes(await readFile(source, "utf8")).replace(RELATIVE_TS, '$1"$2.js"');
  await writeFile(target.replace(/\.ts$/, ".js"), script);
}
// The nearest package.json decides what `#model/…` means: inside dist the same names lead to the emitted files.
const rooms = ["model", "catalogue", "steps", "schemas"];
const imports = Object.fromEntries(rooms.map((room) => [`#${room}/*.ts`, `./${room}/*.js`]));
await writeFile(join(to, "package.json"), `${JSON.stringify({ type: "module", imports }, null, 2)}\n`);
