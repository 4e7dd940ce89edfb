import { baseName, type Command, type Word } from "#model/command.ts";
import type { CommandProblem, NodeCommand } from "#model/layout.ts";
import { problem } from "#model/node-config.ts";
import { checkAddon } from "./check.ts";

/** Tracks with a release branch. Source: branches of https://github.com/canonical/microk8s, read 2026-11-20. */
const tracks = { first: 18, last: 36 };
const CHANNEL = /^(latest|1\.(\d+)(-strict|-eksd)?)(\/(stable|candidate|beta|edge))?$/;
const example = `1.${tracks.last}/stable`;

/** Reads `microk8s enable …` and `snap install microk8s --channel=…`; undefined where it is another command. */
export function readCommand({ words }: Command): NodeCommand | undefined {
  const program = baseName(words[0]?.text ?? "");
  if (program === "snap" && words.some(({ text }) => text === "microk8s")) return readSnap(words);
  const addons =
    program === "microk8s.enable"
      ? words.slice(1)
      : program === "microk8s" && words[1]?.text === "enable"
        ? words.slice(2)
        : undefined;
  if (addons === undefined) return undefined;
  // `metallb:10.0.0.1-10.0.0.9`: what stands behind the colon is the addon's own.
  const named = addons.filter(({ text, open }) => !open && !text.startsWith("-") && !text.includes("="));
  const names = named.map(({ text }) => text.split(":")[0]!);
  return {
    role: "unknown",
    options: { addons: names },
    check: ({ beside = [] }) => {
      const enabled = [
        ...names,
        ...beside.flatMap(({ addons: others }) => (Array.isArray(others) ? others : [])),
      ];
      return named.flatMap(({ line }, i) =>
        checkAddon(names[i]!, "", enabled.includes("community")).map(({ pointer: _, ...said }) => ({
          ...said,
          line,
        })),
      );
    },
  };
}

function readSnap(words: readonly Word[]): NodeCommand {
  const at = words.findIndex(({ text }) => /^--channel(=|$)/.test(text));
  const word = words[at];
  const channel = word?.text === "--channel" ? words[at + 1] : word;
  const value = channel?.text.replace(/^--channel=/, "") ?? "";
  const version = /^1\.\d+/.exec(value)?.[0];
  return {
    role: "unknown",
    options: {},
    ...(version !== undefined && { version }),
    check: () =>
      channel === undefined || channel.open || isChannel(value) ? [] : [noChannel(value, channel.line)],
  };
}

function isChannel(value: string): boolean {
  const [, , minor] = CHANNEL.exec(value) ?? [];
  if (minor === undefined) return CHANNEL.test(value) || /^(stable|candidate|beta|edge)$/.test(value);
  return Number(minor) >= tracks.first && Number(minor) <= tracks.last;
}

function noChannel(channel: string, line: number): CommandProblem {
  const { pointer: _, ...said } = problem("", "block", {
    values: { channel, example },
    message: {
      en: "MicroK8s has no channel {channel}.",
      de: "MicroK8s hat keinen Kanal {channel}.",
      es: "MicroK8s no tiene el canal {channel}.",
      zh: "MicroK8s 没有 {channel} 通道。",
    },
    fix: {
      en: "Name a track and a risk level, such as {example}.",
      de: "Track und Risikostufe nennen, etwa {example}.",
      es: "Indique una versión y un nivel de riesgo, por ejemplo {example}.",
      zh: "写明版本与风险等级，例如 {example}。",
    },
  });
  return { ...said, line };
}
