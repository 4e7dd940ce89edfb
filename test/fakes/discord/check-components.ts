import { ButtonStyle, ComponentType as T } from "discord-api-types/v10";
import { children, displayed, type Loose, walk } from "./components.ts";
import type { Form } from "./errors.ts";

type Path = (string | number)[];

// https://docs.discord.com/developers/components/reference
const limits = {
  nested: 40,
  text: 4_000,
  rows: 5,
  buttons: 5,
  customId: 100,
  buttonLabel: 80,
  url: 512,
  options: 25,
  optionText: 100,
  placeholder: 150,
  sectionTexts: 3,
  gallery: 10,
  galleryDescription: 1_024,
};

const legacyTop: number[] = [T.ActionRow];
const v2Top: number[] = [
  T.ActionRow,
  T.Section,
  T.TextDisplay,
  T.MediaGallery,
  T.File,
  T.Separator,
  T.Container,
];
const inContainer: number[] = v2Top.filter((type) => type !== T.Container);
const selects: number[] = [T.StringSelect, T.UserSelect, T.RoleSelect, T.MentionableSelect, T.ChannelSelect];

/** What Discord says about a message's components; `files` are the names `attachment://` may point to. */
export function checkComponents(
  form: Form,
  components: Loose[],
  { v2, files }: { v2: boolean; files: readonly string[] },
) {
  if (!v2) form.count(["components"], components, 0, limits.rows);
  for (const [index, component] of components.entries()) {
    check(form, component, { at: ["components", index], allowed: v2 ? v2Top : legacyTop, files });
  }
  const all = [...walk(components)];
  if (v2 && all.length > limits.nested)
    form.add(
      ["components"],
      "COMPONENT_MAX_TOTAL_COMPONENTS",
      `The maximum number of components is ${limits.nested}`,
    );
  const length = displayed(components).reduce((sum, text) => sum + text.length, 0);
  if (length > limits.text)
    form.add(
      ["components"],
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      `Message components displayable text size exceeds maximum size of ${limits.text}`,
    );
  unique(form, all);
}

