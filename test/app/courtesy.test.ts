import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "#model/conversation.ts";
import { createCourtesy } from "../../src/app/courtesy.ts";

const said = (person: string, n = 0): Event => ({
  id: `e${n}`,
  conversation: "slack:c",
  at: 0,
  kind: "said",
  text: "hello",
  person: { id: person, name: person },
});

test("the one message above the cap gets a sentence with the wait, those behind it none, and a minute later all is well", () => {
  let now = 1_000;
  const judge = createCourtesy(2, () => now);
  expect(judge(said("ada"))).toEqual({ kind: "taken" });
  now += 20_000;
  expect(judge(said("ada"))).toEqual({ kind: "taken" });
  expect(judge(said("ada"))).toEqual({ kind: "limited", seconds: 40 });
  expect(judge(said("ada"))).toEqual({ kind: "dropped" });
  expect(judge(said("bob"))).toEqual({ kind: "taken" });
  now += 40_000;
  expect(judge(said("ada"))).toEqual({ kind: "taken" });
});

test("never takes more than the cap of one person within a window, and takes everything without a cap", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom("a", "b"), { maxLength: 60 }),
      (cap, people) => {
        const judge = createCourtesy(cap, () => 0);
        const free = createCourtesy(0, () => 0);
        const taken = people.filter((person) => judge(said(person)).kind === "taken");
        for (const person of ["a", "b"])
          expect(taken.filter((one) => one === person).length).toBe(
            Math.min(cap, people.filter((one) => one === person).length),
          );
        expect(people.every((person) => free(said(person)).kind === "taken")).toBe(true);
      },
    ),
  );
});

test("works that came back are never held up", () => {
  const judge = createCourtesy(1, () => 0);
  const done: Event = {
    id: "d",
    conversation: "slack:c",
    at: 0,
    kind: "failed",
    effect: "e",
    generation: 0,
    reason: "timeout",
  };
  for (let n = 0; n < 5; n++) expect(judge(done).kind).toBe("taken");
});
