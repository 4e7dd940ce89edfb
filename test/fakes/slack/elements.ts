import type { ElementRef, Json } from "./types.ts";

export type Found = { block_id: string; element: Json; block: Json };

/** Every interactive element in blocks, with the block it stands in. */
export function elementsIn(blocks: Json[] = []): Found[] {
  return blocks.flatMap((block): Found[] => {
    const own = (element: Json): Found => ({ block_id: block.block_id, element, block });
    if (block.child_blocks) return elementsIn(block.child_blocks);
    if (block.type === "actions" || block.type === "context_actions") return block.elements.map(own);
    if (block.type === "card") return (block.actions ?? []).map(own);
    if (block.type === "carousel") return elementsIn(block.elements);
    if (block.accessory) return [own(block.accessory)];
    if (block.type === "input") return [own(block.element)];
    return [];
  });
}

/** The element a person means; throws with what is there where it is not. */
export function pick(blocks: Json[] | undefined, wanted: ElementRef & { value?: unknown }): Found {
  const all = elementsIn(blocks);
  const fits = all.filter(
    ({ element, block_id }) =>
      (!wanted.action_id || element.action_id === wanted.action_id) &&
      (!wanted.block_id || block_id === wanted.block_id) &&
      (!wanted.text || labelOf(element) === wanted.text),
  );
  const exact = fits.find(({ element }) => wanted.value !== undefined && element.value === wanted.value);
  const found = exact ?? fits[0];
  if (found) return found;
  const there =
    all.map(({ element }) => `${element.action_id} "${labelOf(element)}"`).join(", ") || "nothing";
  throw new Error(
    `no element ${wanted.action_id ?? wanted.text ?? wanted.block_id} to use; there is ${there}`,
  );
}

function labelOf(element: Json): string {
  return element.text?.text ?? element.placeholder?.text ?? "";
}

export function optionsOf(element: Json): Json[] {
  return element.options ?? (element.option_groups ?? []).flatMap((group: Json) => group.options);
}

/** What an element holds once a person has picked or typed, as `state.values` shows it; throws on what is not offered. */
export function stateOf(element: Json, value: Json): Json {
  const { type } = element;
  const options = optionsOf(element);
  const option = (wanted: string) => {
    const found = options.find((entry) => entry.value === wanted || entry.text?.text === wanted);
    if (!found)
      throw new Error(`no option ${wanted}; offered: ${options.map((entry) => entry.value).join(", ")}`);
    return found;
  };
  if (type === "checkboxes" || type === "multi_static_select")
    return { type, selected_options: [value].flat().map(option) };
  if (type === "users_select") return { type, selected_user: value };
  if (type === "conversations_select") return { type, selected_conversation: value };
  if (type === "channels_select") return { type, selected_channel: value };
  if (type === "datepicker") return { type, selected_date: value };
  if (type === "timepicker") return { type, selected_time: value };
  if (options.length > 0) return { type, selected_option: value === null ? null : option(value) };
  const text = String(value ?? "");
  const { min_length = 0, max_length = 3_000 } = element;
  if (type === "plain_text_input" && text !== "" && (text.length < min_length || text.length > max_length))
    throw new Error(
      `${element.action_id}: ${text.length} characters; ${min_length} to ${max_length} are allowed`,
    );
  return { type, value: value === undefined || value === "" ? null : text };
}

/** What an element holds before anybody touched it. */
export function firstState(element: Json): Json {
  const { type } = element;
  if (type === "checkboxes" || type === "multi_static_select")
    return { type, selected_options: element.initial_options ?? [] };
  if (type === "users_select") return { type, selected_user: element.initial_user ?? null };
  if (type === "conversations_select")
    return { type, selected_conversation: element.initial_conversation ?? null };
  if (optionsOf(element).length > 0) return { type, selected_option: element.initial_option ?? null };
  if (type === "datepicker") return { type, selected_date: element.initial_date ?? null };
  return { type, value: element.initial_value ?? null };
}

export function isEmpty(state: Json): boolean {
  const { type: _, ...held } = state;
  return Object.values(held).every((value) => value === null || (Array.isArray(value) && value.length === 0));
}
