/** A YAML mapping as plain data. */
export type Fields = Record<string, unknown>;

/** Whether a value is a mapping. */
export function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a mapping; anything else reads as an empty one. */
export function map(value: unknown): Fields {
  return isMap(value) ? value : {};
}

/** The mappings of a list; anything else reads as none. */
export function maps(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** The strings of a list; anything else reads as none. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The value as text; numbers and booleans as YAML writes them, anything else as nothing. */
export function word(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Sets an own property even where the name is one of Object.prototype's. */
export function put(target: Fields, key: string, value: unknown): void {
  // Every other name becomes an own property by assignment, which is much faster.
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy that shares nothing with the original; plain data only. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isMap(value)) return value;
  const result: Fields = {};
  for (const key of Object.keys(value)) put(result, key, copy(value[key]));
  return result as T;
}

/** Reads an own property only. */
export function get(target: Fields, key: string): unknown {
  return Object.hasOwn(target, key) ? target[key] : undefined;
}
