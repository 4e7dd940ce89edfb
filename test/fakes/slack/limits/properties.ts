import { pointer, type Rule, text as textRule } from "./rules.ts";

const act = "action_id confirm focus_on_load";
const pick = `${act} placeholder`;
const typing = "action_id focus_on_load placeholder initial_value dispatch_action_config";

/** The properties each type may have beside `type` and `block_id`, from @slack/types 3.2; others Slack refuses. */
const known: Record<string, string> = {
  plain_text: "text emoji",
  mrkdwn: "text verbatim",
  section: "text fields accessory expand",
  header: "text",
  divider: "",
  context: "elements",
  actions: "elements",
  context_actions: "elements",
  image: "alt_text image_url slack_file title",
  input: "label hint optional element dispatch_action",
  markdown: "text",
  rich_text: "elements",
  table: "rows column_settings",
  data_table: "rows caption page_size row_header_column_index",
  alert: "text level",
  card: "hero_image icon title subtitle body actions",
  carousel: "elements",
  container:
    "title rich_text_title subtitle child_blocks width icon is_collapsible default_collapsed has_header_divider",
  plan: "title tasks",
  task_card: "task_id title details output sources status",
  raw_text: "text",
  raw_number: "value text",
  button: "action_id confirm text value url style accessibility_label",
  static_select: `${pick} initial_option options option_groups`,
  multi_static_select: `${pick} initial_options options option_groups max_selected_items`,
  users_select: `${pick} initial_user`,
  multi_users_select: `${pick} initial_users max_selected_items`,
  radio_buttons: `${act} initial_option options`,
  checkboxes: `${act} initial_options options`,
  overflow: `${act} options`,
  datepicker: `${pick} initial_date`,
  timepicker: `${pick} initial_time timezone`,
  datetimepicker: `${act} initial_date_time`,
  plain_text_input: `${typing} multiline min_length max_length`,
  number_input: `${typing} is_decimal_allowed min_value max_value`,
  email_text_input: typing,
  url_text_input: typing,
  feedback_buttons: "action_id positive_button negative_button",
  icon_button: "action_id confirm icon text value accessibility_label visible_to_user_ids",
};
const allowed = new Map(
  Object.entries(known).map(([type, names]) => [type, new Set(["type", "block_id", ...names.split(" ")])]),
);

/** No property that a type does not have. */
const onlyKnown: Rule = (at, value, problems) => {
  const names = allowed.get(value?.type);
  for (const name of names ? Object.keys(value) : [])
    if (!names?.has(name)) problems.push(`invalid additional property: ${name} ${pointer(at)}`);
};

/** One of several types, each with its own rule and its own properties. */
export function typed(rules: Record<string, Rule>, types: string[]): Rule {
  return (at, value, problems) => {
    const rule = types.includes(value?.type) ? rules[value.type] : undefined;
    if (!rule) return void problems.push(`unsupported type: ${value?.type} ${pointer(`${at}/type`)}`);
    onlyKnown(at, value, problems);
    rule(at, value, problems);
  };
}

/** A text object with nothing in it that does not belong there. */
export function text(...limits: Parameters<typeof textRule>): Rule {
  const rule = textRule(...limits);
  return (at, value, problems) => {
    rule(at, value, problems);
    onlyKnown(at, value, problems);
  };
}
