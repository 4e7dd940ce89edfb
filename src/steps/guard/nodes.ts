import type { Distro, NodeConfig } from "#model/layout.ts";
import type { Finding, Unchecked } from "#model/plan.ts";
import { type ParsedDocument, parseTree } from "./parse.ts";
import { sayUnreadable } from "./sentences.ts";
import { unchecked } from "./unchecked.ts";

/** What the guard needs of a distribution. */
export type NodeChecker = Pick<Distro, "isNodeConfig" | "checkNodeConfig"> &
  Partial<Pick<Distro, "name" | "version">>;

/** What was found in node configuration, and which documents were looked at. */
export type NodeFindings = {
  findings: Finding[];
  /** Documents that are node configuration, or write some. */
  checked: Set<ParsedDocument>;
  against: Record<string, string>;
  unchecked: Unchecked[];
};

/** Checks node configuration: files by their path, and those a cloud-config writes. */
export function checkNodes(
  documents: readonly ParsedDocument[],
  distros: readonly NodeChecker[],
  texts: ReadonlyMap<string, string>,
): NodeFindings {
  const result: NodeFindings = { findings: [], checked: new Set(), against: {}, unchecked: [] };
  for (const document of documents) {
    const distro = distros.find((one) => one.isNodeConfig(document.path));
    if (distro === undefined) {
      checkEmbedded(document, distros, result);
      continue;
    }
    result.checked.add(document);
    const content = texts.get(document.path) ?? "";
    check(
      { distro, file: document.path, content, document, inner: document.value, line: document.line },
      result,
    );
  }
  return result;
}

type Place = {
  distro: NodeChecker;
  /** The path on the node or in the repository, which says what the file is. */
  file: string;
  content: string;
  document: ParsedDocument;
  inner: unknown;
  line: (pointer: string) => number;
};

function check({ distro, file, content, document, inner, line }: Place, result: NodeFindings): void {
  if (distro.name !== undefined && distro.version !== undefined) result.against[distro.name] = distro.version;
  const role = roleOf(document.path, file);
  for (const problem of distro.checkNodeConfig({ path: file, text: content, doc: inner, role })) {
    const { severity, message, fix, pointer, mend } = problem;
    const rule = severity === "block" ? "NODE-01" : "NODE-02";
    const place = { path: document.path, line: line(pointer), pointer };
    result.findings.push({ rule, severity, ...place, message, fix, ...(mend && { mend }) });
  }
}

function roleOf(...paths: string[]): NodeConfig["role"] {
  const words = paths
    .join("/")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.some((word) => ["agent", "agents", "worker", "workers"].includes(word))) return "agent";
  return words.some((word) => ["server", "servers", "controller"].includes(word)) ? "server" : "unknown";
}

type Written = { path: string; content: string; pointer: string };

/** cloud-init calls them `write_files`, Kairos `files` of a stage: a path, and the content written there. */
function checkEmbedded(
  document: ParsedDocument,
  distros: readonly NodeChecker[],
  result: NodeFindings,
): void {
  for (const { path, content, pointer } of writtenFiles(document.value)) {
    const distro = distros.find((one) => one.isNodeConfig(path));
    if (distro === undefined) continue;
    result.checked.add(document);
    const rest = unchecked(document.path, "surroundings");
    if (!result.unchecked.some((entry) => entry.path === rest.path)) result.unchecked.push(rest);
    const parsed = parseTree(new Map([[path, content]]));
    const first = document.line(`${pointer}/content`);
    if (parsed.syntax.some(({ code }) => code !== "ambiguous-scalar")) {
      result.findings.push({ ...sayUnreadable(path), path: document.path, line: first, pointer });
      continue;
    }
    for (const inner of parsed.documents) {
      // A block scalar starts on the line below its key.
      const line = (at: string) => first + inner.line(at);
      check({ distro, file: path, content, document, inner: inner.value, line }, result);
    }
  }
}

function writtenFiles(value: unknown, pointer = "", depth = 0): Written[] {
  if (typeof value !== "object" || value === null || depth > 6) return [];
  if (Array.isArray(value))
    return value.flatMap((item, i) => writtenFiles(item, `${pointer}/${i}`, depth + 1));
  const { path, content, encoding } = value as Record<string, unknown>;
  if (typeof path === "string" && typeof content === "string" && encoding === undefined) {
    return [{ path, content, pointer }];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    writtenFiles(inner, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, depth + 1),
  );
}
