import type { InputBlock, ModalView, PlainTextInput, StaticSelect } from "@slack/types";
import { z } from "zod";
import type { Form, FormField, Say } from "#model/platform.ts";
import { blank } from "#model/secrets.ts";
import { tellAside, whispered } from "./aside.ts";
import { type Aside, type Desk, languageFor } from "./desk.ts";
import { marked, plain } from "./draw/controls.ts";
import { Refused } from "./errors.ts";
import { clip, plainText } from "./escape.ts";
import { slackLimits } from "./limits.ts";
import type { Submission } from "./payloads.ts";
import { Place } from "./places.ts";

/** What a modal has to know when it comes back. */
export const Carried = z.object({
  conversation: z.string().optional(),
  /** Where a conversation takes place that begins with it. */
  place: Place.optional(),
  /** What it was prefilled from; it said more than the fields hold. */
  text: z.string().optional(),
  edition: z.enum(["basic", "pro"]).optional(),
  /** Under which note all of this is kept, where it is too long for the modal. */
  note: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

/** Ids under which our modals come back. */
export const views = { form: "edge:form", check: "edge:check", rename: "edge:rename" } as const;

const input = "edge:input";

type Opening = { trigger: string; aside: Aside };

/** Opens the whole brief as one form: of a conversation, or prefilled with what a text says. */
export async function openForm(
  desk: Desk,
  { carried, ...opening }: Opening & { carried: Carried },
): Promise<boolean> {
  const { conversation, text } = carried;
  const language = await languageFor(desk, opening.aside.user, conversation);
  const form = await desk.bot.form({
    language,
    ...(conversation && { conversation }),
    ...(text && { text }),
  });
  const metadata = await packed(desk, { ...carried, edition: form.edition }, opening.trigger);
  return open(desk, { ...opening, view: formView(form, { say: desk.bot.say(language), metadata }) });
}

/** Opens a box to paste YAML into. */
export async function openCheck(
  desk: Desk,
  { carried, ...opening }: Opening & { carried: Carried },
): Promise<boolean> {
  const say = desk.bot.say(await languageFor(desk, opening.aside.user));
  const metadata = await packed(desk, carried, opening.trigger);
  const block = textInput("yaml", {
    label: say("slack.checkForm.label"),
    hint: say("slack.checkForm.hint"),
    isOptional: false,
    isLong: true,
  });
  const view = modal({
    say,
    callback: views.check,
    title: "slack.checkForm.title",
    submit: "slack.checkForm.submit",
  });
  return open(desk, { ...opening, view: { ...view, private_metadata: metadata, blocks: [block] } });
}

/** Asks for another name of a conversation. */
export async function openRename(
  desk: Desk,
  { conversation, title, ...opening }: Opening & { conversation: string; title: string },
): Promise<boolean> {
  const say = desk.bot.say(await languageFor(desk, opening.aside.user, conversation));
  const metadata = await packed(desk, { conversation }, opening.trigger);
  const block = textInput("title", { label: say("slack.rename.label"), initial: title, isOptional: false });
  const view = modal({
    say,
    callback: views.rename,
    title: "slack.rename.title",
    submit: "slack.rename.submit",
  });
  return open(desk, { ...opening, view: { ...view, private_metadata: metadata, blocks: [block] } });
}

/** A trigger is good for three seconds and once: what comes too late is said, what comes twice is left. */
async function open(desk: Desk, { trigger, aside, view }: Opening & { view: ModalView }): Promise<boolean> {
  try {
    await desk.client.call("views.open", { trigger_id: trigger, view }, { repeatable: false });
    return true;
  } catch (err) {
    if (err instanceof Refused && err.code === "exchanged_trigger_id") return true;
    desk.log.warn({ user: aside.user, err }, "a modal could not be opened");
    const say = desk.bot.say(await languageFor(desk, aside.user));
    await tellAside(desk, aside, whispered(say("slack.formLate")));
    return false;
  }
}

// --- what a modal carries --------------------------------------------------------------------------------------------

async function packed(desk: Desk, carried: Carried, trigger: string): Promise<string> {
  const whole = JSON.stringify(carried);
  if (whole.length <= slackLimits.viewMetadataCharacters) return whole;
  const note = `form/${trigger}`;
  const safe = carried.text === undefined ? carried : { ...carried, text: blank(carried.text) };
  await desk.notes.set(note, { carried: safe, at: desk.clock.now() });
  return JSON.stringify({ note } satisfies Carried);
}

/** What a modal carried, back again. */
export async function unpacked(desk: Desk, metadata: string): Promise<Carried> {
  const carried = Carried.parse(JSON.parse(metadata || "{}"));
  if (carried.note === undefined) return carried;
  const kept = z.object({ carried: Carried }).safeParse(await desk.notes.get(carried.note));
  return kept.success ? kept.data.carried : {};
}

const keptMs = 24 * 60 * 60_000; // a form left open for longer has been forgotten

/** Removes what forms carried that were never sent. */
export async function tidyForms(desk: Desk): Promise<void> {
  const before = desk.clock.now() - keptMs;
  for await (const [key, value] of desk.notes.entries("form/"))
    if (((value as { at?: number }).at ?? 0) < before) await desk.notes.delete(key);
}

/** Every field with what stands in it; what was left empty is there, too. */
export function fieldsOf({ view }: Submission): Record<string, string> {
  const entries = Object.entries(view.state.values).map(([name, elements]) => {
    const [element] = Object.values(elements);
    return [name, element?.selected_option?.value ?? element?.value ?? ""];
  });
  return Object.fromEntries(entries);
}

// --- how it looks ----------------------------------------------------------------------------------------------------

function modal({
  say,
  callback,
  title,
  submit,
}: {
  say: Say;
  callback: string;
  title: string;
  submit: string;
}): ModalView {
  const short = (key: string) => plain(clip(say(key), slackLimits.viewTitleCharacters));
  return {
    type: "modal",
    callback_id: callback,
    title: short(title),
    submit: short(submit),
    close: short("slack.form.close"),
    blocks: [],
  };
}

/** The brief as a modal. */
export function formView(form: Form, { say, metadata }: { say: Say; metadata: string }): ModalView {
  return {
    ...modal({ say, callback: views.form, title: "form.title", submit: "slack.form.submit" }),
    private_metadata: metadata,
    blocks: [
      {
        type: "section",
        text: marked(clip(plainText(form.intro), slackLimits.sectionCharacters)),
      },
      ...form.fields.slice(0, slackLimits.blocksPerView - 1).map((field) => fieldBlock(field, say)),
    ],
  };
}

function fieldBlock(field: FormField, say: Say): InputBlock {
  const { name, label, why, kind, options, value, otherwise } = field;
  const hint =
    otherwise === undefined ? why : say("slack.form.otherwise", { why, value: plainText(otherwise) });
  const usable = options.filter(
    ({ value: one }) => one !== "" && one.length <= slackLimits.optionValueCharacters,
  );
  if (kind === "choice" && usable.length > 0) {
    return {
      type: "input",
      block_id: name,
      optional: true,
      ...labels(label, hint),
      element: select(usable.slice(0, slackLimits.options), { value, otherwise, say }),
    };
  }
  const proposals = options.slice(0, 4).map(({ label: words }) => plainText(words));
  return textInput(name, {
    label,
    hint,
    isOptional: true,
    isLong: name === "notes" || name === "challenge",
    ...(value !== undefined && { initial: value }),
    ...(proposals.length > 0 && { placeholder: say("slack.form.proposals", { list: proposals.join(", ") }) }),
  });
}

function select(
  options: FormField["options"],
  { value, otherwise, say }: { value: string | undefined; otherwise: string | undefined; say: Say },
): StaticSelect {
  const all = options.map(({ value: one, label }) => ({
    text: plain(clip(plainText(label), slackLimits.optionCharacters)),
    value: one,
  }));
  const picked = all.find((option) => option.value === value);
  const words = otherwise === undefined ? say("slack.choose") : plainText(otherwise);
  return {
    type: "static_select",
    action_id: input,
    options: all,
    placeholder: plain(clip(words, slackLimits.placeholderCharacters)),
    ...(picked && { initial_option: picked }),
  };
}

type Text = {
  label: string;
  hint?: string;
  placeholder?: string;
  initial?: string;
  isOptional: boolean;
  isLong?: boolean;
};

function textInput(
  name: string,
  { label, hint, placeholder, initial, isOptional, isLong = false }: Text,
): InputBlock {
  const element: PlainTextInput = {
    type: "plain_text_input",
    action_id: input,
    multiline: isLong,
    max_length: slackLimits.inputCharacters,
    ...(initial && { initial_value: initial.slice(0, slackLimits.inputCharacters) }),
    ...(placeholder && { placeholder: plain(clip(placeholder, slackLimits.placeholderCharacters)) }),
  };
  return { type: "input", block_id: name, optional: isOptional, ...labels(label, hint), element };
}

function labels(label: string, hint: string | undefined): Pick<InputBlock, "label" | "hint"> {
  const short = (text: string) => plain(clip(plainText(text), slackLimits.labelCharacters));
  return { label: short(label), ...(hint && { hint: short(hint) }) };
}
