import type { Command, Word, WrittenFile } from "#model/command.ts";
import { lineIndex } from "#model/lines.ts";
import { readShell } from "#model/shell.ts";

/** What a text runs and writes on a node. */
export type Pieces = { commands: Command[]; files: WrittenFile[] };

const UNIT = /\.service$|\.service\.d\/[^/]+\.conf$/;
const SCRIPT = /\.(sh|bash)$|(^|\/)(Dockerfile|Containerfile)[^/]*$/;
const VARIABLES = /\.env$|(^|\/)etc\/(default|sysconfig)\/[^/]+$/;
const SHEBANG = /^#!.*\b(sh|bash|ash|dash)\b/;
/** Of cloud-init and Kairos; jinja may stand on the line above. */
const CLOUD_CONFIG = /^(## template: jinja\r?\n)?#(cloud-config|kairos-config)\b/;

/** Whether a text is a cloud-config, whatever its file is called: `user-data` has no extension. */
export function isCloudConfig(content: string): boolean {
  return CLOUD_CONFIG.test(content);
}

/** Reads a script, a systemd unit or a file of variables; undefined where a text is none of them. */
export function readText(
  path: string,
  content: string,
  lineAt: (offset: number) => number = lineIndex(content),
): Pieces | undefined {
  if (UNIT.test(path)) return { commands: readUnit(content, lineAt), files: [] };
  if (SCRIPT.test(path) || SHEBANG.test(content) || VARIABLES.test(path)) return readShell(content, lineAt);
  return undefined;
}

/** The commands of a systemd unit, each with the environment the unit gives. */
function readUnit(content: string, lineAt: (offset: number) => number): Command[] {
  const env: Record<string, Word> = {};
  const commands: Command[] = [];
  // A line that ends in a backslash goes on on the next.
  for (const { 0: line, index } of content.matchAll(/^(?:[^\n]*\\\r?\n)*[^\n]*$/gm)) {
    const [head, name, value = ""] = /^\s*(ExecStart|Environment)\s*=\s*[@:+!-]*(.*)$/s.exec(line) ?? [];
    if (head === undefined) continue;
    const start = index + line.length - value.length;
    const words = readShell(escapeSpecials(value), (offset) => lineAt(start + offset)).commands;
    if (name === "Environment") for (const command of words) Object.assign(env, variablesIn(command));
    else commands.push(...words);
  }
  return commands.length > 0
    ? commands.map((command) => ({ ...command, env: { ...env, ...command.env } }))
    : Object.keys(env).length > 0
      ? [{ words: [], env }]
      : [];
}

/** systemd runs no shell: these have no meaning there. */
function escapeSpecials(value: string): string {
  return value.replaceAll(/[;&|<>()#]/g, " ");
}

/** `Environment="A=b" "C=d e"`: quoted as a whole, so that a shell would not see assignments. */
function variablesIn({ words, env }: Command): Record<string, Word> {
  const pairs = words.flatMap((word) => {
    const at = word.text.indexOf("=");
    return at < 1 ? [] : [[word.text.slice(0, at), { ...word, text: word.text.slice(at + 1) }] as const];
  });
  return { ...env, ...Object.fromEntries(pairs) };
}
