import { createRequire } from "node:module";
import { KeyvPostgres } from "@keyv/postgres";
import { TaskError } from "#model/errors.ts";
import { type Adapter, pageRows, type Row } from "./adapter.ts";

/** The parts of `pg` used here; it comes with the adapter and brings no types. */
type Rows = { rows: Record<string, unknown>[]; rowCount: number | null };
type Queries = { query: (sql: string, values?: unknown[]) => Promise<Rows> };
type Client = Queries & {
  release: (broken?: boolean) => void;
  on: (event: "error", listener: (error: Error) => void) => void;
};
type Pool = Queries & {
  connect: () => Promise<Client>;
  end: () => Promise<void>;
  on: (event: "error", listener: (error: Error) => void) => void;
};

const TABLE = "edgewright";
const SCHEMA = "public"; // where the adapter looks too, whatever the search path is
const connectMs = 10_000;
const poolSize = 5; // turns are short; one more holds the lock
const lockPollMs = 100;

/**
 * Opens the records in PostgreSQL. A session-level advisory lock keeps a second process out; the server releases it
 * with the connection, so also when this process is killed.
 */
export async function openPostgres(url: string, { lockWaitMs = 1_000 } = {}): Promise<Adapter> {
  const pool = openPool(url);
  const where = hidePassword(url);
  try {
    const holder = await takeLock(pool, where, lockWaitMs);
    return await adapterOf({ pool, holder, where });
  } catch (error) {
    await pool.end();
    throw explain(where, error);
  }
}

function openPool(url: string): Pool {
  // The adapter's own pool is one for the whole process, shared over URLs, and has no listener for a server that
  // restarts, which ends the process. So it gets a pool of ours, of the same `pg`.
  const { Pool } = createRequire(createRequire(import.meta.url).resolve("@keyv/postgres"))("pg") as {
    Pool: new (options: object) => Pool;
  };
  const pool = new Pool({ connectionString: url, max: poolSize + 1, connectionTimeoutMillis: connectMs });
  pool.on("error", () => {}); // an idle connection broke; the next query opens another or says what is wrong
  return pool;
}

type Holder = { alive: boolean; client: Client };

async function takeLock(pool: Pool, where: string, waitMs: number): Promise<Holder> {
  const until = Date.now() + waitMs;
  const client = await pool.connect();
  const holder: Holder = { alive: true, client };
  client.on("error", () => {
    holder.alive = false;
  });
  for (;;) {
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtext($1)) AS taken", [TABLE]);
    if (rows[0]?.taken === true) return holder;
    if (Date.now() >= until) break;
    await new Promise((resolve) => setTimeout(resolve, lockPollMs));
  }
  client.release();
  throw new TaskError(
    `store: "${where}" is in use by another Edgewright process. Stop that one, or name another database in EDGEWRIGHT_STORE`,
  );
}

async function adapterOf({
  pool,
  holder,
  where,
}: {
  pool: Pool;
  holder: Holder;
  where: string;
}): Promise<Adapter> {
  // Keys in byte order, whatever the database's language: ranges are read by it.
  await pool.query(
    `CREATE TABLE IF NOT EXISTS ${SCHEMA}.${TABLE} (key TEXT COLLATE "C" PRIMARY KEY, value TEXT)`,
  );

  async function query(sql: string, values?: unknown[]): Promise<Rows> {
    if (!holder.alive) await regainLock();
    try {
      return await pool.query(sql, values);
    } catch (error) {
      throw explain(where, error);
    }
  }

  /** After a restart of the server the lock is gone with its connection; without it nothing is read or written. */
  async function regainLock(): Promise<void> {
    try {
      const { client } = holder;
      const next = await takeLock(pool, where, 0);
      client.release(true);
      next.client.on("error", () => {
        holder.alive = false;
      });
      Object.assign(holder, next);
    } catch (error) {
      throw explain(where, error);
    }
  }

  class Records extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: unknown[]) => (await query(sql, values)).rows;
    }
    override async disconnect() {
      holder.client.release();
      await pool.end();
    }
  }
  const records = new Records({ uri: where, table: TABLE, schema: SCHEMA });
  records.on("error", () => {}); // said before by the query itself, which throws
  return Object.assign(records, {
    async add(key: string, value: string) {
      const { rowCount } = await query(
        `INSERT INTO ${SCHEMA}.${TABLE} VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`,
        [key, value],
      );
      return rowCount === 1;
    },
    async write(written: readonly Row[]) {
      await query(
        `INSERT INTO ${SCHEMA}.${TABLE} SELECT * FROM unnest($1::text[], $2::text[])
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        [written.map(([key]) => key), written.map(([, value]) => value)],
      );
    },
    async *range(prefix: string): AsyncGenerator<Row, void> {
      for (let last = prefix; ; ) {
        const { rows } = await query(
          `SELECT key, value FROM ${SCHEMA}.${TABLE} WHERE key > $1 AND starts_with(key, $2) ORDER BY key LIMIT ${pageRows}`,
          [last, prefix],
        );
        for (const row of rows) yield [String(row.key), String(row.value)];
        if (rows.length < pageRows) return;
        last = String(rows.at(-1)?.key);
      }
    },
    async deleteRange(prefix: string) {
      const { rowCount } = await query(`DELETE FROM ${SCHEMA}.${TABLE} WHERE starts_with(key, $1)`, [prefix]);
      return rowCount ?? 0;
    },
    async compact() {
      await query(`VACUUM ${SCHEMA}.${TABLE}`);
    },
  }) as unknown as Adapter;
}

function hidePassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = "";
  parsed.search = "";
  return parsed.href;
}

const CONNECTION = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOSTUNREACH|08|57P)/;
const CREDENTIALS = /^(28|3D000)/;

/** One sentence for what PostgreSQL said; the cause stays attached. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function explain(where: string, cause: unknown): unknown {
  if (cause instanceof TaskError) return cause;
  const { code = "", message = "" } = (cause ?? {}) as { code?: string; message?: string };
  if (CREDENTIALS.test(code))
    return new TaskError(
      `store: "${where}" refused the user, the password or the database. Check EDGEWRIGHT_STORE`,
      { cause },
    );
  if (CONNECTION.test(code) || /timeout|terminated|Connection/i.test(message))
    return new TaskError(`store: "${where}" cannot be reached. Is PostgreSQL running there?`, { cause });
  if (code === "42501")
    return new TaskError(
      `store: "${where}" does not let this user create or use the table ${TABLE}. Grant it CREATE and USAGE on the schema`,
      { cause },
    );
  return new TaskError(`store: "${where}" cannot be used: ${message || String(cause)}`, { cause });
}
