import { baseName, type Command, type Word } from "#model/command.ts";
import type { NodeRole } from "#model/layout.ts";
import { splitWords } from "#model/shell.ts";
import { subcommands } from "./environment.ts";

/** A command line that starts K3s: as what, with which arguments, in which release. */
export type Invocation = { role: NodeRole; words: readonly Word[]; version?: string };
/** A word where a command of K3s belongs, and that is none. */
export type NoCommand = { unknown: Word };

/** Where the install script comes from, or what it is called. */
const INSTALLER = /get\.k3s\.io|k3s[-_]?install(er)?\.sh$|install[-_]?k3s\.sh$/;
/** Its name in the documentation; many a project has a script of that name, so the variables must say it is this one. */
const ANY_INSTALLER = /(^|\/)install\.sh$/;
const IMAGE = /(^|\/)rancher\/k3s:(\S+)$/;
const SHELLS = new Set(["sh", "bash", "ash", "dash"]);
const CONTAINERS = new Set(["docker", "podman", "nerdctl"]);

/** Reads the binary, the install script, the image, k3sup and k3d; undefined where a command is none of them. */
export function readInvocation(command: Command): Invocation | NoCommand | undefined {
  const { words } = command;
  const program = baseName(words[0]?.text ?? "");
  if (program === "k3s" && words[1] !== undefined) return readBinary(words[1], words.slice(2));
  if (CONTAINERS.has(program)) return readContainer(words);
  if (program === "k3sup") return readK3sup(words);
  if (program === "k3d") return readK3d(words);
  return readInstaller(command);
}

function readBinary(second: Word, rest: readonly Word[]): Invocation | NoCommand | undefined {
  const { text, open } = second;
  if (text === "server" || text === "agent") return { role: text, words: rest };
  const isOther = open || text.startsWith("-") || (subcommands as readonly string[]).includes(text);
  return isOther ? undefined : { unknown: second };
}

/** The script takes what INSTALL_K3S_EXEC holds, then its own arguments; the first word is the command unless it is an option. */
function readInstaller(command: Command): Invocation | NoCommand | undefined {
  const { words, env } = command;
  const installs = isInstaller(command);
  const exec = env.INSTALL_K3S_EXEC;
  if (!installs && (words.length > 0 || exec === undefined)) return undefined;
  const said = [...(exec === undefined ? [] : splitWords(exec)), ...(installs ? argumentsOf(words) : [])];
  const version = versionIn(env.INSTALL_K3S_VERSION?.text) ?? versionIn(env.INSTALL_K3S_CHANNEL?.text);
  const [first] = said;
  if (first !== undefined && !first.open && !first.text.startsWith("-")) {
    const read = readBinary(first, said.slice(1));
    return read === undefined || "unknown" in read ? read : { ...read, ...released(version) };
  }
  return { role: env.K3S_URL === undefined ? "server" : "agent", words: said, ...released(version) };
}

function isInstaller({ words, env, input }: Command): boolean {
  const isOurs = Object.keys(env).some((name) => /^(INSTALL_)?K3S_/.test(name));
  const installs = ({ text }: Word) => INSTALLER.test(text) || (isOurs && ANY_INSTALLER.test(text));
  const [program] = words;
  if (program === undefined) return false;
  if (installs(program)) return true;
  if (!SHELLS.has(baseName(program.text))) return false;
  const named = words.slice(1).some((word) => !word.text.startsWith("-") && installs(word));
  return named || (input?.some(installs) ?? false);
}

/** Behind `sh -s -`, `sh install.sh` or `./install.sh`. */
function argumentsOf(words: readonly Word[]): Word[] {
  if (!SHELLS.has(baseName(words[0]!.text))) return words.slice(1);
  let at = 1;
  while (at < words.length && /^-[a-z]{0,3}$/.test(words[at]!.text)) at++;
  if (words[at]?.text === "--") at++;
  const script = words[at]?.text ?? "";
  if (INSTALLER.test(script) || ANY_INSTALLER.test(script)) at++;
  return words.slice(at);
}

function readContainer(words: readonly Word[]): Invocation | undefined {
  const image = words.findIndex(({ text }) => IMAGE.test(text));
  if (image < 0) return undefined;
  // The binary may be named again behind the image.
  const at = baseName(words[image + 1]?.text ?? "") === "k3s" ? image + 2 : image + 1;
  const run = words[at]?.text;
  if (run !== "server" && run !== "agent") return undefined;
  return {
    role: run,
    words: words.slice(at + 1),
    ...released(versionIn(IMAGE.exec(words[image]!.text)![2])),
  };
}

/** `k3sup install --k3s-extra-args "…"`: https://github.com/alexellis/k3sup */
function readK3sup(words: readonly Word[]): Invocation | undefined {
  const extra = valueBehind("--k3s-extra-args", words);
  if (extra === undefined) return undefined;
  const joins = words.some(({ text }) => text === "join") && !words.some(({ text }) => text === "--server");
  const version = versionIn(valueBehind("--k3s-version", words)?.text);
  return { role: joins ? "agent" : "server", words: splitWords(extra), ...released(version) };
}

/** `k3d cluster create --k3s-arg "--disable=traefik@server:0"`: https://k3d.io/ */
function readK3d(words: readonly Word[]): Invocation | undefined {
  const args = words.filter((_, i) => i > 0 && words[i - 1]!.text === "--k3s-arg");
  const ofServers = args.filter(({ text }) => !text.includes("@agent"));
  if (ofServers.length === 0) return undefined;
  return {
    role: "server",
    words: ofServers.map((word) => ({ ...word, text: word.text.replace(/@[^@]*$/, "") })),
  };
}

function valueBehind(option: string, words: readonly Word[]): Word | undefined {
  const at = words.findIndex(({ text }) => text === option || text.startsWith(`${option}=`));
  const word = words[at];
  if (word === undefined) return undefined;
  return word.text === option ? words[at + 1] : { ...word, text: word.text.slice(option.length + 1) };
}

function versionIn(text = ""): string | undefined {
  return /^v?(\d+\.\d+(\.\d+)?)/.exec(text)?.[1];
}

function released(version: string | undefined): { version?: string } {
  return version === undefined ? {} : { version };
}
