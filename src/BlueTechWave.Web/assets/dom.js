/** An element with attributes, listeners (`onclick`) and children; what is null or false is left out. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let count = 0;
export const newId = (word) => `editor-${word}-${++count}`;

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform ?? "");

/** A shortcut as people read it: `Mod-Shift-8` is Ctrl+Shift+8, or ⌘⇧8. */
export function spell(keys) {
  const parts = keys.split("-").map((part) => part.toUpperCase());
  if (isMac) return parts.map((part) => ({ MOD: "⌘", SHIFT: "⇧", ALT: "⌥", CTRL: "⌃" })[part] ?? part).join("");
  return parts.map((part) => ({ MOD: "Ctrl", SHIFT: "Shift", ALT: "Alt" })[part] ?? part).join("+");
}

/** The same for assistive technology. */
export const ariaKeys = (keys) => keys.replace("Mod", isMac ? "Meta" : "Control").split("-").join("+");

export function isMod(event) {
  return (isMac ? event.metaKey : event.ctrlKey) && !event.altKey;
}
