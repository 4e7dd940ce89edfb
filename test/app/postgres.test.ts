import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TaskError } from "#model/errors.ts";
import { openStore } from "../../src/app/store.ts";
import { findPostgres, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";

const bin = findPostgres();
if (!bin) console.warn("postgres: no initdb/postgres on PATH or in /usr/lib/postgresql, skipped");

/** The ordinary behaviour stands in contracts/stores.test.ts; here is what only a server can do to us. */
describe.runIf(bin)("postgres", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin!);
  });
  afterAll(() => server?.close());

  test("a crashed server is an error while it is down, and everything goes on once it is back", async () => {
    await server.createDatabase("crashed");
    const store = await openStore(server.url("crashed"));
    await store.notes.set("slack/a", "kept");
    await server.crash();
    await expect(store.notes.get("slack/a")).rejects.toThrow(TaskError);
    await expect(store.notes.get("slack/a")).rejects.toThrow(/cannot be reached\. Is PostgreSQL running/);
    await server.start();
    expect(await store.notes.get("slack/a")).toBe("kept");
    // The lock went with the connection: it has to be taken again, or a second process would get in.
    await expect(openStore(server.url("crashed"), { lockWaitMs: 0 })).rejects.toThrow(/in use/);
    await store.close();
  });

  test("says which database is wrong, without the password", async () => {
    const wrong = server.url("nowhere").replace("edge@", "edge:topsecret@");
    const error = await openStore(wrong).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TaskError);
    expect((error as Error).message).toMatch(/nowhere.*refused the user, the password or the database/);
    expect((error as Error).message).not.toContain("topsecret");
  });

  test("two databases can be open in one process", async () => {
    await server.createDatabase("one");
    await server.createDatabase("two");
    const [one, two] = await Promise.all([openStore(server.url("one")), openStore(server.url("two"))]);
    await one.notes.set("slack/a", 1);
    expect(await two.notes.get("slack/a")).toBeUndefined();
    await one.close();
    await two.notes.set("slack/a", 2);
    expect(await two.notes.get("slack/a")).toBe(2);
    await two.close();
  });
});
