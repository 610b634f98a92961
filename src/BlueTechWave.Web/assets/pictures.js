import { el } from "./dom.js";
import { chooseFromLibrary } from "./pictures/library.js";
import { onFiles, progress, upload } from "./pictures/upload.js";

for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;

/** The library's way in: several at once, each with its progress. */
function bringing(form) {
  const [field, list] = [form.elements.files, form.querySelector(".brought")];
  const queue = [];
  let busy = 0;

  const take = (files) => {
    list.hidden = false;
    for (const file of files) {
      const bar = el("progress", { max: "1", value: "0", "aria-label": `Sending ${file.name}` });
      const words = el("span", {}, file.name);
      const line = el("li", {}, words, bar);
      list.append(line);
      queue.push({ file, bar, words, line });
    }
    next();
  };

  // Two at a time: the server opens them one by one, and a slow line is not made slower.
  const next = async () => {
    if (busy >= 2 || !queue.length) return;
    busy++;
    const { file, bar, words, line } = queue.shift();
    next();
    try {
      const { picture, isNew, like } = await upload(file, (done) => (bar.value = done));
      const to = (offer, label) => el("a", { class: "link", href: `/newsroom/pictures/${offer.id}` }, label);
      line.prepend(el("img", { src: picture.thumb, alt: "", width: "48", height: "32" }));
      words.replaceChildren(...(isNew ? [`${file.name} is in the library. `, to(picture, "Say what it shows")] : [`${file.name} was there already. `, to(picture, "See it")]));
      if (like) words.append(" It looks like ", to(like, like.alt || like.name), like.credit ? `, ${like.credit}.` : ".");
    } catch (reason) {
      line.classList.add("error");
      words.textContent = `${file.name}: ${reason.message}`;
    }
    bar.remove();
    busy--;
    next();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.files.length) take([...field.files]);
    else field.focus();
    field.value = "";
  });
  field.addEventListener("change", () => field.files.length && form.requestSubmit());
  onFiles(document, take);
}

/** The focal point by a click or by keys, with every crop following. */
function focusing(form) {
  const [pad, x, y] = [form.querySelector(".pad"), form.elements.x, form.elements.y];
  if (!x) return;
  const { width, height } = pad.viewBox.baseVal;
  const aim = form.querySelector("[data-aim]");
  const scale = /scale\([^)]*\)/.exec(aim.getAttribute("transform"))?.[0] ?? "";
  const start = (whole, cut, focus) => Math.min(Math.max(Math.round((whole * focus) / 100 - cut / 2), 0), whole - cut);

  const show = () => {
    aim.setAttribute("transform", `translate(${(width * x.value) / 100} ${(height * y.value) / 100}) ${scale}`);
    for (const crop of form.querySelectorAll("[data-crop]")) {
      const [across, down] = crop.dataset.crop.split(",").map(Number);
      const wide = width * down > height * across;
      const [w, h] = wide ? [Math.round((height * across) / down), height] : [width, Math.round((width * down) / across)];
      crop.setAttribute("viewBox", `${start(width, w, x.value)} ${start(height, h, y.value)} ${w} ${h}`);
    }
  };
  x.addEventListener("input", show);
  y.addEventListener("input", show);
  pad.addEventListener("pointerdown", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(pad.getScreenCTM().inverse());
    x.value = Math.round((point.x / width) * 100);
    y.value = Math.round((point.y / height) * 100);
    show();
    x.focus();
  });
}

/** The article form's picture: from the whole library, or brought there. */
function leading(box) {
  const choice = box.querySelector("select");
  const choose = el(
    "button",
    {
      type: "button",
      class: "btn btn--line",
      onclick: async () => {
        const picture = await chooseFromLibrary();
        choose.focus();
        if (picture) pick(picture);
      },
    },
    "Choose from the library",
  );
  const pick = (picture) => {
    let option = [...choice.options].find((o) => o.value === picture.address);
    if (!option) {
      option = new Option(picture.alt || picture.name, picture.address);
      choice.options[0].after(option);
    }
    Object.assign(option.dataset, { seen: picture.thumb, alt: picture.alt, caption: picture.caption, credit: picture.credit, decorative: picture.isDecorative ? "yes" : "" });
    choice.value = picture.address;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const said = box.querySelector("[data-picture-warning]");
  choice.after(choose);
  onFiles(box, async ([file]) => {
    if (!file) return;
    try {
      const { picture } = await upload(file, (done) => (said.textContent = progress(file, done)));
      pick(picture);
    } catch (reason) {
      said.textContent = `${file.name}: ${reason.message}`;
    }
  });
}

for (const form of document.querySelectorAll("form[data-bring]")) bringing(form);
for (const form of document.querySelectorAll("form[data-focus]")) focusing(form);
for (const box of document.querySelectorAll("[data-lead]")) if (!box.querySelector("select").disabled) leading(box);
