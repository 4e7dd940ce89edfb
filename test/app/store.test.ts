import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { TaskError, UsageError } from "#model/errors.ts";
import { openStore } from "../../src/app/store.ts";

const root = mkdtempSync(join(tmpdir(), "edgewright-sqlite-"));
let n = 0;
let folder: string;
let path: string;
beforeEach(() => {
  folder = join(root, String(++n));
  mkdirSync(folder);
  path = join(folder, "store.sqlite");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const open = (file = path) => openStore(`sqlite:${file}`, { lockWaitMs: 0 });

/** A failure a person can read: one sentence or two with the path, no stack, and the cause for the log. */
async function refusal(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TaskError);
  const { message, cause } = error as TaskError;
  expect(message).not.toContain("\n");
  expect(message).toContain(path);
  expect(cause).toBeDefined();
  return message;
}

test("what stands in the log is copied into the database once nothing is written for a moment", async () => {
  const store = await open();
  const [count, bytes] = [300, 20_000];
  for (let id = 0; id < count; id++) await store.notes.set(`slack/${id}`, "x".repeat(bytes));
  await expect.poll(() => statSync(path).size, { timeout: 4_000 }).toBeGreaterThan(count * bytes);
  await store.close();
});

describe("a store that cannot be opened says why in a sentence", () => {
  test("a file that is no database", async () => {
    writeFileSync(path, "this was never a database, it is a shopping list of a thousand words".repeat(100));
    expect(await refusal(open())).toMatch(/damaged or not a database.*backup/);
  });

  test("a database with destroyed pages", async () => {
    const store = await open();
    for (let id = 0; id < 300; id++) await store.notes.set(`slack/${id}`, "x".repeat(500));
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096 * 3, 4096 * 20);
    writeFileSync(path, bytes);
    expect(await refusal(open())).toMatch(/damaged/);
  });

  test("a folder that cannot be made", async () => {
    writeFileSync(join(folder, "file"), "");
    path = join(folder, "file", "store.sqlite");
    expect(await refusal(open())).toMatch(/cannot make the folder/);
  });

  test("a folder or a file this user may not write", async (context) => {
    await (await open()).close();
    const asNobody = process.getuid?.() === 0 && process.seteuid;
    if (!asNobody && process.getuid === undefined) context.skip("no users on this system");
    const elsewhere = join(folder, "read-only");
    mkdirSync(elsewhere);
    copyFileSync(path, join(elsewhere, "store.sqlite"));
    chmodSync(join(elsewhere, "store.sqlite"), 0o444);
    chmodSync(elsewhere, 0o555);
    for (const above of [root, folder]) chmodSync(above, 0o755);
    path = join(elsewhere, "store.sqlite");
    if (asNobody) process.seteuid?.(65534);
    try {
      expect(await refusal(open())).toMatch(/cannot be written/);
    } finally {
      if (asNobody) process.seteuid?.(0);
    }
  });

  test("a kind of store there is not", async () => {
    await expect(openStore("redis://x")).rejects.toThrow(UsageError);
  });
});

test("a read that fails is an error, never an empty record", async () => {
  const store = await open();
  await store.notes.set("slack/a", 1);
  await store.close();
  await expect(store.notes.get("slack/a")).rejects.toThrow();
});

test("only its owner can read the file", async () => {
  await (await open()).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("the lock of a process that was killed is gone at once", async () => {
  const script = `
    import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../src/app/store.ts"))};
    const store = await openStore(process.argv[1]);
    await store.notes.set("slack/a", "kept");
    console.log("ready");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, `sqlite:${path}`], {
    stdio: "pipe",
  });
  await once(child.stdout, "data");
  expect(await refusal(open())).toMatch(/in use by another Edgewright process/);
  child.kill("SIGKILL");
  await once(child, "exit");
  const store = await open();
  expect(await store.notes.get("slack/a")).toBe("kept");
  await store.close();
});
