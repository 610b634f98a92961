const token = () => document.querySelector('input[name="__RequestVerificationToken"]')?.value ?? "";

/**
 * Sends a picture to the library.
 * @param onProgress Told how much is sent, from 0 to 1.
 * @returns `{ picture, isNew, like }`; rejects with a sentence that can be shown.
 */
export function upload(file, onProgress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/newsroom/pictures/upload?name=${encodeURIComponent(file.name || "pasted picture")}`);
    request.setRequestHeader("RequestVerificationToken", token());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else if (request.status === 413) reject(new Error("The file is far too large."));
      else if (request.status === 401) reject(new Error("You are signed out. Sign in again in another window, and bring it once more."));
      else reject(new Error(request.response?.error ?? "It could not be taken just now; bring it once more."));
    };
    request.onerror = () => reject(new Error("The connection broke off; bring it once more."));
    request.send(file);
  });
}

/** How far it has come; once all is sent, the machine looks into it, which takes as long again. */
export const progress = (file, done) => `${file.name}: ${done < 1 ? `${Math.round(done * 100)} %` : "it has come, and is being looked into"}`;

/** Calls with the files that are let go or pasted anywhere in an element. */
export function onFiles(element, take) {
  const has = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    document.body.dataset.dropping = "";
  });
  for (const name of ["dragleave", "drop", "dragend"]) element.addEventListener(name, () => delete document.body.dataset.dropping);
  element.addEventListener("drop", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  element.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}
