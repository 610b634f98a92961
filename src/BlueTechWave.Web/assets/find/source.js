import { matchesIn } from "./matches.js";

/** Looks through the Markdown: what is found is selected, as there is nothing else to mark it with. */
export const sourceFind = (field) => {
  const type = (text) => {
    field.focus();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  return {
    look: (query) => ({ count: matchesIn(field.value, query).length, at: -1 }),

    step(query, by) {
      const found = matchesIn(field.value, query);
      if (!found.length) return { count: 0, at: -1 };
      const { selectionStart: from, selectionEnd: to } = field;
      let at = by > 0 ? found.findIndex((f) => f.from >= to && !(f.from === from && f.to === to)) : found.findLastIndex((f) => f.to <= from);
      if (at < 0) at = by > 0 ? 0 : found.length - 1;
      const { activeElement } = document;
      field.focus();
      field.setSelectionRange(found[at].from, found[at].to);
      activeElement?.focus();
      return { count: found.length, at };
    },

    replace(query, words) {
      const { selectionStart: from, selectionEnd: to } = field;
      const { activeElement } = document;
      if (matchesIn(field.value, query).some((f) => f.from === from && f.to === to)) type(words);
      activeElement?.focus();
      return this.step(query, 1);
    },

    replaceAll(query, words) {
      const found = matchesIn(field.value, query);
      if (!found.length) return 0;
      let text = field.value;
      for (const { from, to } of found.toReversed()) text = text.slice(0, from) + words + text.slice(to);
      const { activeElement } = document;
      field.select();
      type(text);
      activeElement?.focus();
      return found.length;
    },

    close() {},
  };
};
