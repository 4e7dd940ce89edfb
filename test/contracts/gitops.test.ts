import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import type { GitOps } from "#model/layout.ts";
import argocd from "#src/gitops/argocd.ts";
import flux from "#src/gitops/flux.ts";
import { contexts, layoutContext } from "../fakes/layout.ts";
import { documentsOf, expectScriptsParse, expectSound, has, secretsIn, within } from "../fakes/tree.ts";

const anyContext = fc.oneof(contexts("k3s"), contexts("k0s"), contexts("microk8s"));
const runs = { numRuns: 60 };

describe.each([flux, argocd].map((engine): [string, GitOps] => [engine.id, engine]))(
  "engine %s",
  (_, engine) => {
    test("writes sound files, no secrets, and the same bytes for the same decisions", () => {
      fc.assert(
        fc.property(anyContext, (context) => {
          const files = engine.layOut(context);
          expectSound(files);
          expect(secretsIn(files)).toEqual([]);
          expect(engine.layOut(context)).toEqual(files);
        }),
        runs,
      );
    });

    test("starts to pull on every device type, and only to this cluster", () => {
      fc.assert(
        fc.property(anyContext, (context) => {
          const files = engine.layOut(context);
          for (const { slug } of context.devices) {
            expect(files.some(({ path }) => path === `bootstrap/${slug}/engine.yaml`)).toBe(true);
            expect(files.some(({ path }) => path === `bootstrap/${slug}/sync/kustomization.yaml`)).toBe(true);
          }
          const text = files.map(({ content }) => content).join("\n");
          expect(text).not.toMatch(/kubeConfig:|kind: ApplicationSet|kind: Receiver/);
          for (const [, server] of text.matchAll(/^\s+server: (\S+)$/gm))
            expect(server).toBe("https://kubernetes.default.svc");
        }),
        runs,
      );
    });

    test("writes scripts a shell can read", () => {
      for (const context of fc.sample(anyContext, { numRuns: 4, seed: 7 }))
        expectScriptsParse(engine.layOut(context));
    });

    test.skipIf(!has("kubectl")).each(["git", "oci"] as const)(
      "makes a site's own bootstrap out of the template (%s)",
      (delivery) => {
        const context = layoutContext({ regions: ["north", "south"], gitops: engine.id, delivery });
        const files = engine.layOut(context);
        within(files, (dir) => {
          const out = mkdtempSync(join(tmpdir(), "edge-seed-"));
          const options = [
            "--device",
            "device-0",
            "--region",
            "south",
            "--ring",
            "canary",
            "--site",
            "truck-17",
            "--out",
            out,
          ];
          execFileSync("sh", [join(dir, "scripts/render-bootstrap.sh"), ...options], { stdio: "pipe" });
          const rendered = readFileSync(
            join(out, "var/lib/rancher/k3s/server/manifests/edge/20-sync.yaml"),
            "utf8",
          );
          const objects = parseAllDocuments(rendered).map((document) => document.toJS());
          const identity = objects.find(({ kind }) => kind === "ConfigMap");
          expect(identity.data).toMatchObject({ site_id: "truck-17", region: "south", ring: "canary" });
          expect(rendered).toContain("south-device-0");
          expect(rendered).not.toContain("north");
          expect(rendered).not.toContain("broad");
          expect(() =>
            execFileSync("sh", [join(dir, "scripts/render-bootstrap.sh"), ...options.with(3, "west")], {
              stdio: "pipe",
            }),
          ).toThrow(/no region "west"/);
        });
      },
    );

    test("plans memory with a source for every row, and asks for as much", () => {
      for (const templating of ["kustomize", "helm"] as const) {
        const context = layoutContext({ templating, gitops: engine.id });
        const rows = engine.budget(context.answers);
        for (const row of rows) expect(row.source.url).toMatch(/^https:\/\//);
        const files = engine.layOut(context);
        const text = files.map(({ content }) => content).join("\n");
        const requested = [...text.matchAll(/requests:\s+cpu: \S+\s+memory: "?(\d+)Mi/g)].map(([, mib]) =>
          Number(mib),
        );
        const planned = rows.filter(({ counted }) => counted).reduce((sum, { mib }) => sum + mib, 0);
        expect(requested.reduce((sum, mib) => sum + mib, 0)).toBe(planned);
      }
    });

    test("retries for as long as a site is away", () => {
      const files = engine.layOut(layoutContext({ gitops: engine.id }));
      const all = files.filter(({ path }) => path.endsWith(".yaml")).flatMap(documentsOf);
      const chart = all.find((doc) => doc.kind === "HelmChart") as {
        spec: { failurePolicy: string; version: string };
      };
      expect(chart.spec.failurePolicy).toBe("retry");
      expect(chart.spec.version).toMatch(/^\d+\.\d+\.\d+$/);
    });
  },
);
