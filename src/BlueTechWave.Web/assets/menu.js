import { el } from "./dom.js";

/** A short list of acts under a button. */
export class Menu {
  constructor(button, label, choices) {
    this.button = button;
    this.element = el(
      "div",
      { class: "editor-menu", role: "menu", "aria-label": label, popover: "auto", onkeydown: (event) => this.#onKey(event) },
      choices.map((choice) => el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => this.#choose(choice) }, choice.label)),
    );
    this.element.addEventListener("toggle", (event) => {
      if (event.newState === "open") return;
      this.element.remove();
      button.setAttribute("aria-expanded", "false");
    });

    document.body.append(this.element);
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "true");
    this.element.showPopover();
    const box = button.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - this.element.offsetWidth - 8);
    this.element.style.left = `${Math.max(8, left)}px`;
    this.element.style.top = `${Math.min(box.bottom + 4, innerHeight - this.element.offsetHeight - 8)}px`;
    this.element.firstElementChild.focus();
  }

  #choose(choice) {
    this.element.hidePopover();
    choice.run();
  }

  #onKey(event) {
    const all = [...this.element.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.element.hidePopover();
      this.button.focus();
    }
  }
}
