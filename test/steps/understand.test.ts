import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Answers, placeholderNames } from "#model/brief.ts";
import { languages } from "#model/text.ts";
import { exampleSets, measure, precisionOf, recallOf } from "../../bench/recall.ts";
import { splitPhrases } from "../../src/steps/understand/lexicon.ts";
import { lexicons } from "../../src/steps/understand/reading.ts";
import { terms } from "../../src/steps/understand/terms.ts";
import { maxCharacters, tokenise } from "../../src/steps/understand/tokens.ts";
import { detectLanguage, readAnswer, understand } from "../../src/steps/understand.ts";

const sets = exampleSets();
// A little below what was measured; the table of `node bench/recall.ts` has the figures themselves.
const floors: Record<string, { recall: number; precision: number }> = {
  intake: { recall: 1, precision: 1 },
  dev: { recall: 0.98, precision: 0.98 },
  "held-out": { recall: 0.98, precision: 0.98 },
  "held-out-2": { recall: 0.97, precision: 0.97 },
  "held-out-3": { recall: 0.93, precision: 0.97 },
};

describe.each(Object.keys(sets))("the examples of %s", (set) => {
  test.each(languages)("are understood in %s as well as measured", (language) => {
    const examples = sets[set]!.filter(({ lang }) => lang === language);
    const { score, misses } = measure(examples);
    expect(examples.length).toBeGreaterThan(5);
    expect(recallOf(score), JSON.stringify(misses, null, 1)).toBeGreaterThanOrEqual(floors[set]!.recall);
    expect(precisionOf(score), JSON.stringify(misses, null, 1)).toBeGreaterThanOrEqual(
      floors[set]!.precision,
    );
  });

  test.each(languages)("are recognised as %s wherever words of it are there", (language) => {
    const examples = sets[set]!.filter(({ lang }) => lang === language);
    const other = examples.filter(({ text }) => {
      const detected = detectLanguage(text);
      return detected.confidence >= 0.5 && detected.language !== language;
    });
    expect(other.map(({ text }) => text)).toEqual([]);
  });
});

test("brings at least eighty examples of its own in every language", () => {
  for (const language of languages) {
    const own = Object.entries(sets)
      .filter(([set]) => set !== "intake")
      .flatMap(([, examples]) => examples);
    expect(own.filter(({ lang }) => lang === language).length).toBeGreaterThanOrEqual(79);
  }
});

const nouns = { en: "stores", de: "Filialen", es: "tiendas", zh: "家门店" };
const anySites = fc.integer({ min: 10, max: 9_999_999 });

test("reads every number back that a language formats, in all its ways", () => {
  fc.assert(
    fc.property(
      anySites,
      fc.constantFrom(...languages),
      fc.constantFrom(".", ",", " ", "'", "\u202f", ""),
      (n, language, group) => {
        const digits = String(n).replace(/\B(?=(\d{3})+$)/g, group);
        const text = `${digits} ${nouns[language]}`;
        expect(understand(text, { language }).answers.sites).toBe(n);
      },
    ),
  );
});

test("reads thousands and 万 with one decimal back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 990 }), (tenth) => {
      const en = understand(`${tenth / 10}k stores`, { language: "en" }).answers.sites;
      const de = understand(`${String(tenth / 10).replace(".", ",")} Tsd. Filialen`, { language: "de" })
        .answers.sites;
      const es = understand(`${String(tenth / 10).replace(".", ",")} mil tiendas`, { language: "es" }).answers
        .sites;
      const zh = understand(`${tenth / 10}万家门店`, { language: "zh" }).answers.sites;
      expect([en, de, es, zh]).toEqual([tenth * 100, tenth * 100, tenth * 100, tenth * 1000]);
    }),
  );
});

const hanDigits = "零一二三四五六七八九";

