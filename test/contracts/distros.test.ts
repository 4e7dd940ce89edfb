import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distro, LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import k0s from "#src/distros/k0s.ts";
import k3s from "#src/distros/k3s.ts";
import microk8s from "#src/distros/microk8s.ts";
import { contexts, layoutContext } from "../fakes/layout.ts";
import { documentsOf, expectScriptsParse, expectSound, secretsIn } from "../fakes/tree.ts";

const runs = { numRuns: 60 };

describe.each([k3s, k0s, microk8s].map((distro): [string, Distro] => [distro.id, distro]))(
  "distribution %s",
  (id, distro) => {
    const all = contexts(id as Distro["id"]);

    test("writes sound files, no secrets, and the same bytes for the same decisions", () => {
      fc.assert(
        fc.property(all, (context) => {
          const files = distro.layOut(context);
          expectSound(files);
          expect(secretsIn(files)).toEqual([]);
          expect(distro.layOut(context)).toEqual(files);
        }),
        runs,
      );
    });

    test("brings a node configuration that its own check accepts, for every device type", () => {
      fc.assert(
        fc.property(all, (context) => {
          const files = distro.layOut(context);
          for (const { slug } of context.devices) {
            const own = files.filter(
              ({ path }) => path.startsWith(`nodes/${slug}/`) && distro.isNodeConfig(path),
            );
            expect(own.length, slug).toBeGreaterThan(0);
          }
          expect(problemsOf(distro, files)).toEqual([]);
        }),
        runs,
      );
    });

    test("renews certificates in time, whatever the limit", () => {
      const { decisions, ...rest } = layoutContext({
        distribution: distro.id,
        ...(id === "microk8s" && { upgrades: "snap-channel", datastore: "dqlite", backup: "dqlite-backup" }),
      });
      for (const restartWithinDays of [40, 90, 120]) {
        const upgrades = { ...decisions.upgrades, params: { restartWithinDays } };
        const files = distro.layOut({ ...rest, decisions: { ...decisions, upgrades } } as LayOutContext);
        const script = files.find(({ path }) => path.endsWith("/edge-renew"))!.content;
        const days = Number(/limit=\$\(\((\d+) \*/.exec(script)![1]);
        expect(days).toBeGreaterThan(0);
        expect(days).toBeLessThan(restartWithinDays);
      }
    });

    test("writes scripts a shell can read", () => {
      for (const context of fc.sample(all, { numRuns: 4, seed: 7 }))
        expectScriptsParse(distro.layOut(context));
    });

    test("plans memory with a source for every row, and counts at least one", () => {
      for (const memoryMiB of [512, 1_024, 2_048, 4_096, 16_384]) {
        const rows = distro.budget({ ...layoutContext().answers, memoryMiB });
        expect(rows.some(({ counted }) => counted)).toBe(true);
        for (const row of rows) {
          expect(row.mib).toBeGreaterThan(0);
          expect(row.source.url, row.component.en).toMatch(/^https:\/\//);
          if (row.basis === "estimate") expect(row.note, row.component.en).toBeDefined();
        }
      }
    });

    test("names flags and keys for prose checks", () => {
      expect(distro.words().length).toBeGreaterThan(20);
    });
  },
);

function problemsOf(distro: Distro, files: readonly File[]) {
  return files
    .filter(({ path }) => distro.isNodeConfig(path))
    .flatMap((file) => {
      const role = file.path.includes("/agent/") ? "agent" : "server";
      const [doc] = documentsOf(file);
      return distro
        .checkNodeConfig({ path: file.path, text: file.content, doc, role })
        .map(({ pointer, message }) => `${file.path}${pointer}: ${message.en}`);
    });
}
