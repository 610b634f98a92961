import { ariaKeys, el, spell } from "./dom.js";
import { icon } from "./icons.js";
import { Menu } from "./menu.js";
import { Tip } from "./tip.js";

/** The row of buttons over the body: one stop for Tab, arrows within. */
export class Toolbar {
  #buttons = [];
  #owner;
  #waiting = 0;

  constructor(owner, groups) {
    this.#owner = owner;
    this.element = el("div", { class: "tools editor-tools", role: "toolbar", "aria-label": "Formatting" });
    const tip = new Tip(this.element);
    groups.forEach((acts, i) => {
      if (i) this.element.append(el("span", { class: "sep" }));
      for (const act of acts.filter((a) => !a.hidden)) this.element.append(this.#button(act, tip));
    });
    this.element.append(tip.element);
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("focusin", (event) => this.#settle(event.target));
    // The selection in the text stays what it is while the mouse is on a button.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.#settle(this.#buttons[0].button);
  }

  #button(act, tip) {
    const keys = act.keys ?? (act.key ? `Mod-${act.key}` : null);
    const worded = act.text === act.label;
    const button = el(
      "button",
      {
        type: "button",
        class: worded ? "worded" : `act-${act.name}`,
        // Who says aloud what is to be seen on a button must reach it by that.
        "aria-label": act.text?.length > 1 && !worded ? `${act.label} (${act.text})` : act.label,
        "data-text": act.text && !worded ? act.text : null,
        "aria-pressed": act.isOn ? "false" : null,
        "aria-keyshortcuts": keys ? ariaKeys(keys) : null,
        onclick: () => this.#press(act, button),
      },
      act.icon ? icon(act.icon) : null,
      worded ? act.text : null,
    );
    if (!worded) tip.tell(button, keys ? `${act.label} (${spell(keys)})` : act.label);
    this.#buttons.push({ button, act });
    return button;
  }

  #press(act, button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const choices = this.#owner.isVisual ? (act.menu?.(this.#owner.editor) ?? []) : [];
    if (choices.length) new Menu(button, act.label, choices.map((choice) => ({ ...choice, run: () => this.#owner.run(choice) })));
    else this.#owner.run(act);
  }

  /** Brings the keyboard here. */
  focus() {
    this.element.querySelector('button[tabindex="0"]').focus();
  }

  /** Once for many changes, and never within a key press. */
  refreshSoon() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.refresh(), 80);
  }

  refresh() {
    const owner = this.#owner;
    for (const { button, act } of this.#buttons) {
      if (act.isOn) set(button, "aria-pressed", String(Boolean((owner.isVisual || /^(markdown|find)$/.test(act.name)) && act.isOn(owner.editor, owner))));
      if (act.can) set(button, "aria-disabled", String(owner.isVisual && !act.can(owner.editor)));
    }
  }

  #onKey(event) {
    const all = this.#buttons.map((b) => b.button);
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") this.#owner.focus();
    else if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    else all[(to + all.length) % all.length].focus();
    event.preventDefault();
  }

  #settle(target) {
    const chosen = target.closest("button");
    if (chosen) for (const { button } of this.#buttons) button.tabIndex = button === chosen ? 0 : -1;
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