/** 1 to 9,999 the way it is written in Chinese. */
function han(n: number): string {
  const places = [1000, 100, 10, 1];
  const names = ["千", "百", "十", ""];
  let out = "";
  let gap = false;
  for (const [i, place] of places.entries()) {
    const digit = Math.floor(n / place) % 10;
    if (digit === 0) gap = out !== "";
    else {
      out += (gap ? "零" : "") + hanDigits[digit] + names[i];
      gap = false;
    }
  }
  return out;
}

test("reads Chinese number words back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9_999 }), (n) => {
      expect(understand(`${han(n)}家门店`, { language: "zh" }).answers.sites).toBe(n);
    }),
  );
});

const small = {
  de: [
    "",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
  ],
  en: [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
  ],
};
const tens = {
  de: ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
  en: ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
};

function german(n: number): string {
  if (n >= 1000) return `${german(Math.floor(n / 1000))}tausend${german(n % 1000)}`;
  if (n >= 100) return `${small.de[Math.floor(n / 100)]}hundert${german(n % 100)}`;
  if (n < 20) return small.de[n]!;
  const unit = n % 10;
  return `${unit > 0 ? `${small.de[unit]}und` : ""}${tens.de[Math.floor(n / 10)]}`;
}

function english(n: number): string {
  if (n >= 1000) return `${english(Math.floor(n / 1000))} thousand ${english(n % 1000)}`.trim();
  if (n >= 100)
    return `${small.en[Math.floor(n / 100)]} hundred ${n % 100 ? `and ${english(n % 100)}` : ""}`.trim();
  if (n < 20) return small.en[n]!;
  return n % 10 ? `${tens.en[Math.floor(n / 10)]}-${small.en[n % 10]}` : tens.en[Math.floor(n / 10)]!;
}

test("reads German and English number words back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 99_999 }), (n) => {
      expect(understand(`${german(n)} Filialen`, { language: "de" }).answers.sites).toBe(n);
      expect(understand(`${english(n)} stores`, { language: "en" }).answers.sites).toBe(n);
    }),
  );
});

// Pieces of real texts in any order, with noise between: what a person might paste.
const pieces = fc.constantFrom(
  ...Object.values(sets).flatMap((examples) => examples.flatMap(({ text }) => text.split(/(?<=[,，\s])/))),
);
// Every phrase of every lexicon among numbers and signs: the grammar's own corners.
const phrases = fc.constantFrom(
  ...Object.values(lexicons).flatMap(({ tags }) => Object.values(tags).flatMap(splitPhrases)),
  ...Object.values(terms).flatMap(splitPhrases),
);
const signs = fc.constantFrom(
  " 2 ",
  " 500 ",
  "4GB",
  "8 ",
  "%",
  "-",
  " - ",
  "/",
  ":",
  "(",
  ")",
  ",",
  ". ",
  "?",
  "，",
  "。",
  "两",
  "ein ",
  "12k",
  "3x",
);
const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.oneof(phrases, signs), { maxLength: 25 }).map((parts) => parts.join(" ")),
  fc
    .array(fc.oneof(pieces, signs, fc.string({ maxLength: 3 })), { maxLength: 40 })
    .map((parts) => parts.join("")),
);

test("never throws, keeps to the model's limits, and quotes only what stands in the text", () => {
  fc.assert(
    fc.property(
      hostile,
      fc.option(fc.constantFrom(...languages), { nil: undefined }),
      fc.option(fc.constantFrom(...placeholderNames), { nil: undefined }),
      (text, language, asking) => {
        const understood = understand(text, { ...(language && { language }), ...(asking && { asking }) });
        expect(Answers.safeParse(understood.answers).success).toBe(true);
        for (const name of Object.keys(understood.answers)) {
          expect(text).toContain(understood.quotes[name as keyof Answers]);
          expect(understood.quotes[name as keyof Answers]).not.toBe("");
        }
        for (const { quote, name } of understood.uncertain) {
          expect(text).toContain(quote);
          expect(understood.answers).not.toHaveProperty(name);
        }
        for (const { quote } of understood.refused) expect(text).toContain(quote);
      },
    ),
    { numRuns: 400 },
  );
});

