// Entries of a menu, by drag: dropped on the upper or lower edge of another they stand before or after it, in its middle under it.
// The buttons do the same without this file.
const form = document.querySelector("form[data-drop]");
let dragged = null;

const zone = (item, event) => {
  const box = item.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  const under = Number(item.dataset.level) < Number(item.closest("[data-menu]").dataset.deepest);
  return under && part > 0.3 && part < 0.7 ? "under" : part < 0.5 ? "before" : "after";
};

const siblings = (list, parent, without) => [...list.querySelectorAll("[data-item]")].filter((i) => i.dataset.parent === parent && i !== without);

const clear = () => document.querySelectorAll("[data-over]").forEach((i) => delete i.dataset.over);

for (const list of document.querySelectorAll("[data-menu]")) {
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-item]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item);
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-item]");
    if (!dragged || !over || over === dragged || dragged.closest("[data-menu]") !== list) return;
    event.preventDefault();
    clear();
    over.dataset.over = zone(over, event);
  });
  list.addEventListener("drop", (event) => {
    const over = event.target.closest("[data-item]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const where = zone(over, event);
    const parent = where === "under" ? over.dataset.item : over.dataset.parent;
    const level = siblings(list, parent, dragged);
    const { id, parent: under, position } = form.elements;
    id.value = dragged.dataset.item;
    under.value = parent;
    position.value = where === "under" ? level.length : level.indexOf(over) + (where === "after" ? 1 : 0);
    form.requestSubmit();
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
}
