import type { Manifest } from "#model/rule.ts";
import { type ParsedTree, parseTree } from "./parse.ts";

type Holder = { path: string; doc: Record<string, unknown>; line: (pointer?: string) => number };

/** Where objects keep strategic merge patches as text: kustomizations, Flux Kustomizations, FluxInstances. */
const places = ["/patches", "/spec/patches", "/spec/kustomize/patches"];

/** Patches written inside another file, as manifests of their own; JSON patches name single fields and have no kind. */
export function inlinePatches({ kustomizations, manifests, documents }: ParsedTree): Manifest[] {
  const holders: Holder[] = [...kustomizations, ...manifests];
  return holders.flatMap((holder) =>
    places.flatMap((place) => {
      const entries = valueAt(holder.doc, place);
      if (!Array.isArray(entries)) return [];
      const { path, line } = holder;
      return entries.flatMap((entry, i) => {
        const pointer = `${place}/${i}/patch`;
        // Looked up when somebody asks, which is rare: it takes the whole reader of YAML.
        const first = once(() => {
          const document = documents.find((one) => one.path === path && one.line() === line());
          // A block scalar starts on the line below its key, a text in quotes on the same.
          const isBlock = !/^["'{]/.test(document?.scalar(pointer)?.text ?? "|");
          return line(pointer) - (isBlock ? 0 : 1);
        });
        return readPatch({ path, first }, entry);
      });
    }),
  );
}

function once(find: () => number): () => number {
  let found: number | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

function readPatch({ path, first }: { path: string; first: () => number }, entry: unknown): Manifest[] {
  const text = (entry as { patch?: unknown } | null)?.patch;
  if (typeof text !== "string" || text.includes("${")) return [];
  const { manifests } = parseTree(new Map([["patch.yaml", text]]));
  return manifests.map((manifest) => ({
    ...manifest,
    path,
    line: (at) => first() + manifest.line(at),
    // How far the text stands in is not kept, so its columns are not known.
    column: undefined,
    patch: true,
  }));
}

function valueAt(doc: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], doc);
}
