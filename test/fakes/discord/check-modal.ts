import { ComponentType as T } from "discord-api-types/v10";
import { options, range, select, unique } from "./check-components.ts";
import { type Loose, walk } from "./components.ts";
import { Form } from "./errors.ts";

type Path = (string | number)[];

// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
const limits = {
  title: 45,
  customId: 100,
  components: 5,
  label: 45,
  description: 100,
  text: 4_000,
  placeholder: 100,
  files: 10,
};
const top: number[] = [T.ActionRow, T.TextDisplay, T.Label];
const inLabel: number[] = [
  T.StringSelect,
  T.TextInput,
  T.UserSelect,
  T.RoleSelect,
  T.MentionableSelect,
  T.ChannelSelect,
  T.FileUpload,
  T.RadioGroup,
  T.CheckboxGroup,
  T.Checkbox,
];

/** Refuses a form that Discord would refuse. */
export function checkModal(modal: Loose) {
  const form = new Form();
  const at: Path = ["data"];
  form.length([...at, "custom_id"], modal.custom_id, 1, limits.customId);
  form.length([...at, "title"], modal.title, 1, limits.title);
  const components = Array.isArray(modal.components) ? (modal.components as Loose[]) : [];
  form.count([...at, "components"], components, 1, limits.components);
  for (const [index, component] of components.entries()) {
    const here = [...at, "components", index];
    if (!top.includes(component.type ?? 0)) {
      form.add(here, "UNION_TYPE_CHOICES", `Value of field "type" must be one of (${top.join(", ")}).`);
      continue;
    }
    if (component.type === T.Label) {
      label(form, component, here);
      continue;
    }
    if (component.type === T.TextDisplay) {
      form.length([...here, "content"], component.content, 1, limits.text);
      continue;
    }
    row(form, component, here);
  }
  unique(form, [...walk(components)]);
  form.settle();
}

function label(form: Form, component: Loose, at: Path) {
  form.length([...at, "label"], component.label, 1, limits.label);
  if (component.description !== undefined && component.description !== null)
    form.length([...at, "description"], component.description, 0, limits.description);
  const child = component.component as Loose | undefined;
  const here = [...at, "component"];
  if (!child || !inLabel.includes(child.type ?? 0))
    return form.add(
      here,
      "UNION_TYPE_CHOICES",
      `Value of field "type" must be one of (${inLabel.join(", ")}).`,
    );
  if (child.disabled)
    form.add([...here, "disabled"], "MODAL_COMPONENT_DISABLED", "Components in modals cannot be disabled");
  input(form, child, here);
}

function input(form: Form, child: Loose, at: Path) {
  if (child.type === T.TextInput) return text(form, child, at);
  if (child.type === T.FileUpload) {
    form.length([...at, "custom_id"], child.custom_id, 1, limits.customId);
    return range(form, child, at, { floor: 0, ceiling: limits.files });
  }
  if (child.type === T.Checkbox)
    return form.length([...at, "custom_id"], child.custom_id, 1, limits.customId);
  if (child.type === T.RadioGroup || child.type === T.CheckboxGroup) {
    form.length([...at, "custom_id"], child.custom_id, 1, limits.customId);
    const radio = child.type === T.RadioGroup;
    const most = radio ? 1 : (child.max_values ?? (child.options as Loose[] | undefined)?.length ?? 1);
    return options(form, { ...child, max_values: most }, at, { min: radio ? 2 : 1, max: 10 });
  }
  select(form, child, at);
  const required = child.required !== false;
  if (required && child.min_values === 0)
    form.add([...at, "min_values"], "BASE_TYPE_BAD_LENGTH", "min_values must be at least 1 when required");
}

function row(form: Form, component: Loose, at: Path) {
  const inside = Array.isArray(component.components) ? (component.components as Loose[]) : [];
  form.count([...at, "components"], inside, 1, 1);
  for (const [index, child] of inside.entries()) {
    const here = [...at, "components", index];
    if (child.type !== T.TextInput) {
      form.add(here, "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (4,).');
      continue;
    }
    form.length([...here, "label"], child.label, 1, limits.label);
    text(form, child, here);
  }
}

function text(form: Form, child: Loose, at: Path) {
  form.length([...at, "custom_id"], child.custom_id, 1, limits.customId);
  if (child.style !== 1 && child.style !== 2)
    form.add([...at, "style"], "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
  const { min_length: min = 0, max_length: max = limits.text } = child as {
    min_length?: number;
    max_length?: number;
  };
  if (min < 0 || min > limits.text)
    form.add([...at, "min_length"], "NUMBER_TYPE_MAX", `int value should be between 0 and ${limits.text}.`);
  if (max < 1 || max > limits.text || max < min)
    form.add([...at, "max_length"], "NUMBER_TYPE_MAX", `int value should be between 1 and ${limits.text}.`);
  if (child.placeholder !== undefined && child.placeholder !== null)
    form.length([...at, "placeholder"], child.placeholder, 0, limits.placeholder);
  if (typeof child.value === "string" && child.value) form.length([...at, "value"], child.value, min, max);
}
