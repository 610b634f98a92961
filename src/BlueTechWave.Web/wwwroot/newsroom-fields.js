// The fields of the article form, made handier: each works without this file, by a plain post.
const form = document.querySelector("form[data-writing]");
const all = (selector) => [...form.querySelectorAll(selector)];
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

const slugOf = (words) => {
  const folded = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const slug = words.toLowerCase().replace(/[ßæœøłđðþı]/g, (c) => folded[c]).normalize("NFD").replace(/[\p{Mn}’'‘]/gu, "")
    .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (slug.length <= 120) return slug;
  const cut = slug.lastIndexOf("-", 120);
  return slug.slice(0, cut > 0 ? cut : 120);
};

// The slug follows the headline until somebody types in it; emptied, it follows again.
const followHeadline = () => {
  const { Headline: headline, Slug: slug, ownSlug } = form.elements;
  if (form.dataset.published) return;
  let follows = !ownSlug.value && (slug.value === "" || slug.value === slugOf(headline.value));
  headline.addEventListener("input", () => {
    if (follows) slug.value = slugOf(headline.value);
  });
  slug.addEventListener("input", () => {
    follows = slug.value === "";
    ownSlug.value = follows ? "" : "yes";
  });
};

const countCharacters = () => {
  for (const count of all("[data-counts]")) {
    const field = form.elements[count.dataset.counts];
    const say = () => (count.textContent = `${[...field.value].length} of ${count.dataset.most} characters`);
    field.addEventListener("input", say);
    form.addEventListener("filled", say);
  }
};

// Key points: up, down, take out, add, in place.
const keyPoints = () => {
  const box = form.querySelector("[data-points]");
  const list = box.querySelector("ol");
  const add = box.querySelector('[value="add"]');
  const pattern = list.children[0].cloneNode(true);
  const read = () => [...list.querySelectorAll("textarea")].map((t) => t.value);
  const write = (points) => {
    list.replaceChildren(...(points.length ? points : [""]).map((point, i, shown) => {
      const line = pattern.cloneNode(true);
      const text = line.querySelector("textarea");
      text.id = `KeyPoints-${i}`;
      text.value = point;
      text.setAttribute("aria-label", `Key points, ${i + 1}`);
      for (const [name, words, off] of [["up", "up", i === 0], ["down", "down", i === shown.length - 1], ["remove", "", false]]) {
        const button = line.querySelector(`[value^="${name}"]`);
        button.value = `${name}-${i}`;
        button.disabled = off;
        button.setAttribute("aria-label", name === "remove" ? `Remove key point ${i + 1}` : `Move key point ${i + 1} ${words}`);
      }
      return line;
    }));
    add.hidden = list.children.length >= 5;
  };
  box.addEventListener("click", (e) => {
    const button = e.target.closest("button[name=do]");
    if (!button) return;
    e.preventDefault();
    const [verb, at] = button.value.split("-");
    const i = Number(at);
    const points = read();
    let focus = i;
    if (verb === "add") focus = points.push("") - 1;
    else if (verb === "remove") points.splice(i, 1);
    else {
      focus = verb === "up" ? i - 1 : i + 1;
      [points[i], points[focus]] = [points[focus], points[i]];
    }
    write(points);
    const line = list.children[Math.min(focus, list.children.length - 1)];
    const again = line.querySelector(`[value^="${verb}"]:not(:disabled)`);
    (again && verb !== "remove" ? again : line.querySelector("textarea")).focus();
    changed(line.querySelector("textarea"));
  });
  form.addEventListener("fill", (e) => e.detail.KeyPoints && write(e.detail.KeyPoints));
};

// Authors: there is always one more place.
const authors = () => {
  const list = form.querySelector("[data-authors] ol");
  const more = () => {
    const last = list.lastElementChild.querySelector("select");
    if (last.value === "") return;
    const line = list.lastElementChild.cloneNode(true);
    const select = line.querySelector("select");
    select.id = `AuthorIds-${list.children.length}`;
    select.setAttribute("aria-label", `Authors, ${list.children.length + 1}`);
    select.options[0].textContent = "Nobody else";
    select.value = "";
    list.append(line);
  };
  list.addEventListener("change", more);
  form.addEventListener("fill", (e) => {
    const ids = e.detail.AuthorIds ?? [];
    for (let i = 0; i < Math.max(ids.length, list.children.length); i++) {
      if (i >= list.children.length) more();
      list.children[i].querySelector("select").value = ids[i] ?? "";
    }
    more();
  });
};

// Tags as tokens, with suggestions; the field that is posted stays a list with commas.
const tags = () => {
  const box = form.querySelector("[data-tags]");
  const posted = form.elements.Tags;
  const field = posted.cloneNode();
  const list = document.createElement("ul");
  const known = document.createElement("datalist");
  const place = document.createElement("li");
  posted.type = "hidden";
  posted.removeAttribute("id");
  field.removeAttribute("name");
  field.value = "";
  field.placeholder = "Add a tag";
  known.id = "Tags-known";
  field.setAttribute("list", known.id);
  list.className = "tokens";
  place.className = "new";
  place.append(field, known);
  list.append(place);
  posted.before(list);

  let chosen = [];
  const split = (text) => text.split(",").map((t) => t.trim()).filter((t) => t);
  const keep = () => {
    posted.value = [...chosen, ...split(field.value)].join(", ");
    changed(posted);
  };
  const draw = () => {
    for (const token of [...list.children]) if (token !== place) token.remove();
    place.before(...chosen.map((tag) => {
      const token = document.createElement("li");
      const remove = document.createElement("button");
      const icon = form.querySelector('[value^="remove"] svg').cloneNode(true);
      token.textContent = tag;
      remove.type = "button";
      remove.setAttribute("aria-label", `Remove ${tag}`);
      remove.append(icon);
      remove.addEventListener("click", () => {
        chosen = chosen.filter((t) => t !== tag);
        draw();
        keep();
        field.focus();
      });
      token.append(remove);
      return token;
    }));
  };
  const take = () => {
    const fresh = split(field.value).filter((t) => !chosen.some((c) => c.toLowerCase() === t.toLowerCase()));
    field.value = "";
    if (fresh.length) {
      chosen = [...chosen, ...fresh];
      draw();
    }
    keep();
  };
  const read = () => {
    chosen = split(posted.value);
    draw();
  };

  let asking;
  const suggest = async () => {
    asking?.abort();
    asking = new AbortController();
    const words = field.value.trim();
    if (words.length < 2) return known.replaceChildren();
    try {
      const answer = await fetch(`/newsroom/tags/find?q=${encodeURIComponent(words)}`, { signal: asking.signal, redirect: "error" });
      known.replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
    } catch {
      // Without suggestions one types the whole word.
    }
  };
  field.addEventListener("input", (e) => {
    e.stopPropagation();
    if (field.value.includes(",") || e.inputType === "insertReplacementText" || [...known.children].some((o) => o.value === field.value)) take();
    else {
      keep();
      suggest();
    }
  });
  field.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && field.value.trim()) {
      e.preventDefault();
      take();
    } else if (e.key === "Backspace" && field.value === "" && chosen.length) {
      e.preventDefault();
      field.value = chosen.pop();
      draw();
      keep();
    }
  });
  field.addEventListener("blur", () => field.value.trim() && take());
  form.addEventListener("filled", read);
  box.querySelector("#Tags-hint").textContent = "Press Enter or a comma after each. A new one is made when you save.";
  read();
};

