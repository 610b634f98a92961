import { Node } from "@tiptap/core";
import { findVideo } from "./film.js";

// Read by the rules below alone: an attribute of the same name may mean something else there.
const unread = { rendered: false, parseHTML: () => null };
const attributes = () => ({ src: { default: "", ...unread }, alt: { default: "", ...unread }, title: { default: null, ...unread } });

// The policy of the page lets pictures come from this site alone; others are shown by their words.
/** `picture:12` names one of the library; the desk sees it at an address of its own. */
const named = /^picture:(\d+)$/;
const seen = (src) => src.replace(named, "/newsroom/pictures/$1/view");
const nameOf = (src) => src.replace(/^(?:https?:\/\/[^/]+)?\/newsroom\/pictures\/(\d+)\/(?:view|thumb)$/, "picture:$1");

const isOurs = (src) => /^(\/(?!\/)|\.{0,2}\/|data:image\/)/.test(src) || (typeof location !== "undefined" && src.startsWith(`${location.origin}/`));

const picture = ({ src, alt }) =>
  isOurs(seen(src))
    ? ["img", { src: seen(src), alt, loading: "lazy", decoding: "async", draggable: "false" }]
    : ["span", { class: "elsewhere", role: "img", "aria-label": alt || "Picture" }, alt || "Picture", ["small", src]];

const fromImage = (img) => ({
  src: nameOf(img.getAttribute("src") ?? ""),
  alt: img.getAttribute("alt") ?? "",
  title: img.getAttribute("title") || null,
});

/** A picture alone in its paragraph, with its caption. */
export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,
  addAttributes: attributes,

  parseHTML: () => [
    {
      tag: "figure",
      getAttrs(figure) {
        const img = figure.querySelector("img[src]");
        return img ? { ...fromImage(img), title: figure.querySelector("figcaption")?.textContent.trim() || img.getAttribute("title") || null } : false;
      },
    },
  ],

  renderHTML({ node }) {
    const { alt, title } = node.attrs;
    const parts = [picture(node.attrs)];
    if (title) parts.push(["figcaption", title]);
    // What the library says of its own serves where nothing is said here.
    return ["figure", alt || named.test(node.attrs.src) ? {} : { "data-noalt": "" }, ...parts];
  },
});

/** A film at YouTube or Vimeo, written as a picture. */
export const Video = Node.create({
  name: "video",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,
  addAttributes: attributes,

  parseHTML: () => [
    {
      tag: "figure[data-video]",
      priority: 60,
      getAttrs: (figure) => ({ src: figure.dataset.src ?? "", alt: figure.dataset.alt ?? "", title: figure.dataset.title || null }),
    },
    { tag: "iframe[src]", getAttrs: (frame) => (findVideo(frame.src) ? { src: findVideo(frame.src).address, alt: frame.title } : false) },
  ],

  renderHTML({ node }) {
    const { src, alt, title } = node.attrs;
    const film = findVideo(src);
    const marks = { class: "video", "data-video": film?.host ?? "", "data-src": src, "data-alt": alt };
    if (title) marks["data-title"] = title;
    return ["figure", marks, ["div", { class: "film" }, ["b", alt || "Untitled film"], ["small", film ? `${film.host}: ${film.address}` : src]], ...(title ? [["figcaption", title]] : [])];
  },
});

/** A picture among words. */
export const InlineImage = Node.create({
  name: "inlineImage",
  group: "inline",
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: attributes,
  parseHTML: () => [{ tag: "img[src]", getAttrs: fromImage }],
  renderHTML: ({ node }) => ["span", { class: "inline-image" }, picture(node.attrs)],
});
