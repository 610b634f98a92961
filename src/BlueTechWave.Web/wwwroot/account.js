// Passkeys: the browser's part. Without it, or without this file, passwords and codes still open every door.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;

  const isNew = form.dataset.passkeyKind === "new";
  const error = form.querySelector("[data-passkey-error]");
  const abort = { now: new AbortController() };
  for (const part of form.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  for (const instead of document.querySelectorAll("[data-passkey-instead]")) instead.hidden = true;

  const say = (words) => {
    error.textContent = words;
    error.hidden = !words;
  };

  const options = async () => {
    const answer = await fetch(form.dataset.passkey, {
      method: "POST",
      headers: { Accept: "application/json", RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const send = (credential) => {
    form.elements.credential.value = JSON.stringify(credential);
    form.action = form.dataset.send;
    form.submit();
  };

  const press = async () => {
    abort.now.abort();
    abort.now = new AbortController();
    say("");
    try {
      const signal = abort.now.signal;
      const asked = await options();
      send(
        isNew
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked), signal })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked), signal }),
      );
    } catch (e) {
      if (e.name === "InvalidStateError") say("This device has a passkey for your account already.");
      else if (e.name !== "AbortError") say("No passkey was used. Try again, or go on without one.");
    }
  };

  form.querySelector("[data-passkey-press]").addEventListener("click", press);

  // Offered among the names that the browser fills in, without a press.
  const offer = async () => {
    if (isNew || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await options());
      if (abort.now.signal.aborted) return;
      send(await navigator.credentials.get({ publicKey, mediation: "conditional", signal: abort.now.signal }));
    } catch {
      // Not taken up: the form is there.
    }
  };
  offer();
})();
