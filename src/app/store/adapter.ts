import type { KeyvStoreAdapter } from "keyv";

export type Row = readonly [key: string, value: string];

/** What a database must do for us beyond keyv: ranges in key order, and giving deleted room back. */
export type Adapter = KeyvStoreAdapter & {
  /** Every key that starts with the prefix, in key order, while others may be written or deleted. */
  range: (prefix: string) => AsyncGenerator<Row, void>;
  /** Writes only where the key is new; says whether it did. */
  add: (key: string, value: string) => Promise<boolean>;
  /** Writes records, each key once: afterwards all of them are there, or none. */
  write: (records: readonly Row[]) => Promise<void>;
  deleteRange: (prefix: string) => Promise<number>;
  /** After it, nothing of a deleted record can be read from the database's files. */
  compact: () => Promise<void>;
  disconnect: () => Promise<void>;
};

/** First string after all strings that start with the prefix, by code unit. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

/** Rows read at once by `range`; small, since a plan can weigh megabytes. */
export const pageRows = 50;
