import { findRemovedApi } from "../../src/catalogue/removed-apis.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import type { Judge } from "./ajv.ts";
import type { Document, Repository } from "./corpus.ts";
import { faultClasses, type Mutant, mutantsOf } from "./faults.ts";
import type { SchemaSet } from "./json-schemas.ts";
import { overlayMutantsOf } from "./overlay-faults.ts";
import { createRandom } from "./random.ts";

/** Of one class of fault: how many were made, caught, and caught at their place; how many the packages do not call a fault. */
export type Score = { made: number; caught: number; atPlace: number; noFault: number };
export type Scores = Record<string, Score>;
export type Miss = { kind: string; fault: string; pointer: string; what: string };
export type Result = { documents: number; kinds: number; scores: Scores; misses: Miss[] };

const schemas = loadSchemas();
/** These the packages cannot judge: their schemas know one version each, and lost the form of durations. */
const beyondAjv = new Set(["wrong apiVersion", "removed apiVersion", "bad duration"]);

type Sample = {
  seed: number;
  /** Every how many documents one is tried; all their mutants are. */
  every: number;
};

/** Mutants of every valid document whose kind the packages know, placed with their JSON Schemas and confirmed by strict Ajv. */
export function measurePackages(
  repositories: readonly Repository[],
  { set, judge, seed, every }: Sample & { set: SchemaSet; judge: Judge },
): Result {
  const random = createRandom(seed);
  const documents = repositories
    .flatMap(({ tree }) => tree.manifests)
    .filter(({ patch, apiVersion, kind }) => !patch && findRemovedApi(apiVersion, kind) === undefined)
    .map(({ doc: { status: _, ...spec } }): Document => spec)
    .filter((doc) => judge.check(doc)?.length === 0 && schemas.check(doc)?.length === 0);
  const isFault = ({ fault, doc }: Mutant) => beyondAjv.has(fault) || judge.check(doc)!.length > 0;
  return measure(some(documents, seed, every), { mutate: (doc) => mutantsOf(doc, set, random), isFault });
}

/** Mutants of the kinds no package knows, placed by the shape of each document alone. */
export function measureOverlays(
  repositories: readonly Repository[],
  { set, others, seed, every }: Sample & { set: SchemaSet; others: readonly Document[] },
): Result {
  const random = createRandom(seed);
  const all = repositories.flatMap(({ tree }) => [
    ...tree.manifests.filter(({ patch }) => !patch).map(({ doc }) => doc),
    ...tree.kustomizations.map(({ doc }) => ({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      ...doc,
    })),
  ]);
  const documents = [...all, ...others].filter(
    (doc) =>
      !set.kinds.has(keyOf(doc)) &&
      // Nobody writes one by hand, and its fields are left open.
      doc.kind !== "FluxReport" &&
      findRemovedApi(String(doc.apiVersion), String(doc.kind)) === undefined &&
      schemas.check(doc)?.length === 0,
  );
  const mutate = (doc: Document) => overlayMutantsOf(doc, random);
  return measure(some(documents, seed, every), { mutate, isFault: () => true });
}

function some<T>(all: readonly T[], seed: number, every: number): T[] {
  return all.filter((_, i) => i % every === seed % every);
}

type Measure = {
  mutate: (doc: Document) => Mutant[];
  isFault: (mutant: Mutant) => boolean;
};

function measure(documents: readonly Document[], { mutate, isFault }: Measure): Result {
  const scores: Scores = Object.fromEntries(
    faultClasses.map((fault) => [fault, { made: 0, caught: 0, atPlace: 0, noFault: 0 }]),
  );
  const misses: Miss[] = [];
  for (const doc of documents) {
    for (const mutant of mutate(doc)) {
      const score = scores[mutant.fault]!;
      if (!isFault(mutant)) {
        score.noFault++;
        continue;
      }
      score.made++;
      const pointers = pointersOf(mutant.doc);
      if (pointers.length > 0) score.caught++;
      else misses.push({ kind: keyOf(doc), fault: mutant.fault, pointer: mutant.pointer, what: mutant.what });
      if (pointers.some((pointer) => isNear(pointer, mutant.pointer))) score.atPlace++;
    }
  }
  const kinds = new Set(documents.map(keyOf)).size;
  return { documents: documents.length, kinds, scores, misses };
}

/** Where the guard finds something: the table of removed APIs, then the schemas. */
export function pointersOf(doc: Document): string[] {
  if (findRemovedApi(String(doc.apiVersion), String(doc.kind)) !== undefined) return ["/apiVersion"];
  return (schemas.check(doc) ?? []).map(({ pointer }) => pointer);
}

/** At the fault, or at the object around it: what is missing has no place of its own. */
function isNear(pointer: string, fault: string): boolean {
  return pointer.startsWith(fault) || pointer === fault.slice(0, fault.lastIndexOf("/"));
}

function keyOf({ apiVersion, kind }: Document): string {
  return `${apiVersion}/${kind}`;
}
