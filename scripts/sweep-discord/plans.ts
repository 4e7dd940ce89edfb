import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import type { Block } from "#model/block.ts";
import type { Plan } from "#model/plan.ts";
import { makePlan } from "../../src/app/make-plan.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { openWorkshop } from "../../src/app/workshop.ts";
import { arrange } from "../../src/platforms/discord/arrange.ts";
import { drawMessage } from "../../src/platforms/discord/draw.ts";
import { render, renderDocument } from "../../src/steps/render.ts";
import { split } from "../../src/steps/split.ts";
import { addGuild } from "../../test/fakes/discord/guilds.ts";
import { send } from "../../test/fakes/discord/messages.ts";
import { World } from "../../test/fakes/discord/world.ts";
import { anyLanguage, anyPlan, faultsOf } from "../../test/platforms/discord/any-plan.ts";
import { briefOf } from "../../test/steps/decide/briefs.ts";

export type PlanReport = {
  plans: number;
  messages: number;
  characters: number;
  files: number;
  pings: number;
  links: number;
  problems: string[];
};

const perWorld = 50; // plans; a world keeps all it was sent

/** Random plans, drawn, judged by their own test, and sent to a fake Discord's own rules: limits, mentions, links. */
export async function sweepPlans({ plans, seed }: { plans: number; seed: number }): Promise<PlanReport> {
  const say = createSpeech();
  const real = makePlan(
    briefOf({ sites: 5_000, memoryMiB: 2_048, arch: "arm64", storage: "emmc", network: "intermittent" }),
    await openWorkshop(),
  );
  const report: PlanReport = {
    plans: 0,
    messages: 0,
    characters: 0,
    files: 0,
    pings: 0,
    links: 0,
    problems: [],
  };
  for (let at = 0; at < plans; at += perWorld) {
    const world = new World({ messageContent: "none" });
    world.base = "http://127.0.0.1:1";
    addGuild(world, "devops");
    const channel = [...world.channels.values()][0]!;
    const numRuns = Math.min(perWorld, plans - at);
    const drawn = fc.sample(fc.tuple(anyPlan(real), anyLanguage), { numRuns, seed: seed + at });
    for (const [nth, [plan, language]] of drawn.entries()) {
      report.plans++;
      try {
        const blocks = wholeOf(plan, language);
        for (const fault of faultsOf(blocks)) problem(at + nth, fault);
        for (const message of arrange(blocks, split).map((one) =>
          drawMessage(one, { conversation: "1".repeat(20) }),
        )) {
          report.messages++;
          report.files += message.files.length;
          report.characters += (message.body.content ?? "").length;
          const uploads = message.files.map(({ name, data, contentType }, key) => ({
            ...{ key: String(key), name, type: contentType, data: Buffer.from(data) },
          }));
          send(world, channel, message.body as Parameters<typeof send>[2], uploads);
        }
      } catch (error) {
        const { errors } = error as { errors?: object };
        problem(at + nth, `${(error as Error).message} ${JSON.stringify(errors ?? "")}`);
      }
    }
    report.pings += world.pings.length;
    report.links += world.links.length;
    for (const { message } of world.pings) problem(at, `rings: ${world.messages.get(message)?.data.content}`);
    for (const { url } of world.links) problem(at, `fetched: ${url}`);
    for (const { what } of world.violations) problem(at, what);
  }
  return report;

  function problem(at: number, what: string): void {
    if (report.problems.length < 50)
      report.problems.push(`plan ${at} of seed ${seed}: ${what.slice(0, 400)}`);
  }

  function wholeOf(plan: Plan, language: Parameters<typeof say>[0]): Block[] {
    const speaker = { say: say(language), language };
    const blocks = render(plan, { ...speaker, part: "whole" });
    const zip: Block = {
      kind: "file",
      name: "fleet-r1.zip",
      content: new Uint8Array(200),
      mime: "application/zip",
    };
    return [...blocks.slice(0, -1), zip, renderDocument(plan, speaker), ...blocks.slice(-1)];
  }
}

if (parentPort) parentPort.postMessage(await sweepPlans(workerData as { plans: number; seed: number }));