/** Custom ids must differ within one message or form. */
export function unique(form: Form, all: Loose[]) {
  const seen = new Set<unknown>();
  for (const { custom_id: id } of all) {
    if (id === undefined) continue;
    if (seen.has(id))
      form.add(["components"], "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    seen.add(id);
  }
}

type Place = { at: Path; allowed: number[]; files: readonly string[] };

function check(form: Form, component: Loose, { at, allowed, files }: Place) {
  const type = component.type ?? 0;
  if (!allowed.includes(type))
    return form.add(
      at,
      "UNION_TYPE_CHOICES",
      `Value of field "type" must be one of (${allowed.join(", ")}).`,
    );
  const id = component.id;
  if (id !== undefined && (!Number.isInteger(id) || Number(id) < 0 || Number(id) > 2 ** 31 - 1))
    form.add([...at, "id"], "NUMBER_TYPE_MAX", "int32 value should be less than or equal to 2147483647.");
  if (type === T.ActionRow) return row(form, component, at);
  if (type === T.TextDisplay) return form.length([...at, "content"], component.content, 1, limits.text);
  if (type === T.File) return fileUrl(form, component.file, [...at, "file"], { files, outside: false });
  if (type === T.MediaGallery) return gallery(form, component, at, files);
  if (type === T.Section) return section(form, component, at, files);
  if (type === T.Separator) {
    const spacing = component.spacing;
    if (spacing !== undefined && spacing !== 1 && spacing !== 2)
      form.add([...at, "spacing"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    return;
  }
  if (type === T.Container) {
    form.count([...at, "components"], list(component.components), 1, limits.nested);
    for (const { path, child } of children(component))
      check(form, child, { at: [...at, ...path], allowed: inContainer, files });
  }
}

const list = (value: unknown): Loose[] => (Array.isArray(value) ? value : []);

function row(form: Form, component: Loose, at: Path) {
  const inside = list(component.components);
  form.count([...at, "components"], inside, 1, limits.buttons);
  const menus = inside.filter(({ type }) => selects.includes(type ?? 0));
  if (menus.length && inside.length > 1)
    form.add(
      [...at, "components"],
      "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
      "The specified component exceeds the maximum width",
    );
  for (const [index, child] of inside.entries()) {
    const here = [...at, "components", index];
    if (child.type === T.Button) {
      button(form, child, here);
      continue;
    }
    if (selects.includes(child.type ?? 0)) {
      select(form, child, here);
      continue;
    }
    form.add(here, "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).');
  }
}

function button(form: Form, component: Loose, at: Path) {
  const style = component.style;
  if (typeof style !== "number" || style < 1 || style > 6)
    return form.add([...at, "style"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).");
  if (component.label !== undefined) form.length([...at, "label"], component.label, 0, limits.buttonLabel);
  emoji(form, component.emoji, [...at, "emoji"]);
  if (!component.label && !component.emoji)
    form.add(at, "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji");
  if (style === ButtonStyle.Link) {
    form.length([...at, "url"], component.url, 1, limits.url);
    if (!/^(https?|discord):\/\/./.test(String(component.url)))
      form.add([...at, "url"], "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    if (component.custom_id !== undefined)
      form.add(
        at,
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        "A custom id and url cannot both be specified",
      );
    return;
  }
  form.length([...at, "custom_id"], component.custom_id, 1, limits.customId);
}

const EMOJI = /^\p{RGI_Emoji}$/v;

/** An emoji is one of Unicode's, as it is meant to be drawn, or a custom one by its id. */
function emoji(form: Form, value: unknown, at: Path) {
  const { id, name } = (value ?? {}) as { id?: unknown; name?: unknown };
  if (!value || id || (typeof name === "string" && EMOJI.test(name))) return;
  form.add([...at, "name"], "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
}

/** A select menu, in a message's row or in a form's label. */
export function select(form: Form, component: Loose, at: Path) {
  form.length([...at, "custom_id"], component.custom_id, 1, limits.customId);
  if (component.placeholder !== undefined)
    form.length([...at, "placeholder"], component.placeholder, 0, limits.placeholder);
  if (component.type === T.StringSelect) options(form, component, at, { min: 1, max: limits.options });
  range(form, component, at, { floor: 0, ceiling: limits.options });
}

/** Minimum and maximum of what may be chosen. */
export function range(
  form: Form,
  component: Loose,
  at: Path,
  { floor, ceiling }: { floor: number; ceiling: number },
) {
  const { min_values: min = 1, max_values: max = 1 } = component as {
    min_values?: number;
    max_values?: number;
  };
  if (min < floor || min > ceiling)
    form.add(
      [...at, "min_values"],
      "NUMBER_TYPE_MIN",
      `int value should be between ${floor} and ${ceiling}.`,
    );
  if (max < 1 || max > ceiling)
    form.add(
      [...at, "max_values"],
      "NUMBER_TYPE_MAX",
      `int value should be less than or equal to ${ceiling}.`,
    );
  if (min > max) form.add(at, "BASE_TYPE_BAD_LENGTH", "min_values must be less than or equal to max_values");
  const count = list(component.options).length;
  if (component.options !== undefined && max > count)
    form.add([...at, "max_values"], "BASE_TYPE_BAD_LENGTH", "max_values cannot exceed the number of options");
}

/** Options of a menu or a group: their number, their texts, their values all different. */
export function options(form: Form, component: Loose, at: Path, { min, max }: { min: number; max: number }) {
  const all = list(component.options);
  form.count([...at, "options"], all, min, max);
  const seen = new Set<unknown>();
  for (const [index, option] of all.entries()) {
    const here = [...at, "options", index];
    form.length([...here, "label"], option.label, 1, limits.optionText);
    form.length([...here, "value"], option.value, 1, limits.optionText);
    if (option.description !== undefined && option.description !== null)
      form.length([...here, "description"], option.description, 0, limits.optionText);
    emoji(form, option.emoji, [...here, "emoji"]);
    if (seen.has(option.value))
      form.add(
        [...here, "value"],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "The specified option value is already used",
      );
    seen.add(option.value);
  }
  const chosen = all.filter((option) => option.default === true).length;
  const most = component.max_values ?? 1;
  if (typeof most === "number" && chosen > most)
    form.add(
      [...at, "options"],
      "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
      `Maximum of ${most} default values`,
    );
}

function section(form: Form, component: Loose, at: Path, files: readonly string[]) {
  form.count([...at, "components"], list(component.components), 1, limits.sectionTexts);
  for (const [index, child] of list(component.components).entries()) {
    check(form, child, { at: [...at, "components", index], allowed: [T.TextDisplay], files });
  }
  const accessory = component.accessory as Loose | undefined;
  const here = [...at, "accessory"];
  if (!accessory) return form.add(here, "BASE_TYPE_REQUIRED", "This field is required");
  if (accessory.type === T.Button) return button(form, accessory, here);
  if (accessory.type === T.Thumbnail)
    return fileUrl(form, accessory.media, [...here, "media"], { files, outside: true });
  form.add(here, "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 11).');
}

function gallery(form: Form, component: Loose, at: Path, files: readonly string[]) {
  const items = list(component.items);
  form.count([...at, "items"], items, 1, limits.gallery);
  for (const [index, item] of items.entries()) {
    const here = [...at, "items", index];
    fileUrl(form, item.media, [...here, "media"], { files, outside: true });
    if (item.description !== undefined && item.description !== null)
      form.length([...here, "description"], item.description, 0, limits.galleryDescription);
  }
}

type Urls = { files: readonly string[]; outside: boolean };

function fileUrl(form: Form, value: unknown, at: Path, { files, outside }: Urls) {
  const url = (value as { url?: unknown } | undefined)?.url;
  if (typeof url !== "string")
    return form.add([...at, "url"], "BASE_TYPE_REQUIRED", "This field is required");
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined && outside && /^https?:\/\//.test(url)) return;
  if (name === undefined)
    return form.add([...at, "url"], "URL_TYPE_INVALID_SCHEME", 'Scheme must be one of ("attachment").');
  if (!files.includes(name))
    form.add([...at, "url"], "ATTACHMENT_NOT_FOUND", `The referenced attachment "${name}" was not found`);
}
