import { articleSearch } from "./article-search.js";
import { ask } from "./dialog.js";
import { articleOf } from "./markdown/words.js";
import { writeBlock } from "./markdown/write.js";
import { destination } from "./markdown/write-inline.js";
import { findVideo } from "./nodes/film.js";
import { headlines } from "./nodes/articles.js";
import { isSafe } from "./nodes/link.js";
import { chooseFromLibrary } from "./pictures/library.js";
import * as source from "./source.js";

const required = (message) => (value) => (value ? null : message);

/** Words, and where they lead: an address, or an article of ours that is found by its words. */
export async function askLink(to) {
  const { editor, textarea } = to;
  // Keys may come faster than the browser tells of what they have selected.
  if (to.isVisual) (editor.view.domObserver.forceFlush(), editor.view.domObserver.flush());
  const current = to.isVisual && editor.isActive("link") ? editor.getAttributes("link") : null;
  if (current) editor.commands.extendMarkRange("link");
  const { from, to: until } = editor.state.selection;
  const words = to.isVisual ? editor.state.doc.textBetween(from, until, " ") : textarea.value.slice(textarea.selectionStart, textarea.selectionEnd);
  const range = [textarea.selectionStart, textarea.selectionEnd];

  const answer = await ask({
    title: current ? "Change link" : "Link",
    submit: current ? "Change link" : "Add link",
    others: current ? [{ name: "remove", label: "Remove link" }] : [],
    fields: [
      {
        name: "href",
        label: "Address, or words of an article",
        value: current?.href,
        help: helpFor(current?.href),
        find: articleSearch(textarea.dataset.find, (article, input) => {
          const field = input.form.elements.words;
          if (field && !field.value) field.value = article.headline;
        }),
        check: checkAddress,
      },
      ...(words && to.isVisual ? [] : [{ name: "words", label: "Words of the link", value: words }]),
    ],
  });
  if (!to.isVisual) textarea.setSelectionRange(...range);
  to.focus();
  if (answer === null) return;
  if (answer === "remove") {
    editor.chain().focus().unsetMark("link").run();
    return;
  }

  const href = mended(answer.href);
  const text = answer.words || words || headlines.get(articleOf(href)) || href;
  if (!to.isVisual) source.insert(textarea, `[${text}](${destination(href)})`);
  else if (words) editor.chain().focus().setMark("link", { href, form: "words" }).setTextSelection(until).run();
  else editor.chain().focus().insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run();
}

const helpFor = (href) => (articleOf(href) ? headlines.get(articleOf(href)) ?? `Article ${articleOf(href)}` : null);

function checkAddress(value) {
  if (!value) return "Give an address, or choose an article.";
  if (!isSafe(value)) return "This address cannot be linked to.";
  return /\s/.test(value) ? "Choose one of the articles, or give an address without spaces." : null;
}

const mended = (address) => (/^(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/|$))/i.test(address) ? `https://${address}` : address);

/** A picture with what it shows, in words, and its caption. */
export async function askFigure(to) {
  const current = selected(to, "figure");
  let typed = current ?? {};
  for (;;) {
    const answer = await ask({
      title: current ? "Change figure" : "Figure",
      submit: current ? "Change figure" : "Add figure",
      others: [{ name: "library", label: "Choose from the library" }],
      fields: [
        { name: "src", label: "Address of the picture", value: typed.src, help: "Choose one from the library, or bring one there.", check: (value) => (value && isSafe(value) ? null : "Choose a picture from the library, or give its address.") },
        { name: "alt", label: "Alternative text", value: typed.alt, help: "What one sees, for those who do not see it.", check: checkAlt },
        { name: "title", label: "Caption", value: typed.title },
      ],
    });
    if (answer !== "library") return put(to, "figure", answer && { ...answer, title: answer.title || null }, current);
    const chosen = await chooseFromLibrary();
    if (chosen) typed = { src: chosen.address, alt: chosen.alt, title: "" };
  }
}

function checkAlt(value, { src }) {
  // What the library says of its own serves where nothing is said here.
  if (!value) return /^picture:\d+$/.test(src) ? null : "Say what the picture shows.";
  return /^[\w-]+\.(jpe?g|png|gif|webp|avif|svg)$/i.test(value) ? "Say what the picture shows; this is the name of a file." : null;
}

/** A film at YouTube or Vimeo. */
export async function askVideo(to) {
  const current = selected(to, "video");
  const answer = await ask({
    title: current ? "Change video" : "Video",
    submit: current ? "Change video" : "Add video",
    fields: [
      { name: "src", label: "Address at YouTube or Vimeo", value: current?.src, check: (value) => (findVideo(value) ? null : "This is no film at YouTube or Vimeo.") },
      { name: "alt", label: "Title of the film", value: current?.alt, check: required("Name the film.") },
      { name: "title", label: "Caption", value: current?.title },
    ],
  });
  put(to, "video", answer && { ...answer, title: answer.title || null }, current);
}

/** The line that sends readers on to another article of ours. */
export async function askAlso(to) {
  const current = selected(to, "alsoRead");
  const answer = await ask({
    title: "Also read",
    submit: current ? "Change line" : "Add line",
    fields: [
      {
        name: "id",
        label: "Words of an article",
        value: current ? `article:${current.id}` : "",
        help: current ? helpFor(`article:${current.id}`) : null,
        find: articleSearch(to.textarea.dataset.find),
        check: (value) => (articleOf(value) ? null : "Type a few words, and choose an article."),
      },
    ],
  });
  const same = current && answer && articleOf(answer.id) === current.id;
  put(to, "alsoRead", answer && { id: articleOf(answer.id), words: same ? current.words : null }, current);
}

const asks = { figure: askFigure, video: askVideo, alsoRead: askAlso };

/** Opens what is selected to be changed; false if it is nothing of the kind. */
export function editSelected(to) {
  const name = to.editor.state.selection.node?.type.name;
  if (!asks[name]) return false;
  asks[name](to);
  return true;
}

function selected(to, name) {
  const node = to.isVisual ? to.editor.state.selection.node : null;
  return node?.type.name === name ? node.attrs : null;
}

function put(to, type, attrs, current) {
  to.focus();
  if (!attrs) return;
  if (!to.isVisual) source.insertBlock(to.textarea, writeBlock(to.editor.schema.nodes[type].create(attrs)));
  else if (current) to.editor.chain().focus().updateAttributes(type, attrs).run();
  else to.editor.chain().focus().insertContent({ type, attrs }).run();
}
