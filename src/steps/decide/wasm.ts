import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import { type After, isCommonArch } from "./site.ts";

type Wasm = "none" | "spin" | "wasmedge" | "wasmtime";

const wasmFromMiB = 2_048;

/** Shims exist for amd64 and arm64, need a cluster whose containerd calls them, and room beside it (H15). */
export function canRunWasm(site: After<"distribution">): boolean {
  return site.distribution !== "none" && isCommonArch(site) && site.memoryMiB >= wasmFromMiB;
}

const shim = {
  en: "The shim is baked into the system image, the RuntimeClass names it, and only labelled nodes get such pods; nothing of it is built in.",
  de: "Der Shim steckt im Systemimage, die RuntimeClass nennt ihn, und nur markierte Knoten erhalten solche Pods; eingebaut ist davon nichts.",
  es: "El shim va en la imagen del sistema, la RuntimeClass lo nombra y solo los nodos etiquetados reciben esos pods; nada de ello viene integrado.",
  zh: "shim 预置在系统镜像中，由 RuntimeClass 引用，且只有带标签的节点运行此类 Pod；这些都不是内置的。",
};

/** WebAssembly beside containers, where it was asked for. */
export const wasm: Family<Wasm, After<"distribution">> = {
  hangsOn: ["wasm", "arch", "memoryMiB"],
  rows: [
    {
      id: "W0",
      when: (site) => site.answers.wasm === "none",
      choice: "none",
      reason: {
        en: "Nobody asked for WebAssembly.",
        de: "WebAssembly ist nicht gefordert.",
        es: "No se pidió WebAssembly.",
        zh: "没有 WebAssembly 需求。",
      },
      sources: [sources.k3sWasm],
    },
    {
      id: "H15",
      when: (site) => !canRunWasm(site),
      choice: "none",
      reason: {
        en: "Shims are published for amd64 and arm64 only, and need a cluster with 2 GB a node.",
        de: "Shims gibt es nur für amd64 und arm64, und sie brauchen einen Cluster mit 2 GB je Knoten.",
        es: "Los shims solo se publican para amd64 y arm64 y necesitan un clúster con 2 GB por nodo.",
        zh: "shim 仅发布 amd64 和 arm64 版本，且需要每节点 2 GB 的集群。",
      },
      sources: [sources.spinShim, sources.k3sWasm],
    },
    {
      id: "W1",
      when: (site) => site.answers.wasm === "wasmedge",
      choice: "wasmedge",
      reason: shim,
      sources: [sources.k3sWasm],
    },
    {
      id: "W1",
      when: (site) => site.answers.wasm === "wasmtime",
      choice: "wasmtime",
      reason: shim,
      sources: [sources.k3sWasm],
    },
    {
      id: "W1",
      when: always,
      choice: "spin",
      reason: shim,
      sources: [sources.spinShim, sources.shimManager],
    },
  ],
  whyNot: {
    spin: {
      when: (site) => site.answers.wasm !== "none" && canRunWasm(site),
      why: {
        en: "The most complete shim, with an operator of its own; another runtime was asked for.",
        de: "Der vollständigste Shim, mit eigenem Operator; gewünscht war eine andere Laufzeit.",
        es: "El shim más completo, con operador propio; se pidió otro runtime.",
        zh: "最完整的 shim，有自己的 operator；但指定的是其他运行时。",
      },
      source: sources.spinShim,
    },
    wasmedge: {
      when: (site) => site.answers.wasm === "any",
      why: {
        en: "Detected by K3s too; Spin brings an application format and an operator.",
        de: "Wird von K3s ebenfalls erkannt; Spin bringt ein Anwendungsformat und einen Operator mit.",
        es: "K3s también lo detecta; Spin aporta un formato de aplicación y un operador.",
        zh: "K3s 同样能识别；但 Spin 提供了应用格式和 operator。",
      },
      source: sources.k3sWasm,
    },
  },
};

/** RuntimeClass and containerd handler of a choice; SpinKube expects a name of its own (C52). */
export function runtimeOf(choice: Wasm): { runtimeClass: string | null; handler: string | null } {
  if (choice === "none") return { runtimeClass: null, handler: null };
  if (choice === "spin") return { runtimeClass: "wasmtime-spin-v2", handler: "spin" };
  return { runtimeClass: choice, handler: choice };
}