test("answers every question with a value the model takes, or with a problem", () => {
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom(...placeholderNames),
      fc.constantFrom(...languages),
      (text, name, language) => {
        const read = readAnswer(name, text, language);
        if (read.kind === "value") expect(Answers.shape[name].safeParse(read.value).success).toBe(true);
        else expect(["unknown", "range", "not-a-number", "not-a-choice"]).toContain(read.key);
      },
    ),
    { numRuns: 400 },
  );
});

const bombs: Record<string, string> = {
  "ten million letters": "a".repeat(10_000_000),
  "ten million digits": "1".repeat(10_000_000),
  "groups of digits": "1,111".repeat(500_000),
  "spaced digits": "1 111 ".repeat(500_000),
  commas: ",".repeat(5_000_000),
  "number words": "zwei und ".repeat(500_000),
  "compound of numbers": "hundert".repeat(500_000),
  "Han digits": "一万".repeat(1_000_000),
  negations: "not no never ".repeat(300_000),
  prefixes: "the most the most of the ".repeat(200_000),
  "control characters": "\u0000\u0007\u001b[31m".repeat(500_000),
  "combining marks": `e${"\u0301".repeat(1_000_000)}`,
  ligatures: "ﷺ".repeat(500_000),
  "lone surrogates": "\ud800".repeat(500_000),
};

test.each(Object.entries(bombs))("survives %s", (_, bomb) => {
  for (const language of languages) {
    expect(understand(bomb, { language }).language).toBeTypeOf("string");
    expect(readAnswer("sites", bomb, language).kind).toBeTypeOf("string");
  }
});

test("cuts no text into more tokens than it has characters, and reads no further than its limit", () => {
  for (const bomb of Object.values(bombs)) expect(tokenise(bomb).length).toBeLessThanOrEqual(maxCharacters);
  const late = `${"x ".repeat(maxCharacters)} 500 stores`;
  expect(understand(late).answers).toEqual({});
});

test("a text eight times as long takes nowhere near sixty-four times the time", () => {
  const time = (text: string) => {
    const runs = Array.from({ length: 7 }, () => {
      const start = performance.now();
      understand(text, { language: "en" });
      return performance.now() - start;
    });
    return Math.min(...runs);
  };
  for (const unit of [
    "no Argo or 500 stores with 2 GB ",
    "each not 5 ",
    "one hundred and ",
    "offline for 3 days ",
  ]) {
    const short = time(unit.repeat(Math.floor(2_000 / unit.length)));
    const long = time(unit.repeat(Math.floor(16_000 / unit.length)));
    // Linear work is 8, quadratic 64; between lies room for a busy machine.
    expect(long / Math.max(short, 0.5), unit).toBeLessThan(30);
  }
});

