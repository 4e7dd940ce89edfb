import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basicAsks, completeBrief, missing, placeholders, problems } from "#catalogue/placeholders.ts";
import { type Answers, placeholderNames, Answers as Schema } from "#model/brief.ts";
import { languages } from "#model/text.ts";

/** What a patient person would answer, so that an interview can be walked to its end. */
const replies: Answers[] = [
  { arch: "arm64", memoryMiB: 4096, nodesPerSite: 3, storage: "ssd" },
  { arch: "arm64", memoryMiB: 2048, nodesPerSite: 1, storage: "emmc" },
  { arch: "amd64", memoryMiB: 8192, nodesPerSite: 3 },
  { arch: "amd64", memoryMiB: 1024, nodesPerSite: 1 },
  { arch: "mixed", memoryMiB: 4096, nodesPerSite: 5, storage: "ssd" },
];
const rest: Answers = {
  sites: 500,
  network: "intermittent",
  exposure: "staff",
  storage: "ssd",
  highAvailability: true,
  gitops: "flux",
};

/** The names asked from an empty start, in order, when each question gets its reply. */
function interview(reply: Answers): string[] {
  const asked: string[] = [];
  let answers: Answers = {};
  for (;;) {
    const [name] = missing(answers, "pro");
    if (!name) return asked;
    asked.push(name);
    answers = { ...answers, [name]: { ...rest, ...reply }[name] };
    expect(answers[name], name).toBeDefined();
  }
}

test("knows every placeholder once", () => {
  expect(placeholders.map(({ name }) => name).sort()).toEqual([...placeholderNames].sort());
});

describe("the Pro interview", () => {
  test.each(replies)("asks five to eight questions from an empty start: %o", (reply) => {
    const asked = interview(reply);
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked[0]).toBe("sites");
  });

  test("asks three questions about trucks that said the rest", () => {
    const said: Answers = {
      sites: 5000,
      arch: "arm64",
      memoryMiB: 2048,
      network: "intermittent",
      gitops: "argocd",
    };
    expect(missing(said, "pro")).toEqual(["nodesPerSite", "exposure", "storage"]);
  });

  test("does not ask about the engine where only one fits, nor a Raspberry Pi about its disk", () => {
    expect(missing({ memoryMiB: 2048 }, "pro")).not.toContain("gitops");
    expect(missing({ memoryMiB: 4096 }, "pro")).toContain("gitops");
    expect(missing({ board: "raspberry-pi-3" }, "pro")).not.toContain("storage");
    expect(missing({ board: "raspberry-pi-3" }, "pro")).not.toContain("memoryMiB");
  });
});

