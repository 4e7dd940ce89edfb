import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openStore, platformNotes } from "../../../src/app/store.ts";
import { runCli, startCli } from "../run-cli.ts";

/** A folder to stand in, and a store of its own. */
function somewhere() {
  const cwd = mkdtempSync(join(tmpdir(), "chat-"));
  const env = { XDG_STATE_HOME: join(cwd, "state"), LANG: "C", EDGEWRIGHT_STORE: "" };
  const database = join(cwd, "state", "edgewright", "edgewright.sqlite");
  const chat = (lines: string[], ...args: string[]) =>
    runCli(["chat", ...args], { cwd, env, input: lines.map((line) => `${line}\n`).join("") });
  return { cwd, env, database, chat };
}

const brief = "500 stores, 1 node per site, 4 GB amd64, SSD, intermittent link, staff only, Flux";

/** From the first sentence to the zip; the words that must be seen, in the order in which they are said. */
const talks = {
  en: {
    lines: [
      "5,000 delivery trucks, one ARM64 box each, 2 GB, flaky 4G, Flux, eMMC, anyone can reach it",
      "generate",
      "what if they have 1 GB?",
      "why not MicroK8s?",
      "back to 1",
      "zip",
      "/save",
    ],
    seen: [
      /Edge fleet plan, revision 1/,
      /Revision 2, changes since revision 1/,
      /4 GB/,
      /revision 1/i,
      /Written/,
    ],
  },
  de: {
    lines: [
      "5.000 Lieferwagen, je ein Knoten mit ARM64 und 2 GB, wackliges 4G, Flux, eMMC, jeder kommt ran",
      "Plan erzeugen",
      "Was wäre mit 1 GB?",
      "warum nicht MicroK8s?",
      "zurück zu 1",
      "zip",
      "/save",
    ],
    seen: [
      /Edge-Flotte, Revision 1/,
      /Revision 2, Änderungen seit Revision 1/,
      /4 GB/,
      /Revision 1/,
      /Geschrieben/,
    ],
  },
  es: {
    lines: [
      "5.000 camiones, 1 nodo por sitio, ARM64 con 2 GB, 4G inestable, Flux, eMMC, cualquiera puede llegar a él",
      "generar",
      "¿y si tienen 1 GB?",
      "¿por qué no MicroK8s?",
      "volver a 1",
      "zip",
      "/save",
    ],
    seen: [/Plan de la flota edge, revisión 1/, /Revisión 2/, /4 GB/, /revisión 1/i, /Guardado|Escrito/],
  },
  zh: {
    lines: [
      "5000辆货车，每辆一台ARM64设备，2GB内存，4G网络时断时续，用Flux，eMMC存储，任何人都能接触到",
      "生成方案",
      "如果只有1GB内存呢？",
      "为什么不用MicroK8s？",
      "回到 1",
      "zip",
      "/save",
    ],
    seen: [/修订 1/, /修订 2/, /4 GB/, /修订 1/, /fleet-r1\.zip/],
  },
};

describe("a conversation in a pipe", () => {
  test.each(Object.entries(talks))(
    "goes in %s from a sentence to plan, change, question and zip",
    async (_language, { lines, seen }) => {
      const { cwd, chat } = somewhere();
      // Whatever is still asked gets its default.
      const { code, stdout, stderr } = await chat(lines);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      let rest = stdout;
      for (const words of seen) {
        expect(rest, `${words}`).toMatch(words);
        rest = rest.slice(words.exec(rest)!.index + 1);
      }
      const files = unzipSync(readFileSync(join(cwd, "fleet-r1.zip")));
      expect(Object.keys(files).length).toBeGreaterThan(30);
      expect(Object.keys(files).some((path) => path.endsWith("rings.yaml"))).toBe(true);
    },
  );

  test("goes on in another process, until --new begins anew; forget removes it", async () => {
    const { env, database, chat } = somewhere();
    await chat([brief]);
    const { stdout } = await chat(["generate"]);
    expect(stdout).toContain("revision 1");
    const fresh = await chat(["hello"], "--new");
    expect(fresh.stdout).not.toContain("revision");
    expect(fresh.stdout).toContain("1 of");

    const store = await openStore(`sqlite:${database}`);
    const id = String(await platformNotes(store, "terminal").get("conversation"));
    await store.close();
    expect(await runCli(["forget", id], { env })).toMatchObject({ code: 0, stdout: `Forgotten: ${id}\n` });
    const again = await runCli(["forget", id], { env });
    expect(again.code).toBe(1);
    expect(again.stderr).toBe(`edgewright: forget: no conversation "${id}" in this store\n`);
  });

  test("goes on where it was after kill -9 in the middle of the work", async () => {
    const { cwd, env, chat } = somewhere();
    const running = startCli(["chat"], { cwd, env });
    running.child.stdin.write(`${brief}\ngenerate\ngenerate\n`);
    await running.says(/Working on revision 1/);
    running.child.kill("SIGKILL");
    await running.ended;
    const { code, stdout, stderr } = await chat(["why not MicroK8s?"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Edge fleet plan, revision 1");
    const answers = await chat(["what if they have 8 GB?"]);
    expect(answers.stdout).toContain("changes since revision 1");
  });
});

describe("a store that cannot be used is one sentence and exit code 1", () => {
  const expectOneSentence = ({
    code,
    stdout,
    stderr,
  }: {
    code: number | null;
    stdout: string;
    stderr: string;
  }) => {
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^edgewright: store: [^\n]+\n$/);
    expect(stderr).not.toContain("unexpected");
  };

  test("a second process on the same store", async () => {
    const { cwd, env, chat } = somewhere();
    const first = startCli(["chat"], { cwd, env });
    first.child.stdin.write("hello\n");
    await first.says(/\[a\]/);
    expectOneSentence(await chat(["hello"]));
    first.child.stdin.end();
    expect((await first.ended).code).toBe(0);
  });

  test("a file that is no database", async () => {
    const { database, chat } = somewhere();
    mkdirSync(join(database, ".."), { recursive: true });
    writeFileSync(
      database,
      "this is no database, and longer than a header of one would have to be ".repeat(40),
    );
    expectOneSentence(await chat(["hello"]));
  });

  test.skipIf(process.getuid?.() === 0)("a folder nobody may write to", async () => {
    const { cwd, chat } = somewhere();
    mkdirSync(join(cwd, "state"));
    chmodSync(join(cwd, "state"), 0o500);
    expectOneSentence(await chat(["hello"]));
    expect(readdirSync(join(cwd, "state"))).toEqual([]);
  });

  test("a folder that is a file", async () => {
    const { cwd, chat } = somewhere();
    writeFileSync(join(cwd, "state"), "");
    expectOneSentence(await chat(["hello"]));
  });
});
