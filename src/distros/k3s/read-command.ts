import type { Command, Word } from "#model/command.ts";
import type { CommandProblem, NodeCommand, NodeConfigProblem, NodeSite } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import { problem, strayWord, unknownOption, withoutValue } from "#model/node-config.ts";
import { type OptionProblem, type Options, readOptions } from "#model/options.ts";
import { type Text, verbatim } from "#model/text.ts";
import { checkConfig, isGone, optionOf } from "./check-config.ts";
import { installerVariables, removedVariables, variables } from "./environment.ts";
import { flags, removedFlags } from "./flags.ts";
import { readInvocation } from "./invocation.ts";

/** Reads `k3s server …`, the install script with its variables, and the image; undefined where it is none of them. */
export function readCommand(command: Command): NodeCommand | undefined {
  const invocation = readInvocation(command);
  if (invocation === undefined) return undefined;
  if ("unknown" in invocation) return noCommand(invocation.unknown);
  const { role, words, version } = invocation;
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

/** A near miss is named; anything else may be the command of another release. */
function noCommand({ text, line }: Word): NodeCommand | undefined {
  const nearest = nearestNames(text, ["server", "agent"]);
  if (nearest.length === 0) return undefined;
  return { role: "unknown", options: {}, check: () => [{ ...sayUnknownCommand(text, nearest), line }] };
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
