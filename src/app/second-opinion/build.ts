import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, posix } from "node:path";
import { parse } from "yaml";
import type { Kustomize, KustomizeProblem, Rendered, RenderedObject } from "#model/rule.ts";
import { type Fields, isMap, map, put, strings, word } from "#model/value.ts";
import type { Closure } from "#steps/kustomize/closure.ts";
import { runTool, type Tool } from "../exec.ts";

/** What a program made of one target, and of which files. */
export type Opinion = {
  files: ReadonlyMap<string, string>;
  rendered: Rendered;
  problems: KustomizeProblem[];
};

type Given = Parameters<Kustomize>[0];
type Asked = {
  tool: Extract<Tool, "kustomize" | "kubectl">;
  dir: string;
  closure: Extract<Closure, { kind: "closed" }>;
  given: Given;
  signal: AbortSignal;
  path: string;
};

/** Builds one target in a folder of its own that holds only what the build reads. Nothing when no answer came in time. */
export async function buildWithTool({
  tool,
  dir,
  closure,
  given,
  signal,
  path,
}: Asked): Promise<Opinion | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "edgewright-build-"));
  // Paths of a tree that was named from beside it start with steps up; they must not lead out of the folder.
  const steps = [...closure.files, ...closure.kustomizations.map((one) => one.path)].map(
    (one) => one.split("../").length,
  );
  const root = join(folder, ...Array.from({ length: Math.max(...steps) - 1 }, () => "up"));
  await mkdir(root, { recursive: true });
  try {
    await writeClosure(root, closure, { given, dir });
    const args = tool === "kustomize" ? ["build", normalize(dir)] : ["kustomize", normalize(dir)];
    const run = await runTool(tool, args, { cwd: root, signal, path });
    const files = new Map(
      [...closure.files, ...closure.kustomizations.map((one) => one.path)].map((one) => [
        one,
        given.files.get(one) ?? "",
      ]),
    );
    if (run.kind === "failed")
      return refusedBy(run.stderr.replaceAll(`${folder}/`, ""), { files, dir, closure });
    if (run.kind === "timeout" || run.kind === "too-large") {
      const limit = run.kind === "timeout" ? `${run.timeoutMs / 1_000} s` : `${run.maxBytes / 1_048_576} MiB`;
      const feature = `${tool} took more than ${limit}`;
      return { files, rendered: { kind: "unsupported", dir, feature }, problems: [] };
    }
    if (run.kind !== "done") return undefined;
    return {
      files,
      rendered: { kind: "rendered", dir, objects: objectsIn(run.stdout, { dir, given }) },
      problems: [],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Kustomizations are written as we read them, not as they were typed: a text that two readers of YAML understand
 * differently could otherwise name what was never looked at.
 */
async function writeClosure(
  root: string,
  closure: Asked["closure"],
  { given, dir }: { given: Given; dir: string },
): Promise<void> {
  for (const { path, doc, dir: own } of closure.kustomizations) {
    const isTarget = normalize(own) === normalize(dir);
    const asked = [...new Set([...strings(doc.buildMetadata), "originAnnotations"])];
    await write(join(root, path), JSON.stringify(isTarget ? { ...doc, buildMetadata: asked } : doc));
  }
  for (const path of closure.files) await write(join(root, path), given.files.get(path) ?? "");
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function refusedBy(
  stderr: string,
  { files, dir, closure }: Pick<Asked, "dir" | "closure"> & { files: Opinion["files"] },
): Opinion {
  const reason = shortened(stderr);
  const [{ path, line } = { path: dir, line: () => 1 }] = closure.kustomizations;
  return {
    files,
    rendered: { kind: "refused", dir, reason },
    problems: [{ code: "refused", path, line: line(), pointer: "", values: { reason } }],
  };
}

const reasonLength = 300;

/** The last error a nested message names is the one that says what is wrong. */
function shortened(stderr: string): string {
  const text = /(?:^|\s)err="?([\s\S]*)$|^Error: ([\s\S]*)$/m.exec(stderr);
  const whole = (text?.[1] ?? text?.[2] ?? stderr)
    .replace(/\\n|\s+/g, " ")
    .replace(/^<|[">\s]+$/g, "")
    .trim();
  return whole.length > reasonLength ? `…${whole.slice(-reasonLength)}` : whole;
}

const ORIGIN = "config.kubernetes.io/origin";

/** The documents of an output, one after the other, each with where it came from. */
function objectsIn(output: string, { dir, given }: { dir: string; given: Given }): RenderedObject[] {
  const lines = new Map<string, { doc: unknown; line: number }[]>();
  for (const { path, value, line } of given.documents) {
    const list = lines.get(path) ?? [];
    list.push({ doc: value, line: line() });
    lines.set(path, list);
  }
  return output.split(/^---$\n?/m).flatMap((text) => {
    const doc: unknown = parse(text, { version: "1.2", logLevel: "silent" });
    if (!isMap(doc)) return [];
    const path = takeOrigin(doc, dir);
    const candidates = (lines.get(path) ?? []).filter(
      ({ doc: other }) => isMap(other) && other.kind === doc.kind,
    );
    const name = word(map(doc.metadata).name);
    const named = candidates.find(({ doc: other }) =>
      name.includes(word(map((other as Fields).metadata).name)),
    );
    return [{ doc, path, line: (named ?? candidates[0])?.line ?? 1 }];
  });
}

/** The file an object came from, by the note that kustomize left in it; the note is taken out. */
function takeOrigin(doc: Fields, dir: string): string {
  const metadata = map(doc.metadata);
  const annotations = map(metadata.annotations);
  const note = word(annotations[ORIGIN]);
  const { [ORIGIN]: _, ...rest } = annotations;
  if (note !== "" && Object.keys(rest).length > 0) put(metadata, "annotations", rest);
  else if (note !== "") delete metadata.annotations;
  const from = /^(?:path|configuredIn):\s*(\S+)\s*$/m.exec(note)?.[1];
  const path = posix.normalize(posix.join(dir, from ?? "kustomization.yaml"));
  return path === "." ? "kustomization.yaml" : path;
}
