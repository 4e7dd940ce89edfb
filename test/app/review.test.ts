import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusals } from "#model/archive.ts";
import type { Block } from "#model/block.ts";
import type { Attachment, Event } from "#model/conversation.ts";
import { languages } from "#model/text.ts";
import { openArchives } from "../../src/app/open-archives.ts";
import { reviewBlocks } from "../../src/app/review/blocks.ts";
import { reviewNow } from "../../src/app/review/now.ts";
import { review } from "../../src/app/review.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { openWorkshop } from "../../src/app/workshop.ts";
import { readBrought } from "../../src/steps/converse/attached.ts";
import { runCli } from "./run-cli.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const workshop = await openWorkshop();
const speech = createSpeech();

const wrong = `apiVersion: batch/v1beta1 # note
kind: CronJob
metadata: { name: a }
spec:
  scheduel: "0 * * * *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: never, containers: [{ name: a, image: "a:latest" }] } } } }
`;
const right = wrong.replace("v1beta1", "v1").replace("scheduel", "schedule").replace("never", "Never");

const said = (...attachments: Attachment[]): Event => ({
  ...{ id: "1", conversation: "t:1", at: 0, kind: "said", text: "", attachments },
});
const attached = (name: string, content: Uint8Array): Attachment => ({
  name,
  bytes: content.length,
  content,
});

async function opened(...given: Attachment[]): Promise<Attachment[]> {
  const event = await openArchives(said(...given));
  return event.kind === "said" ? (event.attachments ?? []) : [];
}

describe("an attached archive", () => {
  test("is unpacked with credentials blanked, before anything of it is stored", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    const [one] = await opened(
      attached(
        "fleet.zip",
        zipSync({
          "fleet/a.yaml": bytes(
            `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { token: ${token} }\n`,
          ),
          "fleet/logo.png": new Uint8Array([137, 80, 0, 1]),
          "fleet/big.txt": bytes("x".repeat(70_000)),
          "fleet/run.sh": bytes("echo hi\n"),
        }),
      ),
    );
    expect(JSON.stringify(one)).not.toContain(token);
    expect(one).not.toHaveProperty("content");
    const kept = Object.fromEntries(one!.files!.map(({ path, content }) => [path, content]));
    expect(kept).toMatchObject({ "fleet/logo.png": "", "fleet/big.txt": "", "fleet/run.sh": "echo hi\n" });
    expect(kept["fleet/a.yaml"]).toMatch(/token: ‹secret:/);
  });

  test("is known by its bytes, too, and refused with a reason that has a sentence in four languages", async () => {
    const [renamed, evil, broken] = await opened(
      attached("manifests", zipSync({ "a.yaml": bytes("a: 1\n") })),
      attached("evil.zip", zipSync({ "../a.yaml": bytes("a: 1\n") })),
      attached("broken.tgz", bytes("no archive")),
    );
    expect(renamed!.files).toEqual([{ path: "a.yaml", content: "a: 1\n" }]);
    expect(evil!.refused).toEqual({ reason: "outside", values: { entry: "../a.yaml" } });
    expect(broken!.refused!.reason).toBe("broken");
    const values = { name: "N", entry: "E", limit: 1, megabytes: 2 };
    for (const language of languages)
      for (const reason of refusals)
        expect(speech(language)(`archive.${reason}`, values)).not.toMatch(/^archive\.|[{}]/);
  });

  test("keeps its paths when it is alone, and stands under its name beside others", async () => {
    const zip = zipSync({ "base/a.yaml": bytes(wrong), "brief.yaml": bytes("sites: 5\n") });
    const [one] = await opened(attached("a b.zip", zip));
    expect(readBrought("", [one!]).files.map(({ path }) => path)).toEqual(["base/a.yaml", "brief.yaml"]);
    expect(readBrought("", [one!])).not.toHaveProperty("brief");
    const both = readBrought("", [one!, { name: "c.yaml", bytes: 1, text: wrong }]);
    expect(both.files.map(({ path }) => path)).toEqual([
      "c.yaml",
      "a-b.zip/base/a.yaml",
      "a-b.zip/brief.yaml",
    ]);
  });

  test("leaves other attachments as they came", async () => {
    const event = said({ name: "a.yaml", bytes: 4, text: "a: 1", content: bytes("a: 1") });
    expect(await openArchives(event)).toBe(event);
  });
});

