import { Editor } from "@tiptap/core";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { acts } from "./acts.js";
import { countWords, spellWords } from "./count.js";
import { el, isMod, newId } from "./dom.js";
import { FindBar } from "./find/bar.js";
import { VisualFind } from "./find/visual.js";
import { editSelected } from "./acts-dialogs.js";
import { Body } from "./markdown/body.js";
import { headlines } from "./nodes/articles.js";
import { clipboard } from "./paste/clipboard.js";
import { schema } from "./schema.js";
import { Toolbar } from "./toolbar.js";

/** How long the form's field may lag behind what is typed, in milliseconds; written less often than that, it costs no key. */
const lag = 250;

const opensAsMarkdown = "This article uses Markdown that the visual editor would change, so it opens as Markdown.";
const staysAsMarkdown = "This Markdown has something that the visual editor would change, so it stays as Markdown.";

const tooLong = "This article is too long for the visual editor, so it opens as Markdown.";

/** The longest Markdown, in characters, that is still drawn in a moment; some 50,000 words. */
const longest = 400_000;

/**
 * The article's body in two views of one text: the article as it looks, and its Markdown. The textarea is the form's field
 * all the time; it is written to only once somebody has edited in the visual view.
 */
export class ArticleEditor {
  #body;
  #edited = false;
  #timer = 0;
  #own = false;
  #left = null;
  #loads = 0;
  #settled = -1;

