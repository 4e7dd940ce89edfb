import { baseName, type Command, type Word } from "#model/command.ts";
import type { CommandProblem, NodeCommand, NodeConfigProblem, NodeRole, NodeSite } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import { problem, strayWord, unknownOption, withoutValue } from "#model/node-config.ts";
import { type OptionProblem, type Options, readOptions } from "#model/options.ts";
import { splitWords } from "#model/shell.ts";
import { type Text, verbatim } from "#model/text.ts";
import { checkConfig, isGone, optionOf } from "./check-config.ts";
import { installerVariables, removedVariables, subcommands, variables } from "./environment.ts";
import { flags, removedFlags } from "./flags.ts";

/** Where the install script comes from, or lies. */
const INSTALLER =
  /get\.k3s\.io|rancher-mirror\.[\w.]+\/k3s\/k3s-install\.sh|(^|\/)(k3s-)?install(-k3s|_k3s)?\.sh$/;
const IMAGE = /(^|\/)rancher\/k3s:(\S+)$/;
const SHELLS = new Set(["sh", "bash", "ash", "dash"]);
const CONTAINERS = new Set(["docker", "podman", "nerdctl"]);

type Reading = { role: NodeRole; words: readonly Word[]; version?: string };

/** Reads `k3s server …`, the install script with its variables, and the image; undefined where it is none of them. */
export function readCommand(command: Command): NodeCommand | undefined {
  const reading = readInvocation(command);
  if (reading === undefined) return undefined;
  if ("problem" in reading) return { role: "unknown", options: {}, check: () => [reading.problem] };
  const { role, words, version } = reading;
  const options = readOptions(words, {
    nameOf: optionOf,
    kindOf: (name) => kindOf(name),
  });
  const fromEnvironment = environmentOptions(command.env);
  return {
    role,
    ...(version !== undefined && { version }),
    options: { ...fromEnvironment, ...options.values },
    check: (site) => [
      ...options.problems.flatMap((one) => sayOption(one, site)),
      ...checkOptions(options, { ...site, role, beside: [...(site.beside ?? []), fromEnvironment] }),
      ...checkEnvironment(command.env),
    ],
  };
}

function kindOf(name: string) {
  // What is gone is named by the check, so its value is read as one.
  if (Object.hasOwn(removedFlags, name))
    return name === "no-flannel" || name === "disable-selinux" ? "boolean" : "list";
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) return undefined;
  return flag.type === "boolean" || flag.type === "list" ? flag.type : "value";
}

function readInvocation({ words, env, input }: Command): Reading | { problem: CommandProblem } | undefined {
  const [first, second] = words;
  const program = baseName(first?.text ?? "");
  if (program === "k3s" && second !== undefined) return readBinary(second, words.slice(2));
  if (CONTAINERS.has(program)) {
    const image = words.findIndex(({ text }) => IMAGE.test(text));
    const run = image < 0 ? undefined : words[image + 1];
    if (run?.text !== "server" && run?.text !== "agent") return undefined;
    return {
      role: run.text,
      words: words.slice(image + 2),
      version: versionIn(IMAGE.exec(words[image]!.text)![2]!),
    };
  }
  const installs = isInstaller(words, input);
  const exec = env.INSTALL_K3S_EXEC;
  if (!installs && (words.length > 0 || exec === undefined)) return undefined;
  const said = [...(exec === undefined ? [] : splitWords(exec)), ...(installs ? argumentsOf(words) : [])];
  const command = said[0]?.text;
  const version = installedVersion(env);
  const release = version === undefined ? {} : { version };
  if (command === "server" || command === "agent") return { role: command, words: said.slice(1), ...release };
  // The script takes the first word for the command unless it is an option; K3S_URL makes it an agent.
  if (command !== undefined && !command.startsWith("-") && !said[0]!.open)
    return readBinary(said[0]!, said.slice(1));
  return { role: env.K3S_URL === undefined ? "server" : "agent", words: said, ...release };
}

function readBinary(second: Word, rest: readonly Word[]): Reading | { problem: CommandProblem } | undefined {
  const { text, line, open } = second;
  if (text === "server" || text === "agent") return { role: text, words: rest };
  if (open || text.startsWith("-") || (subcommands as readonly string[]).includes(text)) return undefined;
  const nearest = nearestNames(text, ["server", "agent"]);
  if (nearest.length === 0) return undefined;
  return { problem: { ...sayUnknownCommand(text, nearest), line } };
}

function isInstaller(words: readonly Word[], input: readonly Word[] | undefined): boolean {
  const program = words[0]?.text ?? "";
  if (INSTALLER.test(program)) return true;
  if (!SHELLS.has(baseName(program))) return false;
  if (words.slice(1).some(({ text }) => !text.startsWith("-") && INSTALLER.test(text))) return true;
  return input?.some(({ text }) => INSTALLER.test(text)) ?? false;
}

