import type { HomeView, KnownBlock } from "@slack/types";
import type { Defaults } from "#model/conversation.ts";
import type { Say } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";
import { type Desk, languageFor } from "./desk.ts";
import { marked, plain } from "./draw/controls.ts";
import { clip, mrkdwn, plainText } from "./escape.ts";
import { slackLimits } from "./limits.ts";
import { homeId, type Listed, lineOf, mostListed, openButton, plansOf } from "./lists.ts";
import { type Person, refusalOf } from "./people.ts";

const names: Record<Language, string> = { en: "English", de: "Deutsch", es: "Español", zh: "中文" };
const none = "none"; // a menu cannot be emptied again

/** What a workspace can settle, with the choices of each. */
const settings = {
  language: [none, ...languages],
  gitops: ["auto", "flux", "argocd"],
  edition: ["pro", "basic"],
} as const;
export type Setting = keyof typeof settings;

/** Publishes the app's home of one person: what they can begin, their plans, the workspace's defaults. */
export async function publishHome(desk: Desk, user: string): Promise<void> {
  const person = await desk.people.get(user);
  const language = await languageFor(desk, user);
  const say = desk.bot.say(language);
  const place = { policy: desk.policy, team: desk.team, channel: "", isDirect: true };
  const refusal = refusalOf(person, place);
  const blocks = refusal
    ? [words(say(`slack.refused.${refusal}`))]
    : await homeBlocks(desk, { person, language, say });
  const view: HomeView = { type: "home", blocks };
  await desk.client.call("views.publish", { user_id: user, view }, { repeatable: true });
}

async function homeBlocks(
  desk: Desk,
  { person, language, say }: { person: Person; language: Language; say: Say },
): Promise<KnownBlock[]> {
  const plans = await plansOf(desk, person.id, language);
  const defaults = await desk.bot.defaults(desk.team);
  return [
    { type: "header", text: plain(clip(say("slack.home.heading"), slackLimits.headerCharacters)) },
    words(say("slack.home.intro")),
    {
      type: "actions",
      elements: [
        { type: "button", style: "primary", action_id: homeId("new"), text: plain(say("slack.home.new")) },
        { type: "button", action_id: homeId("check"), text: plain(say("slack.home.check")) },
      ],
    },
    { type: "divider" },
    ...planBlocks(plans, say),
    { type: "divider" },
    ...defaultBlocks(defaults, { isAdmin: person.isAdmin, say }),
  ];
}

const words = (text: string): KnownBlock => ({
  type: "section",
  text: marked(mrkdwn(text)),
});

const heading = (text: string): KnownBlock => ({
  type: "section",
  text: marked(`*${mrkdwn(text)}*`),
});

function planBlocks(plans: readonly Listed[], say: Say): KnownBlock[] {
  if (plans.length === 0) return [heading(say("slack.list.heading")), words(say("slack.list.none"))];
  const more = plans.length - mostListed;
  return [
    heading(say("slack.list.heading")),
    ...plans.slice(0, mostListed).flatMap((plan, at) => onePlan(plan, { say, at })),
    ...(more > 0 ? [words(say("slack.list.more", { count: more }))] : []),
  ];
}

function onePlan(plan: Listed, { say, at }: { say: Say; at: number }): KnownBlock[] {
  const { conversation, title, link } = plan;
  const sure = clip(say("slack.home.deleteSure", { title: plainText(title) }), slackLimits.confirmCharacters);
  return [
    { type: "section", text: marked(lineOf(plan, say)) },
    {
      type: "actions",
      elements: [
        ...(link ? [openButton(link, { say, nth: at })] : []),
        {
          type: "button",
          action_id: homeId(`rename~${at}`),
          value: conversation,
          text: plain(say("slack.home.rename")),
        },
        {
          type: "button",
          action_id: homeId(`delete~${at}`),
          value: conversation,
          style: "danger",
          text: plain(say("slack.home.delete")),
          confirm: {
            title: plain(say("slack.home.delete")),
            text: plain(sure),
            confirm: plain(say("slack.home.delete")),
            deny: plain(say("slack.home.keep")),
            style: "danger",
          },
        },
      ],
    },
  ];
}

function defaultBlocks(defaults: Defaults, { isAdmin, say }: { isAdmin: boolean; say: Say }): KnownBlock[] {
  const current = {
    language: defaults.language ?? none,
    gitops: defaults.gitops ?? "auto",
    edition: defaults.edition ?? "pro",
  };
  const label = (setting: Setting) =>
    say(setting === "gitops" ? "ask.gitops.label" : `slack.home.${setting}`);
  const wordsOf = (setting: Setting, value: string) => {
    if (setting === "language") return value === none ? say("slack.home.any") : names[value as Language];
    if (setting === "edition") return say(`slack.home.${value}`);
    return say(`ask.gitops.choice.${value}`);
  };
  const all = Object.keys(settings) as Setting[];
  const pair = (setting: Setting) =>
    say("plan.pair", { name: label(setting), text: `**${wordsOf(setting, current[setting])}**` });
  const told = all.map((setting) => mrkdwn(pair(setting))).join(" · ");
  const head = [heading(say("slack.home.defaults")), words(say("slack.home.defaultsAdmin"))];
  if (!isAdmin) return [...head, { type: "section", text: marked(told) }];
  return [
    ...head,
    ...all.map((setting): KnownBlock => {
      const options = settings[setting].map((value) => ({ text: plain(wordsOf(setting, value)), value }));
      return {
        type: "section",
        text: marked(label(setting)),
        accessory: {
          type: "static_select",
          action_id: homeId(`default:${setting}`),
          options,
          initial_option: options.find(({ value }) => value === current[setting])!,
        },
      };
    }),
  ];
}

/** Settles one default of the workspace; only its admins may. */
export async function settle(
  desk: Desk,
  { person, setting, value }: { person: Person; setting: string; value: string },
): Promise<boolean> {
  const refusal = refusalOf(person, { policy: desk.policy, team: desk.team, channel: "", isDirect: true });
  if (refusal || !person.isAdmin || !(setting in settings)) return false;
  const { [setting as Setting]: _before, ...others } = await desk.bot.defaults(desk.team);
  await desk.bot.setDefaults(desk.team, value === none ? others : { ...others, [setting]: value });
  return true;
}