describe("one reply", () => {
  const value = (read: ReturnType<typeof readAnswer>) => (read.kind === "value" ? read.value : read);

  test.each([
    ["sites", "about 40", "en", 40],
    ["sites", "viertausend", "de", 4000],
    ["sites", "五百家", "zh", 500],
    ["sites", "not 500 but 600", "en", 600],
    ["memoryMiB", "2 GB", "en", 2048],
    ["memoryMiB", "4", "en", 4096],
    ["memoryMiB", "2048", "en", 2048],
    ["memoryMiB", "4G", "zh", 4096],
    ["memoryMiB", "512 Mega", "de", 512],
    ["nodesPerSite", "drei", "de", 3],
    ["outageHours", "3 days", "en", 72],
    ["outageHours", "三天", "zh", 72],
    ["storage", "SSD", "de", "ssd"],
    ["network", "LTE comes and goes", "en", "intermittent"],
    ["network", "gut", "de", "stable"],
    ["exposure", "drivers can, and they get stolen", "en", "exposed"],
    ["exposure", "jeder", "de", "exposed"],
    ["exposure", "personal", "es", "staff"],
    ["gitops", "egal", "de", "auto"],
    ["wasm", "no", "en", "none"],
    ["wasm", "ja", "de", "any"],
    ["highAvailability", "we don't need it", "en", false],
    ["tpm", "有", "zh", true],
    ["tpm", "没有", "zh", false],
    ["regulated", "sí", "es", true],
    ["scenario", "we run 500 shops", "en", "we run 500 shops"],
  ] as const)("%s: %s (%s)", (name, text, language, expected) => {
    expect(value(readAnswer(name, text, language))).toEqual(expected);
  });

  test.each([
    ["weiß nicht", "de"],
    ["no lo sé", "es"],
    ["don't know", "en"],
    ["不知道", "zh"],
  ] as const)("%s is known to be unknown", (text, language) => {
    for (const name of ["sites", "storage", "tpm"] as const) {
      expect(readAnswer(name, text, language)).toEqual({ kind: "problem", key: "unknown", values: {} });
    }
  });

  test("says which range a number is out of", () => {
    expect(readAnswer("nodesPerSite", "2000", "en")).toEqual({
      kind: "problem",
      key: "range",
      values: { min: 1, max: 1000, given: 2000 },
    });
    expect(readAnswer("memoryMiB", "64 MB", "en")).toMatchObject({
      key: "range",
      values: { min: 128, given: 64 },
    });
  });

  test("does not take a vague number, or nonsense, for an answer", () => {
    expect(readAnswer("sites", "a couple of hundred", "en")).toMatchObject({ key: "not-a-number" });
    expect(readAnswer("sites", "banana", "en")).toMatchObject({ key: "not-a-number" });
    // What counts sites is no memory, and memory counts no sites, whatever was asked.
    for (const text of ["40 clinics", "sorry, 40 clinics"])
      expect(readAnswer("memoryMiB", text, "en")).toMatchObject({ key: "not-a-number" });
    for (const text of ["4 GB", "4 GB of memory", "10 Mbit/s", "cut off for 3 days"])
      expect(readAnswer("sites", text, "en")).toMatchObject({ key: "not-a-number" });
    expect(readAnswer("storage", "banana", "en")).toMatchObject({ key: "not-a-choice" });
  });
});

test("stays in the conversation's language until a text is clearly in another", () => {
  expect(understand("K3s 4GB", { language: "de" }).language).toBe("de");
  expect(understand("wir haben 500 Filialen mit je 2 GB", { language: "en" }).language).toBe("de");
  expect(understand("").answers).toEqual({});
});

test("a blanked K3s token is no wish for K3s, and stays in a free answer", () => {
  const said = understand("500 stores, join with ‹secret:k3s-token›, push with ‹secret:github-token›");
  expect(said.answers).toEqual({ sites: 500, industry: "retail" });
  expect(readAnswer("challenge", "the token ‹secret:k3s-token› leaks", "en")).toMatchObject({
    value: "the token ‹secret:k3s-token› leaks",
  });
});

test("plain text is cut up as any other is", () => {
  const plain = fc.string({
    unit: fc.constantFrom(..."aZ09 .,-_'/:;!?%()$\n", "ca.", "1,200", "5.000", "i5-8500", "8GB"),
  });
  fc.assert(
    fc.property(plain, (text) => {
      // One letter that is not plain makes it take the long way.
      const long = tokenise(`${text}\né`).slice(0, -2);
      const short = tokenise(`${text}\ne`).slice(0, -2);
      expect(short).toEqual(long);
    }),
    { numRuns: 1_000 },
  );
});

test("what was read of a text is not changed by whoever was given it", () => {
  const text = "500 stores, three boxes each with 8 GB, not Argo";
  const first = understand(text);
  const kept = structuredClone(first);
  delete first.answers.sites;
  first.quotes.memoryMiB = "changed";
  first.refused.length = 0;
  first.uncertain.length = 0;
  expect(understand(text)).toEqual(kept);
});
