import type {
  ActionsBlock,
  ContextActionsBlock,
  KnownBlock,
  Button as SlackButton,
  StaticSelect,
} from "@slack/types";
import type { Block, Button } from "#model/block.ts";
import type { Say } from "#model/platform.ts";
import { clip, markdown, plainText } from "../escape.ts";
import { slackLimits } from "../limits.ts";

type Choice = Extract<Block, { kind: "choice" }>;
type Actions = Extract<Block, { kind: "actions" }>;

const PREFIX = "edge:";
const ACTION = /^edge:(.+?)(?:~\d+)?$/;
const mostButtons = 5; // a line of them; more are easier picked from a menu

/** The id under which a press comes back; `nth` keeps those of one block apart, as Slack asks for. */
export function actionId(action: string, nth = 0): string {
  const id = PREFIX + action;
  return nth === 0 ? id : `${id}~${nth}`;
}

/** The action of an id of ours; undefined for anybody else's. */
export function actionOf(id: string): string | undefined {
  return ACTION.exec(id)?.[1];
}

export const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: true });

/** Slack's older markup, literally: no link is made and nobody called by words that only look like it. */
export const marked = (text: string) => ({ type: "mrkdwn" as const, text, verbatim: true });

/** A button's words: never cut without being told in full elsewhere, see `longLabels`. */
function label(text: string): ReturnType<typeof plain> {
  return plain(clip(plainText(text), slackLimits.buttonCharacters) || "…");
}

function button({ action, label: words, value, style }: Button, nth: number, isPicked = false): SlackButton {
  return {
    type: "button",
    action_id: actionId(action, nth),
    text: label(words),
    ...(value !== undefined && value !== "" && { value }),
    ...((style ?? (isPicked ? "primary" : undefined)) && { style: style ?? "primary" }),
  };
}

const isLong = ({ label: words }: Button) => plainText(words).length > slackLimits.buttonCharacters;

/** In full, the labels that a button or menu has no room for. */
function longLabels(buttons: readonly Button[]): string[] {
  return buttons.filter(isLong).map(({ label: words }) => `- ${markdown(words).replace(/\s*\n/g, " ")}`);
}

/** Whether a button can carry its value; one that cannot is told in words. */
const isPressable = ({ action, value = "" }: Button) =>
  value.length <= slackLimits.buttonValueCharacters && action.length + 12 <= slackLimits.idCharacters;

/** A question: its words, and its choices as buttons or as a menu. */
export function choice(block: Choice, say: Say): { prose: string; controls: KnownBlock[] } {
  const { id, prompt, options, selected } = block;
  const unpressable = options.filter((option) => !isPressable(option) && !isLong(option));
  const told = [...longLabels(options), ...unpressable.map(({ label: words }) => `- ${markdown(words)}`)];
  const prose = [markdown(prompt), told.join("\n")].filter((piece) => piece !== "").join("\n\n");
  const usable = options.filter(isPressable);
  if (usable.length === 0) return { prose, controls: [] };
  if (usable.length > mostButtons && isMenu(usable))
    return { prose, controls: [menu(id, usable, { selected, say })] };
  return { prose, controls: rows(id, usable, selected) };
}

function isMenu(options: readonly Button[]): boolean {
  const values = options.map(({ value = "" }) => value);
  return (
    new Set(options.map(({ action }) => action)).size === 1 &&
    new Set(values).size === values.length &&
    values.every((value) => value !== "" && value.length <= slackLimits.optionValueCharacters)
  );
}

function menu(
  id: string,
  options: readonly Button[],
  { selected, say }: { selected: string | undefined; say: Say },
): ActionsBlock {
  const all = options.map(({ label: words, value = "" }) => ({ text: label(words), value }));
  const picked = all.find(({ value }) => value === selected);
  const select: StaticSelect = {
    type: "static_select",
    action_id: actionId(options[0]!.action),
    placeholder: plain(say("slack.choose")),
    options: all,
    ...(picked && { initial_option: picked }),
  };
  return { type: "actions", block_id: id, elements: [select] };
}

function rows(id: string, buttons: readonly Button[], selected?: string): ActionsBlock[] {
  const blocks: ActionsBlock[] = [];
  for (let from = 0; from < buttons.length; from += slackLimits.actionsElements) {
    const row = buttons.slice(from, from + slackLimits.actionsElements);
    blocks.push({
      type: "actions",
      block_id: from === 0 ? id : `${id}/${from}`,
      elements: row.map((one, nth) => button(one, nth, selected !== undefined && one.value === selected)),
    });
  }
  return blocks;
}

/** Buttons; feedback as Slack's own pair of thumbs where a message may have them. */
export function actions(
  block: Actions,
  { native }: { native: boolean },
): { prose: string; controls: KnownBlock[] } {
  const usable = block.buttons.filter(isPressable);
  const thumbs = native ? feedback(usable) : undefined;
  const others = thumbs ? usable.filter(({ action }) => action !== "feedback") : usable;
  const controls: KnownBlock[] = others.length > 0 ? rows(block.id, others) : [];
  if (thumbs) controls.push({ ...thumbs, block_id: `${block.id}/feedback` });
  const told = [
    ...longLabels(block.buttons),
    ...block.buttons
      .filter((one) => !isPressable(one) && !isLong(one))
      .map((one) => `- ${markdown(one.label)}`),
  ];
  return { prose: told.join("\n"), controls };
}

function feedback(buttons: readonly Button[]): ContextActionsBlock | undefined {
  const of = (value: string) => buttons.find((one) => one.action === "feedback" && one.value === value);
  const [up, down] = [of("up"), of("down")];
  if (!up || !down) return undefined;
  return {
    type: "context_actions",
    elements: [
      {
        type: "feedback_buttons",
        action_id: actionId("feedback"),
        positive_button: { text: label(up.label), value: "up" },
        negative_button: { text: label(down.label), value: "down" },
      },
    ],
  };
}
