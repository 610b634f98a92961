/** Where a text has what is looked for; without regard to case unless the query asks for it. */
export function matchesIn(text, { text: sought, exact }) {
  if (!sought) return [];
  const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), exact ? "gu" : "giu");
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ from: index, to: index + found.length }));
}
