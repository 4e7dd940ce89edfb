import { expect, test } from "vitest";
import { problemsOfMessage } from "../../../src/platforms/slack/limits.ts";
import { blockLimits } from "../../fakes/slack/limit-cases.ts";

/** Not of sizes, but of shapes: Slack's types keep us from writing these at all. */
const shapes = [
  "header in mrkdwn",
  "a property that is none",
  "emoji in mrkdwn",
  "collapsible container with a line",
];

test.each(blockLimits.filter(([what]) => !shapes.includes(what)))(
  "$0: what Slack refuses is refused here",
  (_what, _fits, tooMuch) => {
    expect(problemsOfMessage({ blocks: tooMuch })).not.toEqual([]);
  },
);
