import { expect, test } from "vitest";
import { readBrought } from "../../src/steps/converse/attached.ts";

const brought = (text: string, name = "fleet.csv") => readBrought("", [{ name, bytes: text.length, text }]);

test("a line of names and one of values is a brief", () => {
  const { brief, unread } = brought("sites,memoryMiB,arch,highAvailability\n77,4096,arm64,yes\n");
  expect(brief?.answers).toEqual({ sites: 77, memoryMiB: 4096, arch: "arm64", highAvailability: true });
  expect(unread).toEqual([]);
});

test("so are names and values in two columns, with or without a heading, behind semicolons or tabs", () => {
  const answers = { sites: 12, scenario: "a bakery, with ovens" };
  expect(brought('name;value\nsites;12\nscenario;"a bakery, with ovens"').brief?.answers).toEqual(answers);
  expect(brought("sites\t12\r\nscenario\ta bakery, with ovens").brief?.answers).toEqual(answers);
});

test("a list of sites is counted, its regions gathered, and what all share holds", () => {
  const list = "site,region,arch,memoryMiB\nB1,north,arm64,2048\nB2,south,arm64,4096\nB3,north,arm64,2048\n";
  expect(brought(list).brief?.answers).toEqual({ sites: 3, regions: ["north", "south"], arch: "arm64" });
  const grouped = "region,sites\nnorth,40\nsouth,60\n";
  expect(brought(grouped).brief?.answers).toEqual({ sites: 100, regions: ["north", "south"] });
});

test("what is not possible is named, and what is no brief is not read as one", () => {
  expect(brought("sites,arch\n0,arm64").brief).toEqual({ answers: { arch: "arm64" }, wrong: ["sites"] });
  expect(brought("date,temperature\nmonday,12").unread).toEqual(["fleet.csv"]);
  expect(brought("sites").unread).toEqual(["fleet.csv"]);
  expect(brought("").unread).toEqual(["fleet.csv"]);
});

test("what could be checked but came without its content is told apart from what nobody can read", () => {
  const bare = ["web.yaml", "fleet.csv", "repository.zip", "photo.png"].map((name) => ({ name, bytes: 9 }));
  const { missing, unread } = readBrought("", bare);
  expect(missing).toEqual(["web.yaml", "fleet.csv", "repository.zip"]);
  expect(unread).toEqual(["photo.png"]);
});
