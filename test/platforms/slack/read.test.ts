import { expect, test } from "vitest";
import { named, wordsFrom } from "../../../src/platforms/slack/read.ts";

test.each([
  ["<@U0BOT> 500 stores", "500 stores"],
  ["<@U0BOT|edgewright>: 500 stores", "500 stores"],
  ["2 GB &amp; 4 cores, latency &lt; 5 ms", "2 GB & 4 cores, latency < 5 ms"],
  [
    "see <https://k3s.io/docs|the docs> and <https://fluxcd.io>",
    "see https://k3s.io/docs and https://fluxcd.io",
  ],
  ["ask <@U1|ben> in <#C1|ops> or <!subteam^S1|@sre>, <!here>", "ask @ben in #ops or @sre, @here"],
  ["```apiVersion: v1\nkind: Pod```", "```\napiVersion: v1\nkind: Pod\n```"],
  ["look:\n```yaml\nkind: Pod\n```", "look:\n\n```yaml\nkind: Pod\n```"],
  ["non\u00A0breaking", "non breaking"],
])("%s is read as people see it", (text, words) => {
  expect(wordsFrom(text, "U0BOT")).toBe(words);
});

test("people and groups a message names", () => {
  expect(named("<@U1> and <@W2|ben>, <!subteam^S1|@sre> <!here> <!date^1^x|now>")).toEqual([
    "U1",
    "W2",
    "subteam^S1",
    "here",
  ]);
});
