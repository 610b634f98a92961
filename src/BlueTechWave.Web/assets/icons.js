// Drawn on a grid of 24, in the weight of the site's other icons.
const paths = {
  link: "M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7l1.2-1.2",
  bullets: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v5M3.8 15.4c.3-1.6 3-1.5 2.9.1 0 1.2-2.4 2-2.9 3.5h3",
  quote: "M10 7H5v6h4c0 2.5-1 3.8-3 4.5M20 7h-5v6h4c0 2.5-1 3.8-3 4.5",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M12 5v14",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9h.01",
  video: "M4 5h16v14H4zM10 9v6l5-3z",
  footnote: "M4 8h9M4 13h9M4 18h6M17 5l2-1v7",
  take: "M4 5h16v11H11l-4 3.5V16H4z",
  note: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 11v5M12 8h.01",
  also: "M5 5h9M5 10h6M5 15h5M13 15h7M17 11.5l3.5 3.5-3.5 3.5",
  code: "m8 7-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
  undo: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
  redo: "m16 5 4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h4",
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20 20",
  markdown: "M3 6h18v12H3zM6.5 15V9l2.5 3 2.5-3v6M16.5 9v6M14.3 13l2.2 2.2 2.2-2.2",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const shape = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ class: "ico", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.75", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(key, value);
  shape.setAttribute("d", paths[name]);
  svg.append(shape);
  return svg;
}
