import { el, newId } from "../dom.js";
import { onFiles, progress, upload } from "./upload.js";

/**
 * The library in a dialog: search, choose, or bring one.
 * @returns What was chosen, as the server describes it; null if nothing was.
 */
export function chooseFromLibrary() {
  return new Promise((resolve) => {
    let answer = null;
    let [request, waiting, skip] = [null, 0, 0];
    const ids = { title: newId("pictures"), search: newId("search"), file: newId("file") };
    const search = el("input", { id: ids.search, type: "search", autocomplete: "off", oninput: () => { clearTimeout(waiting); waiting = setTimeout(() => find(0), 200); } });
    const file = el("input", { id: ids.file, type: "file", accept: "image/*,.heic", onchange: () => bring([...file.files]) });
    const said = el("p", { class: "quiet", role: "status" });
    const list = el("ul", { class: "contacts contacts--small" });
    const more = el("button", { class: "btn btn--line", type: "button", hidden: true, onclick: () => find(skip) }, "More");
    const dialog = el(
      "dialog",
      { class: "editor-dialog editor-dialog--wide", "aria-labelledby": ids.title },
      el(
        "div",
        { class: "stack" },
        el("h2", { id: ids.title }, "Pictures"),
        el("div", { class: "pair" }, el("div", {}, el("label", { for: ids.search }, "Search pictures"), search), el("div", {}, el("label", { for: ids.file }, "Add a picture"), file)),
        said,
        list,
        el("div", { class: "row" }, more, el("button", { class: "btn btn--bare", type: "button", onclick: () => dialog.close() }, "Cancel")),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    onFiles(dialog, bring);
    document.body.append(dialog);
    dialog.showModal();
    search.focus();
    find(0);

    async function find(from) {
      request?.abort();
      request = new AbortController();
      try {
        const response = await fetch(`/newsroom/pictures/find?q=${encodeURIComponent(search.value)}&skip=${from}`, { headers: { Accept: "application/json" }, signal: request.signal });
        if (!response.ok) throw new Error(String(response.status));
        const found = await response.json();
        if (from === 0) list.replaceChildren();
        list.append(...found.pictures.map(line));
        skip = from + found.pictures.length;
        more.hidden = !found.more;
        said.textContent = skip ? "" : search.value ? "No picture says that." : "There is no picture yet: add one.";
      } catch (reason) {
        if (reason.name !== "AbortError") said.textContent = "The library cannot be searched just now.";
      }
    }

    function line(picture) {
      const words = picture.alt || picture.name;
      return el(
        "li",
        {},
        el("button", { type: "button", onclick: () => choose(picture) }, el("span", { class: "frame" }, el("img", { src: picture.thumb, alt: "", loading: "lazy" })), el("b", {}, words), picture.credit ? el("span", { class: "quiet" }, picture.credit) : null),
      );
    }

    async function bring([picture]) {
      if (!picture) return;
      try {
        const taken = await upload(picture, (done) => (said.textContent = progress(picture, done)));
        if (!taken.like) return choose(taken.picture);
        // The same picture once more: with its words, the old one is the better choice.
        said.textContent = "The library has one that looks the same, with what is said of it. Choose which to use: the new one is first.";
        list.replaceChildren(line(taken.picture), line(taken.like));
        more.hidden = true;
        list.querySelector("button").focus();
      } catch (reason) {
        said.textContent = `${picture.name}: ${reason.message}`;
      } finally {
        file.value = "";
      }
    }

    function choose(picture) {
      answer = picture;
      dialog.close();
    }
  });
}
