import { posix } from "node:path";
import type { Mend } from "#model/plan.ts";
import type { Kustomization, KustomizeProblem } from "#model/rule.ts";
import { type Fields, isMap, map, maps, strings } from "#model/value.ts";
import { deprecatedFields } from "./fields.ts";
import { fileSource } from "./generate.ts";
import { shapeProblems } from "./kustomization-shape.ts";
import { isInside, isRemote, normaliseDir } from "./paths.ts";
import { parseDocuments, type Tree } from "./read.ts";

type Report = (
  code: KustomizeProblem["code"],
  pointer: string,
  values: KustomizeProblem["values"],
  mend?: Mend,
) => void;

/** What is wrong with one kustomization by itself: fields, references, what the renderer refuses to run. */
export function inspect(kustomization: Kustomization, tree: Tree): KustomizeProblem[] {
  const problems: KustomizeProblem[] = [];
  const report: Report = (code, pointer, values, mend) => {
    const place = { path: kustomization.path, line: kustomization.line(pointer), pointer };
    problems.push({ code, ...place, values, ...(mend && { mend }) });
  };
  checkFields(kustomization, report);
  checkReferences(kustomization, tree, report);
  checkFiles(kustomization, tree, report);
  checkGenerators(kustomization, report);
  return problems;
}

function checkFields({ doc }: Kustomization, report: Report): void {
  const content = Object.keys(doc).filter(
    (field) => !["apiVersion", "kind", "metadata"].includes(field) && (doc[field] ?? undefined) !== undefined,
  );
  if (content.length === 0) report("empty", "", {});
  for (const field of Object.keys(doc)) {
    const instead = deprecatedFields[field];
    if (instead !== undefined) report("deprecated", `/${field}`, { field, instead }, replace(field, doc));
  }
  for (const { pointer, field, ...found } of shapeProblems(doc)) {
    if (found.code === "wrong-type") report("wrong-type", pointer, { field, expected: found.expected });
    // Fields in another case are taken by kustomize, but by few who read the file after it.
    else report("unknown-field", pointer, { field, near: found.near }, rename(found.certain));
  }
  for (const field of ["patches", "patchesJson6902"]) {
    for (const [i, { patch }] of maps(doc[field]).entries()) {
      if (typeof patch !== "string" || parseDocuments(patch) !== undefined) continue;
      report("wrong-type", `/${field}/${i}/patch`, { field: `${field}.patch`, expected: "YAML" });
    }
  }
}

function rename(to: string | undefined): Mend | undefined {
  return to === undefined ? undefined : { kind: "rename", to };
}

/** A field in its new shape, where what it holds gives the same result there: `kustomize edit fix` without its doubts. */
function replace(field: string, doc: Fields): Mend | undefined {
  const value = doc[field];
  const isWhole = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
  const canReplace = {
    commonLabels: doc.labels === undefined && isMap(value) && Object.keys(value).length > 0,
    // Beside `patches` the order in which they are applied would change.
    patchesStrategicMerge: doc.patches === undefined && isWhole,
    bases: isWhole,
  };
  return canReplace[field as keyof typeof canReplace] ? { kind: "field", from: field } : undefined;
}

/** Fields whose entries may be folders with a kustomization of their own. */
const FOLDER_FIELDS = ["resources", "bases", "components"];

function checkReferences({ doc, dir }: Kustomization, tree: Tree, report: Report): void {
  for (const field of FOLDER_FIELDS) {
    for (const [i, target] of strings(doc[field]).entries()) {
      const pointer = `/${field}/${i}`;
      const path = resolvePath(normaliseDir(dir), target, { field, pointer, report, tree });
      if (path === undefined) continue;
      if (tree.files.has(path)) {
        if (field === "components") report("no-kustomization", pointer, { field, target });
        else if (!isInside(normaliseDir(dir), path)) report("outside", pointer, { field, target });
        continue;
      }
      if (!tree.folders.has(path)) report("missing", pointer, { field, target });
      else if (!tree.kustomizations.has(path)) report("no-kustomization", pointer, { field, target });
    }
  }
}

function resolvePath(
  dir: string,
  target: string,
  { field, pointer, report, tree }: { field: string; pointer: string; report: Report; tree: Tree },
): string | undefined {
  if (isRemote(target)) {
    report("remote", pointer, { field, target });
    return undefined;
  }
  const path = tree.resolve(dir, target);
  if (path === undefined) report("escape", pointer, { field, target });
  return path;
}

function checkFiles(kustomization: Kustomization, tree: Tree, report: Report): void {
  const dir = normaliseDir(kustomization.dir);
  for (const { field, pointer, target } of filesOf(kustomization)) {
    const path = resolvePath(dir, target, { field, pointer, report, tree });
    if (path === undefined) continue;
    if (!tree.files.has(path)) {
      if (!tree.folders.has(path)) report("missing", pointer, { field, target });
    } else if (!isInside(dir, path)) report("outside", pointer, { field, target });
  }
}

/** Every reference of a kustomization to a plain file. */
export function filesOf({ doc }: Kustomization): { field: string; pointer: string; target: string }[] {
  const found: { field: string; pointer: string; target: string }[] = [];
  const add = (field: string, pointer: string, target: unknown) => {
    if (typeof target === "string" && target !== "") found.push({ field, pointer, target });
  };
  for (const field of ["patches", "patchesJson6902", "replacements"]) {
    for (const [i, item] of maps(doc[field]).entries()) add(field, `/${field}/${i}/path`, item.path);
  }
  for (const field of [
    "patchesStrategicMerge",
    "configurations",
    "crds",
    "generators",
    "transformers",
    "validators",
  ]) {
    for (const [i, item] of strings(doc[field]).entries()) {
      if (!item.includes("\n")) add(field, `/${field}/${i}`, item);
    }
  }
  for (const field of ["configMapGenerator", "secretGenerator"]) {
    for (const [i, item] of maps(doc[field]).entries()) {
      for (const [j, file] of strings(item.files).entries()) {
        add(field, `/${field}/${i}/files/${j}`, fileSource(file).path);
      }
      for (const [j, file] of strings(item.envs).entries()) add(field, `/${field}/${i}/envs/${j}`, file);
      add(field, `/${field}/${i}/env`, item.env);
    }
  }
  add("openapi", "/openapi/path", map(doc.openapi).path);
  return found;
}

/** Helm and functions would run programs or fetch charts while the tree is built. */
const PROGRAMS = ["helmCharts", "helmChartInflationGenerator", "generators"];
/** Configuration of kustomize's own transformers, which runs nothing. */
const BUILTIN = /^\s*apiVersion:\s*['"]?builtin['"]?\s*$/m;

function checkGenerators({ doc, dir }: Kustomization, report: Report): void {
  for (const field of PROGRAMS) {
    const value = doc[field];
    if (!Array.isArray(value) || value.length === 0) continue;
    const items = strings(value);
    if (items.length > 0 && items.every((item) => BUILTIN.test(item))) continue;
    report("helm", `/${field}`, { field, where: posix.join(dir, field) });
  }
}
