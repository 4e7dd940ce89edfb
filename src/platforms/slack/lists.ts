import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { Say, Summary } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { type Desk, permalink } from "./desk.ts";
import { marked, plain } from "./draw/controls.ts";
import { clip, mrkdwn, plainText } from "./escape.ts";
import { slackLimits } from "./limits.ts";

/** Buttons outside conversations: in lists and in the app's home. */
export const homePrefix = "edgehome:";
export const homeId = (what: string): string => homePrefix + what;

export const mostListed = 20; // two or three blocks each, of a hundred in a view and fifty in a message

/** A conversation with where it takes place. */
export type Listed = Summary & { link: string | undefined };

/** A person's conversations that can still be reached, newest first. */
export async function plansOf(desk: Desk, user: string, language: Language): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const summary of await desk.bot.conversationsOf(user, language)) {
    // Where only YAML was checked, or help was asked for, there is no plan.
    if (summary.phase === "new") continue;
    const place = await desk.places.get(summary.conversation);
    if (!place || place.isLost) continue;
    listed.push({ ...summary, link: permalink(desk, place) });
  }
  return listed;
}

/** A line about a conversation: its name, and how far it is. */
export function lineOf({ title, phase, revisions }: Summary, say: Say): string {
  const state =
    phase === "planned" ? say("slack.phase.planned", { count: revisions }) : say(`slack.phase.${phase}`);
  return `*${mrkdwn(plainText(title)).replaceAll("*", "")}* · ${state}`;
}

/** A person's plans as a message for them alone. */
export function listBlocks(plans: readonly Listed[], say: Say): KnownBlock[] {
  if (plans.length === 0) return [{ type: "section", text: marked(mrkdwn(say("slack.list.none"))) }];
  const more = plans.length - mostListed;
  return [
    { type: "header", text: plain(say("slack.list.heading")) },
    ...plans.slice(0, mostListed).map((plan, at): KnownBlock => {
      const text = marked(lineOf(plan, say));
      if (!plan.link) return { type: "section", text };
      return { type: "section", text, accessory: openButton(plan.link, { say, nth: at }) };
    }),
    ...(more > 0
      ? [
          {
            type: "context" as const,
            elements: [marked(say("slack.list.more", { count: more }))],
          },
        ]
      : []),
  ];
}

type Element = ActionsBlock["elements"][number];

export function openButton(
  link: string,
  { say, nth }: { say: Say; nth: number },
): Extract<Element, { type: "button" }> {
  return {
    type: "button",
    action_id: homeId(`open~${nth}`),
    text: plain(clip(say("slack.list.open"), slackLimits.buttonCharacters)),
    url: link,
  };
}
