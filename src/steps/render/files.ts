import type { Block } from "#model/block.ts";
import type { File, Plan } from "#model/plan.ts";
import type { Speaker } from "./speaker.ts";
import { toTree } from "./tree.ts";

const LANGUAGE_OF = /\.(ya?ml|json|toml|sh|md|conf|service|timer)$/;
const NODE_CONFIG = /(etc\/rancher\/k3s\/config\.yaml|etc\/k0s\/k0s\.yaml|\.microk8s\.yaml)$/;
const SYNC = /^kind: (OCIRepository|GitRepository|Application|ApplicationSet)$/m;
const NETWORK_POLICY = /^kind: NetworkPolicy$/m;
const SET = /^sets\/[^/]+\/kustomization\.yaml$/;
const AGENT = /(^|\/)agent\//;
const APP_POLICY = /^policies\/network\/edge-apps\.yaml$/;

/** A file as a code block under its path, with the checks it passed. */
export function fileBlocks(file: File, plan: Plan, { say, language }: Speaker): Block[] {
  const { report } = plan;
  const unchecked = report.unchecked.filter(({ path }) => path === file.path);
  const found = report.findings.filter(({ path }) => path === file.path);
  const isBlocked = found.some(({ severity }) => severity === "block");
  const passed = report.checks.map((check) => `${say(`check.${check}`)} ✓`).join(" · ");
  const status = isBlocked
    ? say("plan.file.blocked")
    : unchecked.length > 0
      ? say("plan.file.unchecked")
      : passed;
  const notes = [status, ...found.map(({ rule, message }) => `${rule}: ${message[language]}`)].filter(
    Boolean,
  );
  return [
    {
      kind: "code",
      language: LANGUAGE_OF.exec(file.path)?.[1]?.replace("yml", "yaml") ?? "",
      title: file.path,
      text: file.content,
    },
    ...(notes.length > 0 ? [{ kind: "paragraph", text: `*${notes.join(" · ")}*` } as const] : []),
  ];
}

/** What one wants to see before opening the zip, the better example of each kind first. */
const important: readonly ((file: File) => boolean)[][] = [
  [({ path }) => NODE_CONFIG.test(path) && !AGENT.test(path), ({ path }) => NODE_CONFIG.test(path)],
  [({ content }) => SYNC.test(content)],
  [({ path }) => APP_POLICY.test(path), ({ content }) => NETWORK_POLICY.test(content)],
  [({ path }) => SET.test(path)],
];

/** The four files that matter: node configuration, synchronisation, network policy, one set; those shown already left out. */
export function importantFiles(plan: Plan, shown: ReadonlySet<string> = new Set()): File[] {
  const found = important.map((tests) => {
    if (plan.files.some((file) => shown.has(file.path) && tests.some((test) => test(file)))) return undefined;
    return tests.map((test) => plan.files.find(test)).find((file) => file !== undefined);
  });
  return [...new Set(found.filter((file) => file !== undefined))];
}

/** The tree, then the files that matter and were not shown in a section already. */
export function repositoryBlocks(plan: Plan, speaker: Speaker): Block[] {
  if (plan.files.length === 0) return [];
  const { say } = speaker;
  const more = (count: number) => say("plan.repository.more", { count });
  const shown = new Set(
    plan.sections.flatMap(({ parts }) => parts.map((part) => (part.kind === "file" ? part.path : ""))),
  );
  const files = importantFiles(plan, shown);
  return [
    { kind: "heading", level: 2, text: say("plan.repository.heading", { count: plan.files.length }) },
    {
      kind: "code",
      language: "",
      text: toTree(
        plan.files.map(({ path }) => path),
        more,
      ),
    },
    ...files.flatMap((file) => fileBlocks(file, plan, speaker)),
  ];
}