  constructor(textarea) {
    this.textarea = textarea;
    this.form = textarea.form;
    this.label = textarea.labels?.[0] ?? null;
    if (this.label && !this.label.id) this.label.id = newId("label");
    for (const [id, words] of Object.entries(JSON.parse(textarea.dataset.headlines || "{}"))) headlines.set(id, words);

    this.note = el("p", { class: "editor-note quiet", role: "status" });
    this.surface = el("div", { class: "surface" });
    this.root = el("div", { class: "body-editor", "data-view": "source" });
    this.editor = this.#makeEditor();
    this.toolbar = new Toolbar(this, acts);
    this.findBar = new FindBar(this);
    textarea.before(this.root);
    this.root.append(this.toolbar.element, this.findBar.element, this.note, this.surface, textarea);
    textarea.classList.add("source");
    textarea.spellcheck = true;
    // A field that is not to be seen cannot be complained of by the browser; the site says what is missing.
    textarea.required = false;
    this.editor.setEditable(!textarea.readOnly && !textarea.disabled, false);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) this.editor.view.dom.setAttribute(name, textarea.getAttribute(name));
    }

    this.#listen();
    this.#show("source");
    this.load();
  }

  get view() {
    return this.root.dataset.view;
  }

  get isVisual() {
    return this.view === "visual";
  }

  /** Reads the field anew, and shows the visual view if it can carry what is there. */
  async load({ note = opensAsMarkdown, focus = false } = {}) {
    const load = ++this.#loads;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#edited = false;
    this.#left = null;
    const markdown = this.textarea.value;
    if (markdown.length > longest) {
      this.#settled = load;
      this.note.textContent = tooLong;
      this.#show("source");
      return;
    }

    const at = focus ? this.textarea.selectionStart : 0;
    const body = new Body(markdown, this.editor.schema);
    const carries = body.anew.trim() === markdown.trim() || (await this.#isSame(markdown, body.anew));
    // Whoever has begun to type in the meantime, or asked for another text, goes on with that.
    if (load !== this.#loads) return;
    this.#settled = load;
    if (markdown !== this.textarea.value) return;

    this.note.textContent = carries ? "" : note;
    if (!carries) {
      this.#show("source");
    } else {
      this.#body = body;
      const hadFocus = document.activeElement === this.textarea;
      const selection = TextSelection.near(body.doc.resolve(Math.min(body.placeOf(at), body.doc.content.size)));
      this.editor.view.updateState(EditorState.create({ doc: body.doc, selection, plugins: this.editor.state.plugins }));
      this.#hint(body.doc);
      this.#show("visual");
      if (focus || hadFocus) this.editor.commands.focus(null, { scrollIntoView: focus });
    }
    this.#count();
  }

  /** Brings the field up to date with the visual view, at once. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.isVisual || !this.#edited) return;

    this.#edited = false;
    const markdown = this.#body.write(this.editor.state.doc);
    if (markdown === this.textarea.value) return;
    this.textarea.value = markdown;
    this.#own = true;
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    this.#own = false;
  }

  /** From the visual view to the Markdown and back. */
  toggle() {
    if (this.isVisual) {
      this.flush();
      const { doc, selection } = this.editor.state;
      const at = this.#body.offsetOf(doc, selection.$from.index(0));
      this.#left = this.textarea.value;
      this.#show("source");
      this.textarea.setSelectionRange(at, at);
      this.textarea.focus();
      this.note.textContent = "";
    } else if (this.textarea.value === this.#left) {
      // Nothing was changed: what could be undone before can be undone still.
      this.#show("visual");
      this.editor.commands.focus(null);
    } else {
      this.load({ note: staysAsMarkdown, focus: true });
    }
    this.findBar.refresh();
  }

  /** True once it is decided in which view the article opens. */
  get isSettled() {
    return this.#settled === this.#loads;
  }

  /** The whole article as it would be written anew, if nothing of it kept its lines. */
  get anew() {
    return this.#body?.anew ?? this.textarea.value;
  }

  focus() {
    if (this.isVisual) this.editor.view.focus();
    else this.textarea.focus();
  }

  run(act) {
    act.run(this);
    this.toolbar.refresh();
  }

  #makeEditor() {
    return new Editor({
      element: this.surface,
      extensions: [...schema, VisualFind],
      injectCSS: false,
      enableInputRules: true,
      enablePasteRules: false,
      editorProps: {
        attributes: { class: "article-body", role: "textbox", "aria-multiline": "true", spellcheck: "true" },
        handleKeyDown: (_, event) => this.#onKey(event),
        handleDoubleClickOn: (_view, _pos, node, _at, _event, direct) => direct && node.isBlock && node.isAtom && editSelected(this),
        ...clipboard(() => this.editor),
      },
      onTransaction: ({ transaction }) => {
        if (transaction.docChanged) this.#onEdit(transaction.doc);
        this.toolbar?.refreshSoon();
      },
    });
  }

  #onEdit(doc) {
    this.#edited = true;
    this.#hint(doc);
    this.#timer ||= setTimeout(() => this.flush(), lag);
    this.#countSoon();
    this.findBar?.refreshSoon();
  }

  #hint(doc) {
    this.surface.classList.toggle("is-empty", doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.childCount === 0);
  }

  #onKey(event) {
    if (event.key === "Escape" && !event.isComposing) {
      this.toolbar.focus();
      return true;
    }
    if (event.key === "Enter" && !isMod(event) && !event.shiftKey && editSelected(this)) return true;
    return this.#onShortcut(event);
  }

  #onShortcut(event) {
    const act = acts.flat().find((a) => a.key && isMod(event) && !event.shiftKey && event.key.toLowerCase() === a.key);
    if (!act) return false;
    event.preventDefault();
    this.run(act);
    return true;
  }

  #listen() {
    this.root.addEventListener("bringing", ({ detail }) => (this.note.textContent = detail));
    const { textarea, form } = this;
    textarea.addEventListener("flush", () => this.flush());
    textarea.addEventListener("reload", () => this.load());
    textarea.addEventListener("input", () => {
      if (this.#own) return;
      if (this.isVisual) this.load();
      else this.#countSoon();
      this.#grow();
    });
    textarea.addEventListener("keydown", (event) => {
      const level = event.altKey && !event.ctrlKey && /^Digit([2-4])$/.exec(event.code);
      if (level) {
        event.preventDefault();
        acts.flat().find((a) => a.name === `h${level[1]}`)?.run(this);
      } else if (!event.isComposing) this.#onShortcut(event);
    });
    this.editor.view.dom.addEventListener("blur", () => this.flush());
    form?.addEventListener("submit", () => this.flush(), { capture: true });
    form?.addEventListener("formdata", (event) => {
      this.flush();
      if (textarea.name && !textarea.disabled) event.formData.set(textarea.name, textarea.value.replace(/\r?\n/g, "\r\n"));
    });
    form?.addEventListener("reset", () => setTimeout(() => this.load()));
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    this.label?.addEventListener("click", () => this.isVisual && this.editor.view.focus());
  }

  /** One of the two is the field called Body; the other is not there for anybody. */
  #show(view) {
    this.root.dataset.view = view;
    const visual = view === "visual";
    this.surface.hidden = !visual;
    this.textarea.hidden = visual;
    const dom = this.editor.view.dom;
    if (this.label) {
      if (visual) {
        this.label.removeAttribute("for");
        dom.setAttribute("aria-labelledby", this.label.id);
      } else {
        this.label.htmlFor = this.textarea.id;
        dom.removeAttribute("aria-labelledby");
      }
    }
    this.#grow();
    this.toolbar.refresh();
  }

  async #isSame(a, b) {
    const address = this.textarea.dataset.compare;
    if (!address) return false;
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", RequestVerificationToken: this.form?.elements.__RequestVerificationToken?.value ?? "" },
        body: JSON.stringify({ a, b }),
      });
      return answer.ok && (await answer.json()).same === true;
    } catch {
      return false;
    }
  }

  #count() {
    const shown = document.querySelectorAll("[data-words]");
    if (!shown.length) return;
    const doc = this.isVisual ? this.editor.state.doc : new Body(this.textarea.value, this.editor.schema).doc;
    const text = spellWords(countWords(doc));
    for (const element of shown) if (element.textContent !== text) element.textContent = text;
  }

  #counting = 0;

  #countSoon() {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => this.#count(), 500);
  }

  // Where the browser does not let a field grow with its text by itself.
  #grow() {
    if (this.textarea.hidden || CSS.supports("field-sizing", "content")) return;
    this.textarea.style.blockSize = "auto";
    this.textarea.style.blockSize = `${this.textarea.scrollHeight + 4}px`;
  }
}
