import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { TaskError } from "#model/errors.ts";
import { makeFolder } from "../make-folder.ts";
import { type Adapter, afterPrefix, pageRows } from "./adapter.ts";

// Primary result codes, see https://www.sqlite.org/rescode.html
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

const busyMs = 2_000; // a backup tool may hold the file for a moment
const checkedAtStartBytes = 16 * 1024 * 1024; // `quick_check` reads all of it: about 10 ms per 16 MiB
const lockPollMs = 50;

// Left to itself, SQLite copies its log into the database within a commit, which takes some 4 ms longer then.
const pageBytes = 4_096;
const pagesToCopy = 1_000; // SQLite's own figure
const mostPages = 8 * pagesToCopy; // by then it does so even here
const quietMs = 5;

/**
 * Opens the SQLite file a store lives in, and locks it for this process. The lock is one the system holds on a file
 * beside it, so that it is gone with the process, `kill -9` included, and backups can still read the database.
 */
export async function openSqlite(path: string, { lockWaitMs = 1_000 } = {}): Promise<Adapter> {
  makeFolderOf(path);
  const lock = await takeLock(path, lockWaitMs);
  try {
    const database = guarded(path, () => open(path));
    return adapterOf(path, database, lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path), { mode: 0o700 });
  } catch (cause) {
    throw new TaskError(
      `store: cannot make the folder of "${path}". Name a file in a folder that can be written: EDGEWRIGHT_STORE=sqlite:FILE`,
      { cause },
    );
  }
}

