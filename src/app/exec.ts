import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Programs we may run as a second opinion; none of them is needed. */
export const tools = ["kustomize", "kubectl", "helm"] as const;
export type Tool = (typeof tools)[number];

export type ToolRun =
  | { kind: "done"; stdout: string; stderr: string }
  /** It ran and refused; `code` is its exit code. */
  | { kind: "failed"; code: number; stdout: string; stderr: string }
  | { kind: "absent" }
  | { kind: "timeout"; timeoutMs: number }
  | { kind: "too-large"; maxBytes: number }
  | { kind: "aborted" };

const TIMEOUT_MS = 10_000; // A set renders in 80 to 220 ms with kubectl 1.32, measured on 2 cores.
const MAX_BYTES = 64 * 1024 * 1024;
const PROBE_MS = 2_000; // A namespace of one's own is made in about 5 ms, or refused at once.

/** Where each program lies on PATH, if it does. */
export function findTools(path = process.env.PATH ?? ""): Partial<Record<Tool, string>> {
  const found: Partial<Record<Tool, string>> = {};
  for (const tool of tools) {
    const file = path
      .split(delimiter)
      // A relative entry would run whatever lies in the folder we work on.
      .filter((folder) => folder.startsWith("/"))
      .map((folder) => join(folder, tool))
      .find(isExecutable);
    if (file !== undefined) found[tool] = file;
  }
  return found;
}

/** How a program is started without any network: the words before it, or none where the system does not allow that. */
export function withoutNetwork(path = process.env.PATH ?? ""): readonly string[] {
  const known = cages.get(path);
  if (known !== undefined) return known;
  const unshare = path
    .split(delimiter)
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, "unshare"))
    .find(isExecutable);
  // A namespace of users lets everybody do it; where that is switched off, root still may.
  const words =
    unshare === undefined
      ? []
      : [
          [unshare, "-r", "-n", "--"],
          [unshare, "-n", "--"],
        ];
  const works = words.find(
    ([program, ...args]) =>
      spawnSync(program!, [...args, "true"], { env: { PATH: path }, timeout: PROBE_MS }).status === 0,
  );
  cages.set(path, works ?? []);
  return works ?? [];
}

/** Asked once a PATH: whether the system allows it does not change while we run. */
const cages = new Map<string, readonly string[]>();

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs one program without a shell, with an empty home and no credentials, without a network where the system allows
 * that and with a dead proxy in any case, and stops it when time, output or patience ends. The caller has refused remote
 * references before.
 */
export async function runTool(
  name: Tool,
  args: readonly string[],
  {
    cwd,
    signal,
    timeoutMs = TIMEOUT_MS,
    maxBytes = MAX_BYTES,
    path = process.env.PATH ?? "",
  }: { cwd: string; signal: AbortSignal; timeoutMs?: number; maxBytes?: number; path?: string },
): Promise<ToolRun> {
  const file = findTools(path)[name];
  if (file === undefined) return { kind: "absent" };
  if (signal.aborted) return { kind: "aborted" };
  const home = await mkdtemp(join(tmpdir(), "edgewright-home-"));
  try {
    const [program, ...words] = [...withoutNetwork(path), file, ...args];
    return await run(program!, words, { cwd, signal, timeoutMs, maxBytes, env: caged(home, path) });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Nothing of our own environment is handed on: it holds tokens. */
function caged(home: string, path: string): NodeJS.ProcessEnv {
  const nowhere = "http://127.0.0.1:9"; // Port 9 is "discard": what honours a proxy reaches nothing.
  return {
    PATH: path,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    KUBECONFIG: "/dev/null",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    ALL_PROXY: nowhere,
    NO_PROXY: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "none",
    LANG: "C",
    GOMEMLIMIT: "512MiB", // The three are written in Go, which collects harder then.
  };
}

type Cage = { cwd: string; signal: AbortSignal; timeoutMs: number; maxBytes: number; env: NodeJS.ProcessEnv };

function run(
  file: string,
  args: readonly string[],
  { cwd, signal, timeoutMs, maxBytes, env }: Cage,
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    // Its own process group, so that what it starts (git) is stopped with it.
    const child = spawn(file, args, {
      cwd,
      env,
      shell: false,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    let ended: ToolRun | undefined;
    const stop = (outcome: ToolRun) => {
      ended ??= outcome;
      kill(child.pid);
    };
    const timer = setTimeout(() => stop({ kind: "timeout", timeoutMs }), timeoutMs);
    const abort = () => stop({ kind: "aborted" });
    signal.addEventListener("abort", abort, { once: true });
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) stop({ kind: "too-large", maxBytes });
        else chunks[stream].push(chunk);
      });
    }
    const clean = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    child.on("error", (cause) => {
      clean();
      reject(new Error(`${file} did not start: ${cause.message}`, { cause }));
    });
    child.on("close", (code) => {
      clean();
      const stdout = Buffer.concat(chunks.stdout).toString();
      const stderr = Buffer.concat(chunks.stderr).toString();
      if (ended !== undefined) resolve(ended);
      else
        resolve(
          code === 0
            ? { kind: "done", stdout, stderr }
            : { kind: "failed", code: code ?? -1, stdout, stderr },
        );
    });
  });
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It is gone already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
