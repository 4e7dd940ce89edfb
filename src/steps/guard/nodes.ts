import type { Command, WrittenFile } from "#model/command.ts";
import type { Distro, NodeCommand, NodeRole } from "#model/layout.ts";
import { lineIndex } from "#model/lines.ts";
import type { Finding, Unchecked } from "#model/plan.ts";
import type { Manifest } from "#model/rule.ts";
import { findPieces, type Meanings } from "./nodes/find.ts";
import { isCloudConfig, type Pieces, readText } from "./nodes/texts.ts";
import { isYaml, type ParsedDocument, parseTree } from "./parse.ts";
import { sayUnreadable } from "./sentences.ts";
import { unchecked } from "./unchecked.ts";

/** What the guard needs of a distribution. */
export type NodeChecker = Pick<Distro, "isNodeConfig" | "checkNodeConfig"> &
  Partial<Pick<Distro, "name" | "version" | "readCommand" | "cloudConfig" | "variables" | "standsFor">>;

/** A document, or a file that is no YAML. */
type Origin = { path: string; index: number };

/** What was found in node configuration, and which documents were looked at. */
export type NodeFindings = {
  findings: Finding[];
  /** Documents that are node configuration, or write some. */
  checked: Set<Origin>;
  against: Record<string, string>;
  unchecked: Unchecked[];
  /** Objects that a node is given to apply by itself, on their lines in the file that writes them. */
  manifests: Manifest[];
};

type Config = {
  distro: NodeChecker;
  /** The path on the node or in the repository, which says what the file is. */
  file: string;
  content: string;
  value: unknown;
  origin: Origin;
  line: (pointer: string) => number;
  /** Whether its pointers are those of the origin. */
  own: boolean;
};
type Invocation = { distro: NodeChecker; command: NodeCommand; origin: Origin };
/** All that configures one node: the files below one `etc`, or what one cloud-config or script holds. */
type Site = { configs: Config[]; invocations: Invocation[] };

/** Names of distributions, and words only their configuration has; a text without any of them is not read. */
const HINT = /k3s|k0s|microk8s|flannel-backend|registries\.ya?ml|extraKube|extraSANs/i;
/** Folders whose objects K3s and k0s apply: https://docs.k3s.io/installation/packaged-components, https://docs.k0sproject.io/stable/manifests/ */
const DEPLOYED = /(?:\/k3s\/server|\/k0s)\/manifests\/.*\.(?:ya?ml|json)$/;
/** A script that writes a cloud-config that writes a script. */
const maxNesting = 3;

/** Checks node configuration: files by their path, what a cloud-config or a script writes, and command lines. */
export function checkNodes(
  documents: readonly ParsedDocument[],
  distros: readonly NodeChecker[],
  texts: ReadonlyMap<string, string>,
): NodeFindings {
  const result: NodeFindings = {
    findings: [],
    checked: new Set(),
    against: {},
    unchecked: [],
    manifests: [],
  };
  if (distros.length === 0) return result;
  const reader: Reader = {
    distros,
    sites: new Map(),
    result,
    keys: Object.assign({}, ...distros.map((one) => one.cloudConfig)),
    variables: Object.assign({}, ...distros.map((one) => one.variables)),
  };
  const hinted = new Set(
    [...texts].filter(([path, text]) => HINT.test(path) || HINT.test(text)).map(([path]) => path),
  );
  for (const document of documents) {
    if (hinted.has(document.path)) readDocument(document, texts.get(document.path) ?? "", reader);
  }
  for (const path of hinted) {
    if (!isYaml(path)) readFile(path, texts.get(path)!, reader);
  }
  for (const site of reader.sites.values()) checkSite(site, result);
  result.unchecked.sort((a, b) => (a.path < b.path ? -1 : 1));
  return result;
}

type Reader = {
  distros: readonly NodeChecker[];
  sites: Map<string, Site>;
  result: NodeFindings;
} & Meanings;

