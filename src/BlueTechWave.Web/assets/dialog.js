import { el, newId } from "./dom.js";

/**
 * Asks for a few values in a dialog.
 * @param fields `{ name, label, value, help, check(value, values) → message | null, find }`; `find` offers articles of ours.
 * @returns The values; the name of another button that was pressed; or null if nothing came of it.
 */
export function ask({ title, fields, submit, others = [] }) {
  return new Promise((resolve) => {
    let answer = null;
    const parts = fields.map(fieldOf);
    const titleId = newId("title");
    const form = el(
      "form",
      { method: "dialog", novalidate: true, class: "stack", onsubmit },
      el("h2", { id: titleId }, title),
      parts.map((part) => part.element),
      el(
        "div",
        { class: "row" },
        el("button", { class: "btn", type: "submit" }, submit),
        others.map(({ name, label }) => el("button", { class: "btn btn--line", type: "button", onclick: () => finish(name) }, label)),
        el("button", { class: "btn btn--bare", type: "button", onclick: () => dialog.close() }, "Cancel"),
      ),
    );
    const dialog = el("dialog", { class: "editor-dialog", "aria-labelledby": titleId }, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    parts[0].input.focus();
    parts[0].input.select();

    function onsubmit(event) {
      event.preventDefault();
      const values = Object.fromEntries(parts.map((part) => [part.field.name, part.input.value.trim()]));
      const wrong = parts.filter((part) => part.complain(part.field.check?.(values[part.field.name], values) ?? null));
      if (wrong.length) wrong[0].input.focus();
      else finish(values);
    }

    function finish(value) {
      answer = value;
      dialog.close();
    }
  });
}

function fieldOf(field) {
  const id = newId(field.name);
  const help = field.help ? el("p", { class: "quiet", id: `${id}-help` }, field.help) : null;
  const error = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const input = el("input", { id, name: field.name, type: "text", value: field.value ?? "", autocomplete: "off", "aria-describedby": [help?.id, error.id].filter(Boolean).join(" ") });
  const element = el("div", {}, el("label", { for: id }, field.label), input, help, error);
  field.find?.(input, element);

  return {
    field,
    input,
    element,
    complain(message) {
      error.hidden = !message;
      error.textContent = message ?? "";
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      return Boolean(message);
    },
  };
}