describe("the Basic interview", () => {
  test.each(languages)("asks one to three questions in %s", (language) => {
    const asked = missing({}, "basic", language);
    expect(asked).toEqual(basicAsks[language]);
    expect(asked.length).toBeGreaterThanOrEqual(1);
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test("assumes 4 GB, one node and an intermittent link", () => {
    const { answers, origins } = completeBrief({ answers: {}, edition: "basic", language: "en" });
    expect(answers).toMatchObject({ memoryMiB: 4096, nodesPerSite: 1, network: "intermittent" });
    expect(origins.memoryMiB).toBe("default");
  });
});

describe("defaults", () => {
  const filled = (answers: Answers) => completeBrief({ answers, edition: "pro", language: "en" }).answers;

  test("follow the board and the architecture", () => {
    expect(filled({ board: "raspberry-pi-4" })).toMatchObject({
      storage: "sd",
      arch: "arm64",
      uefi: false,
      tpm: false,
    });
    expect(filled({ arch: "arm64" })).toMatchObject({ storage: "emmc", uefi: false });
    expect(filled({})).toMatchObject({ storage: "ssd", arch: "amd64", uefi: true, exposure: "staff" });
    expect(filled({ arch: "arm64", tpm: true }).uefi).toBe(true);
  });

  test("follow the industry, and give way to an answer", () => {
    expect(filled({ industry: "telco" }).bmc).toBe(true);
    expect(filled({ industry: "healthcare" }).regulated).toBe(true);
    expect(filled({ industry: "transport" }).exposure).toBe("exposed");
    expect(filled({ industry: "transport", exposure: "locked" }).exposure).toBe("locked");
  });

  test("take the weakest device type and split shares nobody gave", () => {
    const deviceTypes = [
      { name: "till", memoryMiB: 2048, arch: "arm64" as const, share: 1 },
      { name: "server", memoryMiB: 8192, arch: "amd64" as const, share: 1 },
    ];
    const answers = filled({ deviceTypes });
    expect(answers).toMatchObject({ memoryMiB: 2048, arch: "mixed" });
    expect(answers.deviceTypes.map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test("make a brief of any answers, keep what was given, and mark the rest", () => {
    const some = fc.record(
      {
        sites: fc.integer({ min: 1, max: 1_000_000 }),
        memoryMiB: fc.integer({ min: 128, max: 65_536 }),
        arch: fc.constantFrom("amd64", "arm64", "armv7", "riscv64", "mixed"),
        network: fc.constantFrom("stable", "low-bandwidth", "intermittent", "air-gapped"),
        industry: fc.constantFrom("retail", "telco", "energy", "public", "other"),
        board: fc.constantFrom("raspberry-pi-5", "jetson", "nuc", "other"),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Answers>;
    fc.assert(
      fc.property(some, (answers) => {
        const brief = completeBrief({
          answers,
          origins: { sites: "said" },
          edition: "pro",
          language: "en",
        });
        expect(Schema.safeParse(brief.answers).error?.issues ?? []).toEqual([]);
        expect(brief.answers).toMatchObject(answers);
        for (const name of placeholderNames) {
          if (brief.answers[name] === undefined) continue;
          const given = answers[name] !== undefined;
          const origin = name === "sites" ? "said" : "chosen";
          expect(brief.origins[name], name).toBe(given ? origin : "default");
        }
        const again = completeBrief({ ...brief, answers: brief.answers });
        expect(again.answers).toEqual(brief.answers);
      }),
    );
  });
});

describe("problems", () => {
  const till = { name: "till", memoryMiB: 2048, arch: "arm64" as const, share: 0.5 };
  const cases: [string, Answers, string[]][] = [
    [
      "shares that do not add up",
      { deviceTypes: [till, { ...till, name: "b", share: 0.4 }] },
      ["deviceTypes"],
    ],
    ["two types of one name", { deviceTypes: [till, { ...till, name: "Till" }] }, ["deviceTypes"]],
    ["more regions than sites", { sites: 1, regions: ["north", "south"] }, ["regions"]],
    ["one region twice", { regions: ["north", "North"] }, ["regions"]],
    ["an architecture no type has", { arch: "amd64", deviceTypes: [{ ...till, share: 1 }] }, ["arch"]],
    ["memory no type has", { memoryMiB: 512, deviceTypes: [{ ...till, share: 1 }] }, ["memoryMiB"]],
    ["a Raspberry Pi 3 with 4 GB", { board: "raspberry-pi-3", memoryMiB: 4096 }, ["memoryMiB"]],
    ["an amd64 Raspberry Pi", { board: "raspberry-pi-5", arch: "amd64" }, ["arch"]],
  ];

  test.each(cases)("finds %s", (_, answers, names) => {
    const found = problems(answers);
    expect(found.map(({ name }) => name)).toEqual(names);
    for (const { message } of found) {
      expect(Object.values(message).every((sentence) => !/\{\w+\}/.test(sentence) && sentence)).toBe(true);
      expect(message.de).not.toBe(message.en);
    }
  });

  test("finds nothing in what is only infeasible", () => {
    expect(problems({ memoryMiB: 512, distro: "microk8s", highAvailability: true })).toEqual([]);
    expect(problems({ deviceTypes: [till, { ...till, name: "b" }] })).toEqual([]);
  });
});
