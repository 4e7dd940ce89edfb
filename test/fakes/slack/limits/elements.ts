import type { Json } from "../types.ts";
import { text, typed } from "./properties.ts";
import { all, fields, list, must, oneOf, pointer, type Rule, string } from "./rules.ts";

const plain = (max: number, optional = false) => text(max, { plain: true, optional });
const placeholder = fields({ placeholder: plain(150, true) });

const confirm: Rule = (at, value, problems) => {
  if (value === undefined) return;
  fields({ title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) })(at, value, problems);
};

const option = fields({
  text: text(75),
  // Slack's page says 150 for some, its own types say 75: the smaller one is safe.
  value: string(75, { min: 1 }),
  description: text(75, { optional: true }),
});

/** The options of a menu, in groups or not, with first choices that are among them. */
function options(max: number): Rule {
  const grouped = list(100, fields({ label: plain(75), options: list(max, option) }));
  return (at, value, problems) => {
    if (value?.option_groups) return grouped(`${at}/option_groups`, value.option_groups, problems);
    list(max, option)(`${at}/options`, value?.options, problems);
    const values = (value?.options ?? []).map((entry: Json) => entry?.value);
    if (new Set(values).size < values.length)
      problems.push(`option values must be unique ${pointer(`${at}/options`)}`);
    for (const first of [value?.initial_option, ...(value?.initial_options ?? [])])
      if (first !== undefined && !values.includes(first?.value))
        problems.push(`initial option must be one of the options ${pointer(at)}`);
  };
}

const between = (name: string, min: number, max: number): Rule =>
  must(
    (value) => value[name] === undefined || (value[name] >= min && value[name] <= max),
    `${name} must be between ${min} and ${max}`,
  );

const image = all(
  fields({ alt_text: string(2_000), image_url: string(3_000, { optional: true }) }),
  must(({ image_url, slack_file }) => Boolean(image_url ?? slack_file), "missing required field: image_url"),
);

const feedback = fields({ text: plain(75), value: string(2_000, { min: 1 }) });

export const elements: Record<string, Rule> = {
  button: fields({
    text: plain(75),
    value: string(2_000, { optional: true }),
    url: string(3_000, { optional: true }),
    accessibility_label: string(75, { optional: true }),
    style: oneOf("primary", "danger"),
    confirm,
  }),
  static_select: all(placeholder, options(100)),
  multi_static_select: all(placeholder, options(100)),
  users_select: placeholder,
  conversations_select: placeholder,
  channels_select: placeholder,
  radio_buttons: options(10),
  checkboxes: options(10),
  overflow: options(5),
  datepicker: placeholder,
  datetimepicker: () => {},
  multi_users_select: placeholder,
  timepicker: placeholder,
  plain_text_input: all(
    placeholder,
    between("min_length", 0, 3_000),
    between("max_length", 1, 3_000),
    (at, value, problems) =>
      string(value.max_length ?? 3_000, { optional: true })(
        `${at}/initial_value`,
        value.initial_value,
        problems,
      ),
  ),
  number_input: must(
    ({ is_decimal_allowed }) => typeof is_decimal_allowed === "boolean",
    "missing required field: is_decimal_allowed",
  ),
  email_text_input: placeholder,
  url_text_input: placeholder,
  rich_text_input: placeholder,
  file_input: () => {},
  image,
  feedback_buttons: fields({ positive_button: feedback, negative_button: feedback }),
  icon_button: fields({ text: plain(75), icon: string(255) }),
};

export const interactive =
  "button static_select multi_static_select users_select conversations_select channels_select radio_buttons checkboxes overflow datepicker timepicker datetimepicker multi_users_select".split(
    " ",
  );
export const inputs = [
  ...interactive.filter((type) => type !== "button" && type !== "overflow"),
  ..."plain_text_input number_input email_text_input url_text_input rich_text_input file_input".split(" "),
];

/** One of the named elements, with an `action_id` that fits. */
export function element(allowed: string[]): Rule {
  return all(typed(elements, allowed), fields({ action_id: string(255, { optional: true }) }));
}