const picture = () => {
  const shown = form.querySelector("[data-picture]");
  const choice = form.elements.PicturePath;
  const cover = () => {
    let hash = 2166136261;
    for (const c of form.elements.Slug.value) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
    return (hash >>> 0) % 8;
  };
  const warning = form.querySelector("[data-picture-warning]");
  const own = form.querySelector("[data-picture-own]");
  const words = { alt: form.elements.PictureAlt, caption: form.elements.PictureCaption, credit: form.elements.PictureCredit };
  let before = {};
  const chosen = () => choice.selectedOptions[0]?.dataset ?? {};
  const show = () => {
    shown.src = chosen().seen || choice.value || `${shown.dataset.cover}${cover()}`;
    warning.textContent = chosen().warning ?? "";
    const id = /^picture:(\d+)$/.exec(choice.value)?.[1];
    own.hidden = !id;
    if (id) own.querySelector("a").href = `/newsroom/pictures/${id}`;
  };
  // What the library says of a picture is the beginning of what the article says; what somebody has typed stays.
  const take = () => {
    for (const [name, field] of Object.entries(words)) {
      if (field.value && field.value !== (before[name] ?? "")) continue;
      field.value = chosen()[name] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.elements.PictureIsDecorative.checked = chosen().decorative === "yes";
    before = { ...chosen() };
  };
  before = { ...chosen() };
  choice.addEventListener("change", () => {
    take();
    show();
  });
  form.addEventListener("filled", show);
};

// What the time in the site's zone is in UTC: found by asking what the zone makes of the guess.
const utc = () => {
  const { date, time } = form.elements;
  const place = form.querySelector("[data-utc]");
  const zone = form.dataset.zone;
  if (!date || !place || zone === "UTC") return;
  const inZone = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const show = () => {
    const wanted = Date.parse(`${date.value}T${time.value}Z`);
    if (Number.isNaN(wanted)) return (place.textContent = "");
    let guess = wanted;
    for (let i = 0; i < 2; i++) guess += wanted - Date.parse(`${inZone.format(guess).replace(" ", "T")}Z`);
    // A time that comes twice has no one answer: which of the two is asked.
    const isOnce = ![-1, 1].some((hour) => inZone.format(guess + hour * 36e5) === inZone.format(guess));
    place.textContent = isOnce && inZone.format(guess) === `${date.value} ${time.value}` ? `${new Date(guess).toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
  };
  for (const field of [date, time]) field.addEventListener("input", show);
  if (place.dataset.utc !== "said") show();
};

if (form?.dataset.mayEdit) for (const enhance of [followHeadline, countCharacters, keyPoints, authors, tags, picture, utc]) enhance();
