/**
 * Builds `src/schemas/tree.json`: every field of every kind in the packages named in `build-schemas/packages.ts`, with
 * the hand-written overlays on top. `npm run schemas:build`; the same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Overlay } from "../src/schemas/overlay.ts";
import { applyOverlay } from "./build-schemas/apply-overlay.ts";
import { compact } from "./build-schemas/compact.ts";
import type { Draft } from "./build-schemas/draft.ts";
import { overlays } from "./build-schemas/overlays.ts";
import { packages, type SchemaPackage } from "./build-schemas/packages.ts";
import { readPackage } from "./build-schemas/read-package.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "src/schemas/tree.json");

/** The text of `tree.json`, made from what lies in `node_modules` and from the overlays. */
export function buildTree(
  from: readonly SchemaPackage[] = packages,
  on: readonly Overlay[] = overlays,
): string {
  const draft: Draft = { versions: {}, groups: {}, kinds: new Map(), types: new Map() };
  const modules = join(root, "node_modules");
  for (const entry of from) {
    const installed = JSON.parse(readFileSync(join(modules, entry.name, "package.json"), "utf8")).version;
    if (installed !== entry.version) {
      const what = `${entry.name}: ${installed} is installed, ${entry.version} was looked at`;
      throw new Error(`${what}. Read what changed upstream, then update build-schemas/packages.ts.`);
    }
    draft.versions[entry.upstream.name] = entry.upstream.version;
    readPackage(entry, modules, draft);
  }
  for (const overlay of on) applyOverlay(overlay, draft);
  return compact(draft);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = buildTree();
  writeFileSync(target, text);
  const kinds = Object.keys(JSON.parse(text).kinds).length;
  process.stdout.write(`${kinds} kinds, ${text.length} bytes\n`);
}