async function takeLock(path: string, waitMs: number): Promise<DatabaseSync> {
  const until = Date.now() + waitMs;
  const lock = guarded(path, () => new DatabaseSync(`${path}.lock`));
  for (;;) {
    try {
      lock.exec("BEGIN EXCLUSIVE");
      return lock;
    } catch (error) {
      const busy = codeOf(error) === BUSY || codeOf(error) === LOCKED;
      if (busy && Date.now() < until) {
        await wait(lockPollMs);
        continue;
      }
      lock.close();
      if (!busy) throw explain(path, error);
      throw new TaskError(
        `store: "${path}" is in use by another Edgewright process. Stop that one, or name another file: EDGEWRIGHT_STORE=sqlite:FILE`,
        { cause: error },
      );
    }
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    if (statSync(path).size === 0) {
      chmodSync(path, 0o600); // what people wrote is in it
      database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    }
    // secure_delete overwrites what is deleted; WAL with NORMAL is safe against a killed process, while a loss of
    // power can cost the last moments, see https://www.sqlite.org/pragma.html#pragma_synchronous
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
    database.exec(`PRAGMA wal_autocheckpoint = ${mostPages}`);
    database.exec("CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)");
    if (statSync(path).size <= checkedAtStartBytes) checkPages(path, database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function checkPages(path: string, database: DatabaseSync): void {
  const [row] = database.prepare("PRAGMA quick_check(1)").all();
  const said = row && Object.values(row)[0];
  if (said !== "ok") throw damaged(path, new Error(String(said)));
}

function adapterOf(path: string, database: DatabaseSync, lock: DatabaseSync): Adapter {
  const statements = {
    get: database.prepare("SELECT value FROM records WHERE key = ?"),
    add: database.prepare("INSERT INTO records VALUES (?, ?) ON CONFLICT(key) DO NOTHING"),
    delete: database.prepare("DELETE FROM records WHERE key = ?"),
    range: database.prepare("SELECT key, value FROM records WHERE key > ? AND key < ? ORDER BY key LIMIT ?"),
    deleteRange: database.prepare("DELETE FROM records WHERE key >= ? AND key < ?"),
  };
  const setting = new Map<number, StatementSync>();
  /** One statement for so many records: SQLite's own transaction around it is the cheapest. */
  const setOf = (count: number): StatementSync => {
    const places = Array.from({ length: count }, () => "(?, ?)").join(", ");
    const made =
      setting.get(count) ??
      database.prepare(
        `INSERT INTO records VALUES ${places} ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      );
    setting.set(count, made);
    return made;
  };
  const checkpoints = checkpointsWhenQuiet(database);
  const write = writesTogether(path, { database, written: checkpoints.written });
  const run = (statement: StatementSync, ...values: SQLInputValue[]) => write.run(statement, values);
  const adapter: Adapter = {
    opts: { url: `sqlite:${path}` },
    on: () => adapter,
    async get<Value>(key: string) {
      write.flush();
      return guarded(path, () => statements.get.get(key))?.value as Value | undefined;
    },
    set: (key: string, value: string) => run(setOf(1), key, value),
    delete: async (key) => (await run(statements.delete, key)) > 0,
    async clear() {
      write.flush();
      guarded(path, () => database.exec("DELETE FROM records"));
    },
    add: async (key, value) => (await run(statements.add, key, value)) > 0,
    async write(records) {
      if (records.length > 0) await run(setOf(records.length), ...records.flat());
    },
    async *range(prefix) {
      const end = afterPrefix(prefix);
      write.flush();
      // The prefix itself is never a key: an id follows it.
      for (let last = prefix; ; ) {
        const page = guarded(path, () => statements.range.all(last, end, pageRows));
        for (const row of page) yield [String(row.key), String(row.value)];
        if (page.length < pageRows) return;
        last = String(page.at(-1)?.key);
      }
    },
    deleteRange: async (prefix) => run(statements.deleteRange, prefix, afterPrefix(prefix)),
    async compact() {
      write.flush();
      // Deleted text still stands in the log until it is truncated; freed pages are given back to the system.
      guarded(path, () => database.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)"));
    },
    async disconnect() {
      write.flush();
      checkpoints.end();
      if (database.isOpen) database.close();
      if (lock.isOpen) lock.close();
    },
  };
  return adapter;
}

type Write = {
  statement: StatementSync;
  values: SQLInputValue[];
  resolve: (changes: number) => void;
  reject: (error: unknown) => void;
};

/** Copies the log into the database once nothing was written for a moment, so that nobody's turn waits for it. */
function checkpointsWhenQuiet(database: DatabaseSync) {
  let pages = 0; // in the log, about
  let timer: NodeJS.Timeout | undefined;

  function copy(): void {
    timer = undefined;
    pages = 0;
    try {
      database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    } catch {
      // What is in the log is kept and read from there; a disk that is full is told of by the next write.
    }
  }

  return {
    written(values: readonly SQLInputValue[]): void {
      for (const value of values) pages += 1 + Math.floor(String(value).length / pageBytes);
      if (timer) timer.refresh();
      else if (pages >= pagesToCopy) timer = setTimeout(copy, quietMs).unref();
    },
    end: () => clearTimeout(timer),
  };
}

/** What is written within one turn of the event loop is one transaction: many conversations share the cost of a commit. */
function writesTogether(
  path: string,
  { database, written }: { database: DatabaseSync; written: (values: readonly SQLInputValue[]) => void },
) {
  let waiting: Write[] = [];

  function flush(): void {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    const isAlone = writes.length === 1; // then SQLite's own transaction is cheaper
    try {
      if (!isAlone) database.exec("BEGIN IMMEDIATE");
      const changes = writes.map(({ statement, values }) => Number(statement.run(...values).changes));
      if (!isAlone) database.exec("COMMIT");
      for (const [at, { resolve, values }] of writes.entries()) {
        written(values);
        resolve(changes[at]!);
      }
    } catch (error) {
      // None of them is there: whoever waits for one hears of it.
      if (database.isOpen && database.isTransaction) database.exec("ROLLBACK");
      for (const { reject } of writes) reject(explain(path, error));
    }
  }

  return {
    flush,
    run(statement: StatementSync, values: SQLInputValue[]): Promise<number> {
      if (waiting.length === 0) setImmediate(flush);
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiting.push({ statement, values, resolve, reject });
      return promise;
    },
  };
}

function guarded<T>(path: string, job: () => T): T {
  try {
    return job();
  } catch (error) {
    throw explain(path, error);
  }
}

function codeOf(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: number };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

function damaged(path: string, cause: unknown): TaskError {
  return new TaskError(
    `store: "${path}" is damaged or not a database of Edgewright. Move it away and put a backup in its place, or start without it`,
    { cause },
  );
}

/** One sentence for what SQLite said; the cause stays attached. */
function explain(path: string, cause: unknown): unknown {
  if (cause instanceof TaskError) return cause;
  switch (codeOf(cause)) {
    case CORRUPT:
    case NOTADB:
      return damaged(path, cause);
    case BUSY:
    case LOCKED:
      return new TaskError(`store: "${path}" is locked by another program. Close it and try again`, {
        cause,
      });
    case READONLY:
    case CANTOPEN:
      return new TaskError(
        `store: "${path}" cannot be written. Give this user the right to write the file and its folder, or name another: EDGEWRIGHT_STORE=sqlite:FILE`,
        { cause },
      );
    case FULL:
      return new TaskError(`store: no room left on the disk of "${path}". Free some and try again`, {
        cause,
      });
    case undefined:
      return cause;
    default:
      return new TaskError(`store: "${path}" cannot be used: ${(cause as Error).message}`, { cause });
  }
}
