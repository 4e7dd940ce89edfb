import type { Block, Button } from "#model/block.ts";
import { bare, inline } from "./escape.ts";
import { type Component, component, message, short, types } from "./limits.ts";

/** What buttons carry besides their action: which conversation they belong to, where the channel does not tell. */
export type Tag = {
  conversation?: string;
  /** Words of a button that opens a field to write in, for where people's messages cannot be read. */
  write?: string;
};

/** Style of a button: components/reference#button-button-styles. */
const STYLE = { primary: 1, danger: 4, none: 2 } as const;
/** Opens a field to write in; the others are those of blocks. */
export const WRITE = "write";
/** A button whose value is too long to be carried: its words are said instead. */
const SAY = "say";
const MARK = "|";

/** What a press means, read from a custom id. */
export type Pressed = { action: string; value?: string; conversation?: string };

/** A custom id of at most 100 characters; undefined where action and value do not fit into one. */
export function encode({ action, value = "", conversation = "" }: Pressed, nth = 0): string | undefined {
  const parts = [action, value, conversation, nth === 0 ? "" : String(nth)].map(encodePart);
  while (parts.at(-1) === "") parts.pop();
  const id = parts.join(MARK);
  return id.length <= component.customIdCharacters ? id : undefined;
}

/** Reads what `encode` wrote. */
export function decode(id: string): Pressed {
  const [action = "", value = "", conversation = ""] = id.split(MARK).map(decodePart);
  return { action, ...(value !== "" && { value }), ...(conversation !== "" && { conversation }) };
}

const encodePart = (part: string): string => part.replace(/[%|]/g, encodeURIComponent);
const decodePart = (part: string): string => part.replace(/%(25|7C)/g, decodeURIComponent);

/** Whether a press stands for the words on its button. */
export const isSaid = ({ action }: Pressed): boolean => action === SAY;

/** Rows of buttons and menus, in the order of their blocks. */
export function drawControls(blocks: readonly Block[], tag: Tag): Component[] {
  const ids = new Set<string>();
  const idOf = ({ action, value }: Pick<Button, "action" | "value">): string => {
    for (let nth = 0; ; nth++) {
      const of = { action, ...(value !== undefined && { value }), ...tag };
      const id = encode(of, nth) ?? encode({ action: SAY, ...tag }, nth)!;
      if (ids.has(id)) continue;
      ids.add(id);
      return id;
    }
  };
  return blocks.flatMap((block) => {
    if (block.kind === "choice") return drawChoice(block, { idOf, tag });
    if (block.kind !== "actions") return [];
    const isQuestion = block.id.startsWith("steps:");
    const write = isQuestion && tag.write ? [{ action: WRITE, label: tag.write }] : [];
    return rows([...block.buttons, ...write].map((button) => drawButton(button, idOf)));
  });
}

function drawButton(button: Button, idOf: (of: Button) => string): Component {
  return {
    type: types.button,
    style: STYLE[button.style ?? "none"],
    label: labelOf(button, component.buttonCharacters),
    custom_id: idOf(button),
  };
}

function rows(buttons: readonly Component[]): Component[] {
  const found: Component[] = [];
  for (let at = 0; at < buttons.length; at += message.buttonsPerRow)
    found.push({ type: types.row, components: buttons.slice(at, at + message.buttonsPerRow) });
  return found;
}

function drawChoice(
  block: Extract<Block, { kind: "choice" }>,
  { idOf, tag }: { idOf: (of: Pick<Button, "action" | "value">) => string; tag: Tag },
): Component[] {
  const { id, prompt, options, selected } = block;
  if (options.length === 0) return [];
  if (options.length <= message.buttonsPerRow && selected === undefined)
    return rows(options.map((option) => drawButton(option, idOf)));
  const values = new Set<string>();
  const menu = {
    type: types.select,
    custom_id: idOf({ action: "pick", value: id }),
    placeholder: short(bare(prompt).split("\n")[0] ?? "", component.placeholderCharacters),
    options: options.map((option) => {
      const { action, value } = option;
      const meant = { action, ...(value !== undefined && { value }), ...tag };
      let carried = encode(meant) ?? encode({ action: SAY, ...tag })!;
      for (let nth = 1; values.has(carried); nth++)
        carried = encode(meant, nth) ?? encode({ action: SAY, ...tag }, nth)!;
      values.add(carried);
      const label = labelOf(option, component.optionCharacters);
      return { label, value: carried, ...(value !== undefined && value === selected && { default: true }) };
    }),
  };
  return [{ type: types.row, components: [menu] }];
}

function labelOf({ label, value, action }: Button, most: number): string {
  return short(bare(label), most) || short(value ?? action, most);
}

/** Labels too long for their buttons, whole, as a numbered list; "" where all fit. */
export function drawLong(options: readonly Button[]): string {
  const most =
    options.length <= message.buttonsPerRow ? component.buttonCharacters : component.optionCharacters;
  if (!options.some(({ label }) => label.length > most)) return "";
  return options.map(({ label }, at) => `${at + 1}. ${inline(label.replaceAll("\n", " "))}`).join("\n");
}
