import type { CompleteAnswers, DeviceType } from "./brief.ts";
import type { Command } from "./command.ts";
import type { BudgetRow, Decisions } from "./decision.ts";
import type { File, Mend, Severity } from "./plan.ts";
import type { Text } from "./text.ts";

/** A pinned image or chart of the catalogue. */
export type Image = { image: string; source: string };
export type Chart = { chart: string; repository: string; version: string; source: string };

/** One build target: a region and a device type. `slug` is `<region>-<device>`, safe in a path. */
export type FleetSet = { slug: string; region: string; device: string; deviceType: DeviceType };

/** Everything a shelf file may need to lay out its part of the repository. All of it is data; no free text of a person in it. */
export type LayOutContext = {
  answers: CompleteAnswers;
  decisions: Decisions;
  /** Slugs, made safe and unique. */
  regions: readonly string[];
  devices: readonly { slug: string; deviceType: DeviceType }[];
  sets: readonly FleetSet[];
  images: Readonly<Record<string, Image>>;
  charts: Readonly<Record<string, Chart>>;
  /** Placeholder hosts of the fleet's own services, the same everywhere: `registry.example.com/edge`, … (RFC 2606). */
  hosts: { registry: string; git: string; metrics: string; ntp: string; tang: string };
  /** Serialises one or more documents as YAML the one way the repository is written; `comment` becomes `#` lines on top. */
  yaml: (documents: unknown | unknown[], comment?: string) => string;
};

/** Facts of one distribution and the files only it needs. Shelf `distros/`. */
export type Distro = {
  id: "k3s" | "k0s" | "microk8s";
  name: string;
  /** The pinned release of the catalogue and the Kubernetes inside it. */
  version: string;
  kubernetes: string;
  arches: readonly string[];
  /** Documented minimum of a node with control plane, and of a pure worker, MiB. */
  minimumMiB: { server: number; agent: number | null };
  datastores: readonly ("sqlite" | "etcd" | "dqlite" | "external")[];
  budget: (answers: CompleteAnswers) => BudgetRow[];
  /** Where its node configuration lies in the repository and on a device, so that the guard knows it by path. */
  isNodeConfig: (path: string) => boolean;
  /** The path on a node of a file that lies elsewhere, where its name and its keys say what it is: `site/k3s.yaml`. */
  standsFor?: (path: string, value: unknown) => string | undefined;
  /** Checks one node configuration against the catalogue of flags and keys. */
  checkNodeConfig: (config: NodeConfig) => NodeConfigProblem[];
  /** What one of its own command lines says: its binary, its installer. Undefined where the command is another's. */
  readCommand?: (command: Command) => NodeCommand | undefined;
  /** Keys of a cloud-config that hold its arguments, and the command they are arguments of: `k3s: { args: [] }` of Kairos. */
  cloudConfig?: Readonly<Record<string, readonly string[]>>;
  /** Variables of its Ansible roles: words that follow a command, or the text of a file. */
  variables?: Readonly<Record<string, readonly string[] | { file: string }>>;
  /** Flags and keys that exist, for prompts and prose checks: `--flannel-backend`, `disable`. */
  words: () => readonly string[];
  layOut: (context: LayOutContext) => File[];
};

export type NodeRole = "server" | "agent" | "unknown";
/** What is known of the node that a file or a command belongs to. */
export type NodeSite = {
  role: NodeRole;
  /** The release that runs there, where the same files say so: `1.30.4`. */
  version?: string;
  /** What else is configured there: drop-ins, command lines, the environment; as keys of its configuration file. */
  beside?: readonly Readonly<Record<string, unknown>>[];
};
export type NodeConfig = NodeSite & { path: string; text: string; doc: unknown };
export type NodeConfigProblem = {
  /** JSON pointer into the document. */
  pointer: string;
  severity: Severity;
  message: Text;
  fix: Text;
  mend?: Mend;
};

/** A command line, read: who runs it, which release it installs, what it sets. */
export type NodeCommand = {
  role: NodeRole;
  version?: string;
  options: Readonly<Record<string, unknown>>;
  check: (site: NodeSite) => CommandProblem[];
};
/** A problem of a command line; `line` is that of its file. */
export type CommandProblem = Omit<NodeConfigProblem, "pointer"> & { line: number };

/** Facts of one GitOps engine and the files only it needs. Shelf `gitops/`. */
export type GitOps = {
  id: "flux" | "argocd";
  name: string;
  version: string;
  minimumMiB: number;
  /** What its parts take; `decisions` where they are settled, because charts take a controller more. */
  budget: (answers: CompleteAnswers, decisions?: Pick<Decisions, "templating" | "secrets">) => BudgetRow[];
  layOut: (context: LayOutContext) => File[];
};

export function defineDistro(distro: Distro): Distro {
  return distro;
}
export function defineGitOps(engine: GitOps): GitOps {
  return engine;
}
