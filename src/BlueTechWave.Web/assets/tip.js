import { el } from "./dom.js";

/** One small label that says what the button under the pointer, or with the focus, is for; Escape sends it away. */
export class Tip {
  #waiting = 0;

  constructor(bar) {
    this.bar = bar;
    this.element = el("span", { class: "tip", hidden: true, "aria-hidden": "true" });
    addEventListener("keydown", (event) => event.key === "Escape" && this.#hide(), { capture: true });
    addEventListener("scroll", () => this.#hide(), { passive: true });
  }

  tell(button, text) {
    const soon = (delay) => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#show(button, text), delay);
    };
    button.addEventListener("mouseenter", () => soon(350));
    button.addEventListener("focus", () => button.matches(":focus-visible") && soon(0));
    button.addEventListener("mouseleave", () => this.#hide());
    button.addEventListener("blur", () => this.#hide());
    button.addEventListener("click", () => this.#hide());
  }

  #show(button, text) {
    this.element.textContent = text;
    this.element.hidden = false;
    const [bar, box] = [this.bar.getBoundingClientRect(), button.getBoundingClientRect()];
    const width = this.element.offsetWidth;
    const left = Math.min(Math.max(box.left + box.width / 2 - width / 2, 4), document.documentElement.clientWidth - width - 4);
    this.element.style.insetInlineStart = `${left - bar.left}px`;
    this.element.style.insetBlockStart = `${box.bottom - bar.top + 6}px`;
  }

  #hide() {
    clearTimeout(this.#waiting);
    this.element.hidden = true;
  }
}
