import { el, newId } from "../dom.js";
import { icon } from "../icons.js";
import { sourceFind } from "./source.js";
import { visualFind } from "./visual.js";

/** Find and replace, in whichever view is open. */
export class FindBar {
  #owner;
  #waiting = 0;

  constructor(owner) {
    this.#owner = owner;
    const [findId, replaceId, exactId] = [newId("find"), newId("replace"), newId("exact")];
    this.sought = el("input", { id: findId, type: "search", autocomplete: "off", oninput: () => this.#look() });
    this.words = el("input", { id: replaceId, type: "text", autocomplete: "off" });
    this.exact = el("input", { id: exactId, type: "checkbox", onchange: () => this.#look() });
    this.count = el("span", { class: "quiet count", role: "status" });
    const button = (label, run, shape) =>
      el("button", { type: "button", class: `btn btn--bare${shape ? " btn--icon" : ""}`, "aria-label": shape ? label : null, onclick: run }, shape ? icon(shape) : label);

    this.element = el(
      "div",
      { class: "find-bar", role: "search", "aria-label": "Find and replace", hidden: true, onkeydown: (event) => this.#onKey(event) },
      el("div", { class: "find-field" }, el("label", { for: findId }, "Find"), this.sought),
      el("div", { class: "find-acts" }, button("Previous", () => this.#step(-1), "up"), button("Next", () => this.#step(1), "down"), this.count),
      el("div", { class: "find-field" }, el("label", { for: replaceId }, "Replace with"), this.words),
      el("div", { class: "find-acts" }, button("Replace", () => this.#replace()), button("Replace all", () => this.#replaceAll())),
      el("label", { class: "find-exact", for: exactId }, this.exact, "Match case"),
      button("Close", () => this.close(), "close"),
    );
    this.element.lastElementChild.classList.add("find-close");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    const selected = this.#selected();
    this.element.hidden = false;
    if (selected && !selected.includes("\n") && selected.length < 200) this.sought.value = selected;
    this.sought.focus();
    this.sought.select();
    this.#look();
    this.#owner.toolbar.refresh();
  }

  close() {
    this.element.hidden = true;
    clearTimeout(this.#waiting);
    visualFind(this.#owner.editor).close();
    this.#owner.toolbar.refresh();
    this.#owner.focus();
  }

  refresh() {
    if (this.isOpen) this.#look();
  }

  refreshSoon() {
    if (!this.isOpen) return;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.refresh(), 250);
  }

  get #place() {
    return this.#owner.isVisual ? visualFind(this.#owner.editor) : sourceFind(this.#owner.textarea);
  }

  get #query() {
    return { text: this.sought.value, exact: this.exact.checked };
  }

  #selected() {
    const { editor, textarea, isVisual } = this.#owner;
    const { from, to } = editor.state.selection;
    return isVisual ? editor.state.doc.textBetween(from, to, "\n") : textarea.value.slice(textarea.selectionStart, textarea.selectionEnd);
  }

  #look() {
    this.#say(this.#place.look(this.#query));
  }

  #step(by) {
    if (this.sought.value) this.#say(this.#place.step(this.#query, by));
  }

  #replace() {
    if (this.sought.value) this.#say(this.#place.replace(this.#query, this.words.value));
  }

  #replaceAll() {
    if (!this.sought.value) return;
    const count = this.#place.replaceAll(this.#query, this.words.value);
    this.count.textContent = count ? `${count} replaced` : "Nothing found";
  }

  #say({ count, at }) {
    this.count.textContent = !this.sought.value ? "" : !count ? "Nothing found" : at >= 0 ? `${at + 1} of ${count}` : `${count} found`;
  }

  #onKey(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.sought) this.#step(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.words) this.#replace();
    else return;
    event.preventDefault();
  }
}