describe("a review", () => {
  const blocksOf = (
    files: { path: string; content: string }[],
    language: (typeof languages)[number] = "en",
  ) => reviewBlocks(files, reviewNow(files, { workshop, language }), { say: speech(language), language });
  const file = (blocks: Block[], name: RegExp) =>
    blocks.find(
      (block): block is Extract<Block, { kind: "file" }> => block.kind === "file" && name.test(block.name),
    );

  test.each(languages)("in %s names what blocks first, and brings the mended file", (language) => {
    const blocks = blocksOf([{ path: "a.yaml", content: wrong }], language);
    const tables = blocks.filter((block) => block.kind === "table");
    expect(tables).toHaveLength(2);
    expect(tables[0]!.rows.flat().join(" ")).toMatch(/a\.yaml:1 API-01/);
    expect(tables[1]!.rows.flat().join(" ")).toMatch(/NET-01/);
    expect(file(blocks, /^fixed-a\.yaml$/)?.content).toBe(right);
    expect(JSON.stringify(blocks)).not.toMatch(/"(?:check|plan|finding)\.\w+|\{\w+\}/);
  });

  test("of several mended files brings a zip; of nothing mended, nothing", () => {
    const files = ["x/ä.yaml", "x/b.yaml"].map((path, i) => ({
      path,
      content: wrong.replace("name: a", `name: n${i}`),
    }));
    const zip = file(blocksOf(files), /^fixed\.zip$/);
    expect(Object.keys(unzipSync(zip!.content as Uint8Array)).sort()).toEqual(["x/-.yaml", "x/b.yaml"]);
    expect(file(blocksOf([{ path: "a.yaml", content: right }]), /./)).toBeUndefined();
  });

  test("says that credentials have to be put back into what was mended", () => {
    const content = `${wrong}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: { password: ‹secret:named› }\n`;
    expect(JSON.stringify(blocksOf([{ path: "a.yaml", content }]))).toContain(speech("en")("check.blanked"));
  });

  test("that is long shows its beginning, and the whole as a file", () => {
    const files = Array.from({ length: 40 }, (_, i) => ({
      path: `d/${i}.yaml`,
      content: right.replace("name: a", `name: a${i}`),
    }));
    const blocks = blocksOf(files);
    const shown = blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
    expect(shown).toHaveLength(30);
    const whole = String(file(blocks, /^report\.txt$/)?.content);
    for (const { path } of files) expect(whole).toContain(`${path}:6`);
  });

  test("takes the edgewright.yaml among the files, and says when it is wrong", () => {
    const files = [{ path: "fleet/a.yaml", content: right }];
    const config = (content: string) => [...files, { path: "fleet/edgewright.yaml", content }];
    const accepted = reviewNow(config('ignore: [{ rule: IMG-01, reason: "built at the site" }]\n'), {
      workshop,
      language: "en",
    });
    expect(accepted.report.findings.map(({ rule }) => rule)).not.toContain("IMG-01");
    const bad = reviewNow(config("rolle: edge\n"), { workshop, language: "de" });
    expect(bad.wrongConfig).toMatch(/fleet\/edgewright\.yaml:1: .*rolle/);
    expect(bad.report.findings.map(({ rule }) => rule)).toContain("IMG-01");
  });

  test("of much text runs apart with the same result, and ends when it is no longer wanted", async () => {
    const files = Array.from({ length: 300 }, (_, i) => ({
      path: `d/${i}.yaml`,
      content: wrong.replace("name: a", `name: a${i}`),
    }));
    expect(files.reduce((sum, { content }) => sum + content.length, 0)).toBeGreaterThan(60_000);
    const padded = [...files, { path: "d/notes.txt", content: "x".repeat(100_000) }];
    const signal = new AbortController().signal;
    const apart = await review(padded, { workshop, language: "en", signal });
    expect(apart).toEqual(JSON.parse(JSON.stringify(reviewNow(padded, { workshop, language: "en" }))));
    expect(apart.mended).toHaveLength(300);
    const stopped = new AbortController();
    const running = review(padded, { workshop, language: "en", signal: stopped.signal });
    stopped.abort(new Error("no longer wanted"));
    await expect(running).rejects.toThrow("no longer wanted");
  });
});

describe("the real terminal", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "edgewright-review-"));
    await writeFile(join(folder, "fleet.zip"), zipSync({ "fleet/cron.yaml": bytes(wrong) }));
    await writeFile(join(folder, "evil.zip"), zipSync({ "../cron.yaml": bytes(wrong) }));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ["en", "This should not be applied as it is", "evil.zip was not read: “../cron.yaml” leads out"],
    ["de", "blockiert", "evil.zip wurde nicht gelesen: „../cron.yaml“ führt"],
    ["es", "bloquean", "evil.zip no se leyó: «../cron.yaml» sale"],
    ["zh", "阻断", "未读取 evil.zip：“../cron.yaml”"],
  ])(
    "in %s reviews an attached archive, hands over the mended file, and refuses a hostile one",
    async (lang, verdict, refusal) => {
      const { code, stdout, stderr } = await runCli(["chat", "--new"], {
        cwd: folder,
        env: { LANG: `${lang}.UTF-8`, EDGEWRIGHT_STORE: "memory:" },
        input: `/file fleet.zip\n/save ${lang}\n/file evil.zip\n`,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(verdict);
      expect(stdout).toContain("fleet/cron.yaml:1");
      expect(stdout).toContain("fixed-cron.yaml");
      expect(stdout.replace(/\s+/g, " ")).toContain(refusal);
    },
  );
});
