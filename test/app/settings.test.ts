import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { definePlatform } from "#model/platform.ts";
import {
  appSettings,
  envExample,
  isConfigured,
  readSettings,
  unknownSettings,
} from "../../src/app/settings.ts";

const root = join(import.meta.dirname, "..", "..");

test(".env.example is what the schemas say (npm run env:example prints it)", async () => {
  expect(await readFile(join(root, ".env.example"), "utf8")).toBe(await envExample());
});

test("every setting says what it is for", async () => {
  const lines = (await envExample()).split("\n");
  const bare = lines.filter(
    (line, index) => /^#[A-Z0-9_]+=/.test(line) && /^# ?[A-Z0-9_]+$/.test(lines[index - 1] ?? ""),
  );
  expect(bare).toEqual([]);
});

test("a wrong setting is named with its value's rule", () => {
  expect(() => readSettings(appSettings, { EDGEWRIGHT_STORE: "mysql://x" })).toThrow(
    /EDGEWRIGHT_STORE: must be sqlite:FILE/,
  );
  expect(() => readSettings(appSettings, { EDGEWRIGHT_RETENTION_DAYS: "soon" })).toThrow(
    /EDGEWRIGHT_RETENTION_DAYS/,
  );
});

test("NAME_FILE reads a mounted secret, and a missing file is a sentence", async () => {
  const folder = await mkdtemp(join(tmpdir(), "edgewright-settings-"));
  const path = join(folder, "store");
  await writeFile(path, "memory:\n");
  expect(readSettings(appSettings, { EDGEWRIGHT_STORE_FILE: path }).EDGEWRIGHT_STORE).toBe("memory:");
  expect(() => readSettings(appSettings, { EDGEWRIGHT_STORE_FILE: join(folder, "no") })).toThrow(
    /EDGEWRIGHT_STORE_FILE: cannot read/,
  );
  await rm(folder, { recursive: true });
});

test("a variable with our prefix that nobody reads is noticed", async () => {
  expect(await unknownSettings({ EDGEWRIGHT_STOER: "x", EDGEWRIGHT_STORE: "memory:", PATH: "/bin" })).toEqual(
    ["EDGEWRIGHT_STOER"],
  );
});

test("a platform is configured once one of its required settings is there", () => {
  const platform = definePlatform({
    name: "example",
    env: z.object({ EXAMPLE_TOKEN: z.string(), EXAMPLE_COLOUR: z.string().default("blue") }),
    limits: {} as never,
    connect: () => Promise.reject(new Error("never connected here")),
  });
  expect(isConfigured(platform, {})).toBe(false);
  expect(isConfigured(platform, { EXAMPLE_COLOUR: "red" })).toBe(false);
  expect(isConfigured(platform, { EXAMPLE_TOKEN_FILE: "/run/secrets/token" })).toBe(true);
});
