import type { NodeConfigProblem } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import { isMapping, pointerPart, problem, typeOf, unknownKey, wrongType } from "#model/node-config.ts";

/** Keys of registries.yaml. Source: pkg/registries/types.go of https://github.com/rancher/wharfie at bb7080c. */
const mirrorKeys = { endpoint: "list", rewrite: "mapping" } as const;
const configKeys = { auth: "mapping", tls: "mapping" } as const;
const authKeys = {
  username: "string",
  password: "string",
  auth: "string",
  identity_token: "string",
} as const;
const tlsKeys = {
  ca_file: "string",
  cert_file: "string",
  key_file: "string",
  insecure_skip_verify: "boolean",
} as const;

const ignored = {
  en: "K3s ignores it, so the registry setting never applies.",
  de: "K3s ignoriert ihn; die Einstellung der Registry wirkt also nie.",
  es: "K3s la ignora, así que el ajuste del registro nunca se aplica.",
  zh: "K3s 会忽略它，因此该镜像仓库设置不会生效。",
};

/** Checks registries.yaml: mirrors, rewrites, credentials and certificates. */
export function checkRegistries(doc: Record<string, unknown>): NodeConfigProblem[] {
  return [
    ...checkKeys(doc, "", { mirrors: "mapping", configs: "mapping", auths: "mapping" }),
    ...each(doc.mirrors, "/mirrors", checkMirror),
    ...each(doc.configs, "/configs", checkHost),
  ];
}

type Check = (value: Record<string, unknown>, pointer: string) => NodeConfigProblem[];

function each(value: unknown, pointer: string, check: Check): NodeConfigProblem[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const at = pointer + pointerPart(name);
    // An empty mirror is how a registry takes part in the embedded mirror.
    if (entry === null) return [];
    if (isMapping(entry)) return check(entry, at);
    return [wrongType(at, { key: name, expected: "mapping", found: typeOf(entry) })];
  });
}

function checkMirror(mirror: Record<string, unknown>, pointer: string): NodeConfigProblem[] {
  const endpoints = Array.isArray(mirror.endpoint) ? mirror.endpoint : [];
  return [
    ...checkKeys(mirror, pointer, mirrorKeys),
    ...endpoints.flatMap((endpoint, i) =>
      typeof endpoint === "string" && /^https?:\/\/[^/\s]+/.test(endpoint)
        ? []
        : [notAUrl(`${pointer}/endpoint/${i}`, String(endpoint))],
    ),
  ];
}

function checkHost(host: Record<string, unknown>, pointer: string): NodeConfigProblem[] {
  return [
    ...checkKeys(host, pointer, configKeys),
    ...(isMapping(host.auth) ? checkKeys(host.auth, `${pointer}/auth`, authKeys) : []),
    ...(isMapping(host.tls) ? checkKeys(host.tls, `${pointer}/tls`, tlsKeys) : []),
  ];
}

function checkKeys(
  value: Record<string, unknown>,
  pointer: string,
  keys: Readonly<Record<string, string>>,
): NodeConfigProblem[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = pointer + pointerPart(key);
    if (!Object.hasOwn(keys, key)) {
      const nearest = nearestNames(key, Object.keys(keys));
      return [unknownKey(at, { what: "registries.yaml", key, nearest, effect: ignored })];
    }
    const found = typeOf(entry);
    if (found === "null" || found === keys[key]) return [];
    return [wrongType(at, { key, expected: keys[key]!, found })];
  });
}

function notAUrl(pointer: string, endpoint: string): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { endpoint },
    message: {
      en: "A mirror endpoint is a URL with http:// or https://, not {endpoint}.",
      de: "Ein Mirror-Endpunkt ist eine URL mit http:// oder https://, nicht {endpoint}.",
      es: "El endpoint de un espejo es una URL con http:// o https://, no {endpoint}.",
      zh: "镜像端点必须是以 http:// 或 https:// 开头的 URL，而不是 {endpoint}。",
    },
    fix: {
      en: "Write https://{endpoint}.",
      de: "https://{endpoint} schreiben.",
      es: "Escriba https://{endpoint}.",
      zh: "改为 https://{endpoint}。",
    },
  });
}
