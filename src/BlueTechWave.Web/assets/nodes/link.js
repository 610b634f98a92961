import { Mark } from "@tiptap/core";

/** A link; to an article of ours its address is `article:12`, which follows that article wherever it moves. */
export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  exitable: true,

  addAttributes() {
    return {
      href: { default: "", parseHTML: (a) => a.getAttribute("href") ?? "" },
      title: { default: null },
      // How it was written: [words](…), <…> or the bare address.
      form: { default: "words", rendered: false },
      nest: { default: 0, rendered: false },
    };
  },

  parseHTML: () => [{ tag: "a[href]", getAttrs: (a) => (isSafe(a.getAttribute("href")) ? null : false) }],

  renderHTML({ HTMLAttributes }) {
    return ["a", { ...HTMLAttributes, href: isSafe(HTMLAttributes.href) ? HTMLAttributes.href : "" }, 0];
  },
});

/** True for addresses that can be followed without running anything. */
export function isSafe(address) {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(address ?? "");
  return !scheme || /^(https?|ftp|mailto|tel|article|picture)$/i.test(scheme[1]);
}