function siteOf(origin: Origin, { sites }: Reader): Site {
  const [root, ...below] = origin.path.split(/(?<=^|\/)etc\//);
  const key = below.length > 0 ? `${root}etc` : `${origin.path}\0${origin.index}`;
  const site = sites.get(key) ?? { configs: [], invocations: [] };
  sites.set(key, site);
  return site;
}

function readDocument(document: ParsedDocument, content: string, reader: Reader): void {
  const { path, value, line } = document;
  for (const distro of reader.distros) {
    const file = distro.isNodeConfig(path) ? path : distro.standsFor?.(path, value);
    if (file === undefined) continue;
    siteOf(document, reader).configs.push({
      distro,
      file,
      content,
      value,
      origin: document,
      line,
      own: true,
    });
    return;
  }
  take(findPieces(document, reader), document, { reader, depth: 0 });
}

/** A file that is no YAML by its name: a script, a unit, a file of variables, or a cloud-config called `user-data`. */
function readFile(path: string, content: string, reader: Reader): void {
  const origin = { path, index: 0 };
  if (isCloudConfig(content)) {
    takeFile({ path, content, lineAt: (line) => line }, origin, { reader, depth: 0 });
    return;
  }
  const pieces = readText(path, content);
  if (pieces !== undefined) take(pieces, origin, { reader, depth: 0 });
}

type Taking = { reader: Reader; depth: number };

function take({ commands, files }: Pieces, origin: Origin, taking: Taking): void {
  for (const command of commands) takeCommand(command, origin, taking.reader);
  for (const file of files) takeFile(file, origin, taking);
}

function takeCommand(command: Command, origin: Origin, reader: Reader): void {
  for (const distro of reader.distros) {
    const read = distro.readCommand?.(command);
    if (read === undefined) continue;
    siteOf(origin, reader).invocations.push({ distro, command: read, origin });
    return;
  }
}

/** A file that is written on the node: configuration, or one that writes more. */
function takeFile({ path, content, lineAt }: WrittenFile, origin: Origin, { reader, depth }: Taking): void {
  if (depth > maxNesting || !(HINT.test(path) || HINT.test(content))) return;
  if (DEPLOYED.test(path)) {
    takeManifests({ path, content, lineAt }, origin, reader);
    return;
  }
  const distro = reader.distros.find((one) => one.isNodeConfig(path));
  const next = { reader, depth: depth + 1 };
  if (distro === undefined && !isCloudConfig(content)) {
    const lines = lineIndex(content);
    const pieces = readText(path, content, (offset) => lineAt(lines(offset)));
    if (pieces !== undefined) take(pieces, origin, next);
    return;
  }
  const name = isYaml(path) ? path : `${path}.yaml`;
  const parsed = parseTree(new Map([[name, content]]));
  const broken = parsed.syntax.find(({ code }) => code !== "ambiguous-scalar");
  if (broken !== undefined) {
    if (distro === undefined) return;
    note({ distro, origin }, reader.result, { surroundings: true });
    reader.result.findings.push({ ...sayUnreadable(path), path: origin.path, line: lineAt(broken.line) });
    return;
  }
  for (const inner of parsed.documents) {
    const line = (pointer: string) => lineAt(inner.line(pointer));
    if (distro !== undefined) {
      const { value } = inner;
      siteOf(origin, reader).configs.push({ distro, file: path, content, value, origin, line, own: false });
      continue;
    }
    const scalar = (pointer: string) => moved(inner.scalar(pointer), lineAt);
    take(findPieces({ ...inner, line: (pointer = "") => line(pointer), scalar }, reader), origin, next);
  }
}

function takeManifests({ path, content, lineAt }: WrittenFile, origin: Origin, { result }: Reader): void {
  const { manifests, syntax } = parseTree(new Map([[path, content]]));
  const broken = syntax.find(({ code }) => code === "syntax" || code === "duplicate-key");
  if (broken !== undefined) {
    result.findings.push({ ...sayUnreadable(path), path: origin.path, line: lineAt(broken.line) });
    return;
  }
  if (manifests.length > 0) {
    result.checked.add(origin);
    noteSurroundings(origin, result);
  }
  for (const { line, column: _, ...manifest } of manifests) {
    const own = { path: origin.path, index: origin.index, embedded: true };
    result.manifests.push({ ...manifest, ...own, line: (pointer) => lineAt(line(pointer)) });
  }
}

function moved(source: ReturnType<ParsedDocument["scalar"]>, lineAt: (line: number) => number) {
  return source && { ...source, line: lineAt(source.line) };
}

/** A script of more commands than that for one node was not written by hand, and each would be compared with each. */
const mostCompared = 200;

function checkSite({ configs, invocations }: Site, result: NodeFindings): void {
  for (const [distro, own] of Map.groupBy(configs, ({ distro }) => distro)) {
    const commands = invocations.filter((one) => one.distro === distro);
    for (const config of own) {
      const others = own.filter((one) => one !== config).map(({ value }) => value);
      // Two commands in one script are those of two nodes.
      const beside = [
        ...others.filter(isMapping),
        ...(commands.length === 1 ? [commands[0]!.command.options] : []),
      ];
      const role = roleOf(config.origin.path, config.file) ?? sameRole(commands) ?? "unknown";
      const version = versionOf(commands);
      const { file: path, content: text, value: doc } = config;
      note(config, result, { surroundings: !config.own });
      for (const { pointer, ...said } of distro.checkNodeConfig({
        path,
        text,
        doc,
        role,
        beside,
        ...version,
      })) {
        const place = config.own ? { line: config.line(pointer), pointer } : { line: config.line(pointer) };
        result.findings.push({ ...ruleOf(said), path: config.origin.path, ...place, ...said });
      }
    }
  }
  for (const [distro, commands] of Map.groupBy(invocations, (one) => one.distro)) {
    const files = configs.filter((one) => one.distro === distro).map(({ value }) => value);
    const shared = versionOf(commands);
    for (const invocation of commands) {
      const { command, origin } = invocation;
      // What has no role is done to the node that is there, one thing after the other.
      const others =
        command.role === "unknown" ? commands.slice(0, mostCompared).filter((one) => one !== invocation) : [];
      const whole = commands.length === 1 ? files.filter(isMapping) : [];
      const beside = [...whole, ...others.map((one) => one.command.options)];
      note({ distro, origin }, result, { surroundings: true });
      const version = command.version === undefined ? shared : { version: command.version };
      for (const { line, ...said } of command.check({ role: command.role, beside, ...version })) {
        result.findings.push({ ...ruleOf(said), path: origin.path, line, ...said });
      }
    }
  }
}

function ruleOf({ severity }: Pick<Finding, "severity">): { rule: string } {
  return { rule: severity === "block" ? "NODE-01" : "NODE-02" };
}

function note(
  { distro, origin }: Pick<Config, "distro" | "origin">,
  result: NodeFindings,
  { surroundings }: { surroundings: boolean },
): void {
  if (distro.name !== undefined && distro.version !== undefined) result.against[distro.name] = distro.version;
  result.checked.add(origin);
  if (surroundings) noteSurroundings(origin, result);
}

function noteSurroundings(origin: Origin, result: NodeFindings): void {
  const known = result.unchecked.some(({ path }) => path === origin.path);
  // A manifest has a schema of its own for what surrounds it.
  const value = (origin as Partial<ParsedDocument>).value;
  const isManifest =
    isMapping(value) && typeof value.apiVersion === "string" && typeof value.kind === "string";
  if (!known && !isManifest) result.unchecked.push(unchecked(origin.path, "surroundings"));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function versionOf(commands: readonly Invocation[]): { version?: string } {
  const versions = new Set(commands.flatMap(({ command }) => command.version ?? []));
  const [version] = versions;
  return versions.size === 1 ? { version: version! } : {};
}

function sameRole(commands: readonly Invocation[]): NodeRole | undefined {
  const roles = new Set(commands.map(({ command }) => command.role));
  return roles.size === 1 ? [...roles][0] : undefined;
}

function roleOf(...paths: string[]): NodeRole | undefined {
  const words = paths
    .join("/")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.some((word) => ["agent", "agents", "worker", "workers"].includes(word))) return "agent";
  return words.some((word) => ["server", "servers", "controller"].includes(word)) ? "server" : undefined;
}
