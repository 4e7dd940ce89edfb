import type { Adapter } from "./adapter.ts";

/** Keeps records in this process, for tests and `memory:`; gone at the end. */
export function openMemory(): Adapter {
  const rows = new Map<string, string>();
  const adapter: Adapter = {
    opts: { url: "memory:" },
    on: () => adapter,
    get: async <Value>(key: string) => rows.get(key) as Value | undefined,
    set: async (key: string, value: string) => void rows.set(key, value),
    delete: async (key) => rows.delete(key),
    clear: async () => rows.clear(),
    async add(key, value) {
      if (rows.has(key)) return false;
      rows.set(key, value);
      return true;
    },
    async write(records) {
      for (const [key, value] of records) rows.set(key, value);
    },
    async *range(prefix) {
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix)).sort();
      for (const key of keys) {
        const value = rows.get(key);
        if (value !== undefined) yield [key, value];
      }
    },
    async deleteRange(prefix) {
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys) rows.delete(key);
      return keys.length;
    },
    compact: async () => {},
    disconnect: async () => {},
  };
  return adapter;
}
