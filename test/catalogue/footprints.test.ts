import { expect, test } from "vitest";
import { footprints, reserveShare, thresholds } from "#catalogue/footprints.ts";
import { osImages } from "#catalogue/os-images.ts";
import { provisioning } from "#catalogue/provisioning.ts";
import { sources } from "#catalogue/sources.ts";
import { Basis, Decisions, Source } from "#model/decision.ts";

test("every figure says what it rests on, and a guess of ours is called an estimate", () => {
  for (const [name, { mib, basis, source }] of Object.entries(footprints)) {
    expect(mib, name).toBeGreaterThan(0);
    expect(Basis.options, name).toContain(basis);
    if (source === sources.judgement) expect(basis, name).toBe("estimate");
  }
  expect(reserveShare).toBe(0.15);
});

test("thresholds rise with what they carry", () => {
  const { cluster, controlPlane, k3sServer, etcd, longhorn } = thresholds;
  const rising = [cluster, controlPlane, k3sServer, etcd, longhorn].map(({ mib }) => mib);
  expect(rising).toEqual([512, 1024, 2048, 4096, 8192]);
});

test("every source is a page with a title, addresses are https and named once", () => {
  const pages: Source[] = Object.values(sources);
  for (const page of pages) {
    expect(Source.safeParse(page).success).toBe(true);
    if (page.url) expect(page.url).toMatch(/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}\//);
  }
  const titles = pages.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("there is an image and a way of provisioning for every choice", () => {
  expect(Object.keys(osImages).sort()).toEqual([...Decisions.shape.os.shape.choice.options].sort());
  expect(Object.keys(provisioning).sort()).toEqual(
    [...Decisions.shape.provisioning.shape.choice.options].sort(),
  );
});
