// The newsroom's small conveniences. Everything works without this file.
(() => {
  const wide = matchMedia("(min-width: 62rem)");
  const menu = document.querySelector(".side-nav");
  const fold = () => menu && (menu.open = wide.matches);
  fold();
  wide.addEventListener("change", fold);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
