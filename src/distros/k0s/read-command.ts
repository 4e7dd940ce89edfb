import { baseName, type Command, type Word } from "#model/command.ts";
import type { CommandProblem, NodeCommand, NodeConfigProblem, NodeRole } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import { problem, strayWord, unknownOption, withoutValue, wrongValue } from "#model/node-config.ts";
import { type OptionProblem, type Options, readOptions } from "#model/options.ts";
import { verbatim } from "#model/text.ts";
import { components, flags } from "./flags.ts";

const what = "k0s";
const byAlias = new Map(
  Object.entries(flags).flatMap(([name, { aliases }]) =>
    (aliases ?? []).map((alias) => [alias, name] as const),
  ),
);

/** Reads `k0s controller`, `k0s worker` and `k0s install` of either; undefined where it is another command. */
export function readCommand({ words }: Command): NodeCommand | undefined {
  if (baseName(words[0]?.text ?? "") !== "k0s") return undefined;
  const at = words[1]?.text === "install" ? 2 : 1;
  const command = words[at]?.text;
  if (command !== "controller" && command !== "worker") return at === 2 ? noRole(words[at]) : undefined;
  return readArguments(command, words.slice(at + 1));
}

/** `k0s install` takes nothing but these two; other commands may be those of another release. */
function noRole(word: Word | undefined): NodeCommand | undefined {
  if (word === undefined || word.open || word.text.startsWith("-")) return undefined;
  const { text: value, line } = word;
  const said = wrongValue("", { key: "k0s install", value, allowed: ["controller", "worker"] });
  return { role: "unknown", options: {}, check: () => [at(line, said)] };
}

/** The options of a controller or a worker, wherever they are written. */
export function readArguments(command: "controller" | "worker", words: readonly Word[]): NodeCommand {
  const options = readOptions(words, {
    nameOf: (written) => byAlias.get(written) ?? written,
    kindOf: (name) => (Object.hasOwn(flags, name) ? flags[name]!.kind : undefined),
  });
  const role: NodeRole = command === "controller" ? "server" : "agent";
  return {
    role,
    options: options.values,
    // A join token may stand behind the options, without one of its own.
    check: () => [
      ...options.problems.filter(({ code }) => code !== "stray").map(sayOption),
      ...strays(options, command),
      ...Object.keys(options.values).flatMap((name) => checkOption(name, { options, command })),
      ...contradictions(options),
    ],
  };
}

function sayOption({ code, word, line }: OptionProblem): CommandProblem {
  if (code === "no-value") return at(line, withoutValue({ what, option: word }));
  const nearest = nearestNames(word.replace(/^-+/, ""), Object.keys(flags)).map((name) => `--${name}`);
  return at(line, unknownOption({ what, option: word, nearest }));
}

/** One word is the join token of a worker or a joining controller; a second one belongs to nothing. */
function strays({ problems }: Options, command: string): CommandProblem[] {
  const words = problems.filter(({ code }) => code === "stray");
  const tokens = words.filter(({ word }) => word.length > 40);
  return words
    .filter((one) => one !== tokens[0])
    .map(({ word, line }) => at(line, strayWord({ what: `k0s ${command}`, word, fix: "" })));
}

function checkOption(
  name: string,
  { options: { values, lines }, command }: { options: Options; command: "controller" | "worker" },
): CommandProblem[] {
  const flag = flags[name]!;
  const line = lines[name]![0]!;
  if (flag.on !== "both" && flag.on !== command) return [at(line, otherCommand(name, flag.on, command))];
  if (flag.deprecated) return [at(line, withoutUse(name))];
  const value = values[name];
  if (flag.values !== undefined && !flag.values.includes(String(value))) {
    return [at(line, wrongValue("", { key: `--${name}`, value: String(value), allowed: flag.values }))];
  }
  return name === "disable-components" ? checkComponents(value, lines[name]!) : [];
}

function checkComponents(value: unknown, lines: readonly number[]): CommandProblem[] {
  return (value as string[]).flatMap((item, i) =>
    item
      .split(",")
      .filter(
        (name) => name !== "" && !name.includes("$") && !(components as readonly string[]).includes(name),
      )
      .map((name) => {
        const near = nearestNames(name, components);
        const allowed = near.length > 0 ? near : components;
        return at(
          lines[i] ?? lines[0]!,
          wrongValue("", { key: "--disable-components", value: name, allowed }),
        );
      }),
  );
}

function contradictions({ values, lines }: Options): CommandProblem[] {
  const found: CommandProblem[] = [];
  if (values.single !== undefined && values["token-file"] !== undefined) {
    found.push(at(lines["token-file"]![0]!, exclude("--single", "--token-file")));
  }
  if (
    values["no-taints"] !== undefined &&
    values["enable-worker"] === undefined &&
    values.single === undefined
  ) {
    found.push(at(lines["no-taints"]![0]!, needs("--no-taints", "--enable-worker")));
  }
  return found;
}

function at(line: number, { pointer: _, ...said }: NodeConfigProblem): CommandProblem {
  return { ...said, line };
}

function otherCommand(name: string, on: string, here: string): NodeConfigProblem {
  return problem("", "block", {
    values: { option: `--${name}`, on, here },
    message: {
      en: "{option} is an option of k0s {on}; k0s {here} does not have it.",
      de: "{option} ist eine Option von k0s {on}; k0s {here} kennt sie nicht.",
      es: "{option} es una opción de k0s {on}; k0s {here} no la tiene.",
      zh: "{option} 是 k0s {on} 的选项，k0s {here} 没有该选项。",
    },
    fix: {
      en: "Remove {option} here.",
      de: "{option} hier entfernen.",
      es: "Elimine {option} aquí.",
      zh: "在此处删除 {option}。",
    },
  });
}

function withoutUse(name: string): NodeConfigProblem {
  return problem("", "warn", {
    values: { option: `--${name}` },
    message: {
      en: "{option} is still read by k0s and does nothing any more.",
      de: "{option} wird von k0s noch gelesen, bewirkt aber nichts mehr.",
      es: "k0s aún lee {option}, pero ya no hace nada.",
      zh: "k0s 仍会读取 {option}，但它已不起作用。",
    },
    fix: {
      en: "Remove {option}.",
      de: "{option} entfernen.",
      es: "Elimine {option}.",
      zh: "删除 {option}。",
    },
  });
}

function exclude(first: string, second: string): NodeConfigProblem {
  return problem("", "block", {
    values: { first, second },
    message: {
      en: "{first} makes a cluster nobody can join, so {second} contradicts it.",
      de: "{first} ergibt einen Cluster, dem niemand beitreten kann; {second} widerspricht dem.",
      es: "{first} crea un clúster al que nadie puede unirse, así que {second} lo contradice.",
      zh: "{first} 创建的集群无法加入其他节点，因此与 {second} 矛盾。",
    },
    fix: {
      en: "Keep one of {first} and {second}.",
      de: "Nur eines von {first} und {second} behalten.",
      es: "Conserve solo uno de {first} y {second}.",
      zh: "{first} 与 {second} 只保留一个。",
    },
  });
}

function needs(option: string, other: string): NodeConfigProblem {
  return problem("", "block", {
    values: { option, other },
    message: {
      en: "{option} has no effect without {other}.",
      de: "{option} wirkt nicht ohne {other}.",
      es: "{option} no tiene efecto sin {other}.",
      zh: "没有 {other}，{option} 不起作用。",
    },
    fix: verbatim("{other} {option}"),
  });
}