/** Behind `sh -s -`, `sh install.sh` or `./install.sh`. */
function argumentsOf(words: readonly Word[]): Word[] {
  if (!SHELLS.has(baseName(words[0]!.text))) return words.slice(1);
  let at = 1;
  while (at < words.length && /^-[a-z]*$/.test(words[at]!.text) && words[at]!.text.length <= 4) at++;
  if (words[at]?.text === "--") at++;
  if (words[at] !== undefined && INSTALLER.test(words[at]!.text)) at++;
  return words.slice(at);
}

function installedVersion(env: Command["env"]): string | undefined {
  const exact = env.INSTALL_K3S_VERSION;
  const channel = env.INSTALL_K3S_CHANNEL;
  return versionIn(exact?.text ?? "") ?? versionIn(channel?.text ?? "");
}

function versionIn(text: string): string | undefined {
  return /^v?(\d+\.\d+(\.\d+)?)/.exec(text)?.[1];
}

function environmentOptions(env: Command["env"]): Record<string, unknown> {
  const set = Object.entries(env).filter(
    ([name]) => Object.hasOwn(variables, name) && variables[name] !== "",
  );
  return Object.fromEntries(set.map(([name, { text }]) => [variables[name]!, text]));
}

function checkOptions({ values, lines }: Options, site: NodeSite): CommandProblem[] {
  return checkConfig(values, site).map(({ pointer, ...said }) => {
    const [key = "", item] = pointer.slice(1).split("/");
    const at = lines[key] ?? [];
    return { ...asOption(said, key), line: at[Number(item ?? 0)] ?? at[0] ?? 1 };
  });
}

/** A key of a file is written with dashes on a command line, and so is what takes its place. */
function asOption(said: Omit<NodeConfigProblem, "pointer">, key: string): Omit<NodeConfigProblem, "pointer"> {
  const instead = Object.hasOwn(removedFlags, key) ? removedFlags[key]!.instead : "";
  if (instead === "") return said;
  const [name, value] = instead.split(": ");
  return { ...said, fix: verbatim(value === undefined ? `--${name}` : `--${name}=${value}`) };
}

function sayOption({ code, word, line, after = "" }: OptionProblem, site: NodeSite): CommandProblem[] {
  const what = "K3s";
  if (code === "no-value") return [{ ...bare(withoutValue({ what, option: word })), line }];
  if (code === "unknown") {
    const name = word.replace(/^-+/, "").replaceAll("_", "-");
    if (Object.hasOwn(removedFlags, name) && !isGone(name, site.version)) return [];
    const nearest = nearestNames(name, Object.keys(flags)).map((one) => `--${one}`);
    return [{ ...bare(unknownOption({ what, option: word, nearest })), line }];
  }
  return [{ ...bare(strayWord({ what, word, fix: repeated(word, after) })), line }];
}

/** `--cluster-init true` and `--disable traefik servicelb`: what was meant is plain. */
function repeated(word: string, after: string): string {
  const flag = flags[after.slice(2)];
  if (flag?.type === "boolean" && /^(true|false)$/.test(word)) return `${after}=${word}`;
  return flag?.type === "list" ? `${after}=${word}` : "";
}

function bare({ pointer: _, ...said }: NodeConfigProblem): Omit<NodeConfigProblem, "pointer"> {
  return said;
}

function checkEnvironment(env: Command["env"]): CommandProblem[] {
  return Object.entries(env).flatMap(([name, { line }]) => {
    const instead = removedVariables[name];
    if (instead !== undefined) return [{ ...sayVariable(name, [instead]), line }];
    const known = name.startsWith("INSTALL_K3S_") ? installerVariables : Object.keys(variables);
    if (!/^(INSTALL_)?K3S_/.test(name) || (known as readonly string[]).includes(name)) return [];
    // Scripts have variables of their own; only what is nearly one of these is surely a slip.
    const nearest = nearestNames(name, known).filter((one) => Math.abs(one.length - name.length) <= 2);
    return nearest.length === 0 ? [] : [{ ...sayVariable(name, nearest), line }];
  });
}

function sayVariable(name: string, nearest: readonly string[]): Omit<NodeConfigProblem, "pointer"> {
  return bare(
    problem("", "block", {
      values: { name, nearest: nearest.join(", ") },
      message: {
        en: "K3s does not read the variable {name}, so it has no effect.",
        de: "K3s liest die Variable {name} nicht; sie wirkt also nicht.",
        es: "K3s no lee la variable {name}, así que no tiene efecto.",
        zh: "K3s 不读取变量 {name}，因此它不起作用。",
      },
      fix: renamed,
    }),
  );
}

function sayUnknownCommand(command: string, nearest: readonly string[]): Omit<NodeConfigProblem, "pointer"> {
  return bare(
    problem("", "block", {
      values: { command, nearest: nearest.join(", ") },
      message: {
        en: "K3s has no command {command}.",
        de: "K3s kennt keinen Befehl {command}.",
        es: "K3s no tiene el comando {command}.",
        zh: "K3s 没有 {command} 命令。",
      },
      fix: renamed,
    }),
  );
}

const renamed: Text = {
  en: "Write {nearest}.",
  de: "{nearest} schreiben.",
  es: "Escriba {nearest}.",
  zh: "改为 {nearest}。",
};
