// How far an import has come, without loading the page anew; when it has ended, the page tells how. Without this file the page is asked for again by hand.
(() => {
  const place = document.querySelector("[data-import]");
  if (!place) return;
  const [bar, words] = [place.querySelector("progress"), place.querySelector("[role=status]")];
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.import, { headers: { Accept: "application/json" } });
      if (!answer.ok) return location.reload();
      const told = await answer.json();
      if (!told.underWay) return location.reload();
      bar.value = told.share;
      if (told.words && told.words !== words.textContent) words.textContent = told.words;
    } catch {
      // The line or the site is away for a moment.
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
})();
