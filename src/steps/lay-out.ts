import { parseAllDocuments } from "yaml";
import type { Brief } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { Chart, Distro, GitOps, Image, LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { chartOfEdgeApp } from "./lay-out/chart.ts";
import { components } from "./lay-out/components.ts";
import { contextOf } from "./lay-out/context.ts";
import { edgeApp } from "./lay-out/edge-app.ts";
import { decisionsDocument, fleetFile } from "./lay-out/fleet.ts";
import { operations, restore } from "./lay-out/guides.ts";
import { layOutImage } from "./lay-out/image/image.ts";
import { observability } from "./lay-out/observability.ts";
import { laterStages, overlays } from "./lay-out/overlays.ts";
import { policies } from "./lay-out/policies.ts";
import { readme } from "./lay-out/readme.ts";
import { rollout } from "./lay-out/rollout.ts";
import { secrets } from "./lay-out/secrets.ts";
import { hasCluster } from "./lay-out/sizes.ts";
import { textFile } from "./lay-out/tree.ts";

type Shelves = {
  distro?: Distro;
  engine?: GitOps;
  images: Readonly<Record<string, Image>>;
  charts: Readonly<Record<string, Chart>>;
};

/**
 * Lays out the fleet repository. Pure: the same answers and decisions give the same bytes in every language, and no
 * free text of a person enters a path or a file.
 */
export function layOut(
  { brief, decisions }: { brief: Brief; decisions: Decisions },
  { distro, engine, images, charts }: Shelves,
): File[] {
  const context = contextOf({ brief, decisions }, { images, charts });
  const node = distro?.layOut(context) ?? [];
  const sync = engine?.layOut(context) ?? [];
  const shelf = [...node, ...sync, ...layOutImage(context)];
  const files = [...shelf, ...(hasCluster(context) ? cluster(context, shelf) : []), ...around(context)];
  return finished(context, files);
}

/** Everything that is applied inside a site. Every base of ours and of the shelves goes into every set. */
function cluster(context: LayOutContext, shelf: readonly File[]): File[] {
  const helm = context.decisions.templating.choice === "helm";
  const chart = helm ? chartOfEdgeApp(context) : [];
  // Without an engine nothing at the site renders a chart: CI does, and the base holds what it rendered.
  const plain = !helm || context.decisions.gitops.choice === "none";
  const parts = [
    ...policies(context),
    ...(plain ? edgeApp(context) : []),
    ...chart,
    ...observability(context),
    ...secrets(context),
    ...components(context),
    ...laterStages(context, syncSource(shelf)),
  ];
  return [...parts, ...overlays(context, basesOf([...shelf, ...parts]))];
}

function around(context: LayOutContext): File[] {
  return [...rollout(context), operations(context), restore(context), decisionsDocument(context)];
}

const BASE = /^(base\/[^/]+)\/kustomization\.yaml$/;

function basesOf(files: readonly File[]): string[] {
  return files.flatMap(({ path }) => BASE.exec(path)?.[1] ?? []).sort();
}

const SOURCES = ["GitRepository", "OCIRepository"];

/** The source a site pulls from, as the engine's file names it. */
function syncSource(files: readonly File[]): { kind: string; name: string } | undefined {
  for (const { path, content } of files) {
    if (!/^bootstrap\/.*\.yaml$/.test(path)) continue;
    for (const document of parseAllDocuments(content)) {
      const doc = document.toJS();
      if (SOURCES.includes(doc?.kind)) return { kind: doc.kind, name: doc.metadata.name };
    }
  }
  return undefined;
}

const IMAGE = /^(?:\s*(?:- )?image: ["']?|Image=)([^\s"'{}]+:[^\s"'{}]+)["']?$/gm;

/** Every image a site may pull, one a line: CI pins them, mirrors and device images take them along. */
function imageList({ images, hosts }: LayOutContext, files: readonly File[]): File {
  const named = files
    .filter(({ path }) => /\.(yaml|container)$/.test(path) && !/\/templates\/|^image\//.test(path))
    .flatMap(({ content }) => [...content.matchAll(IMAGE)].map((match) => match[1]!));
  // A chart names its image in two halves; device images are built here, not pulled.
  const ofChart = files.some(({ path }) => path.startsWith("charts/")) ? [images["edge-app"]!.image] : [];
  const found = [...named, ...ofChart].filter((image) => !image.startsWith(`${hosts.registry}/images/`));
  return textFile("images.txt", [...new Set(found)].sort(), "Every image of this repository.");
}

function finished(context: LayOutContext, files: File[]): File[] {
  const withImages = [...files, imageList(context, files)];
  const paths = new Set([...withImages.map(({ path }) => path), "README.md", "fleet.yaml"]);
  const all = [...withImages, fleetFile(context, paths), readme(context, paths)];
  const seen = new Map<string, File>();
  for (const file of all) {
    const before = seen.get(file.path);
    if (before && before.content !== file.content) {
      throw new Error(`lay-out: two parts write ${file.path} differently; each path belongs to one part`);
    }
    seen.set(file.path, file);
  }
  return [...seen.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
