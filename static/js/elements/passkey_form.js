/* <passkey-form action="log-in|prove|register" optional>: its button asks the device for a passkey and sends the form with it in "credential".
   What to ask stands in a JSON script inside; a log-in fetches it from the form's address, and offers passkeys in the e-mail field too. */
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.action = this.getAttribute("action");
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
      this.hidden = this.hasAttribute("optional");
      return this.say("missing");
    }
    this.form.addEventListener("submit", (event) => {
      if (this.form.elements.credential.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.use();
    });
    if (this.action === "log-in") this.offer();
  }

  async options() {
    let told = JSON.parse(this.querySelector('script[type="application/json"]')?.textContent || "null");
    if (!told) {
      const answer = await fetch(this.form.action, { headers: { Accept: "application/json" }, cache: "no-store" });
      told = await answer.json();
    }
    const asked = (told.creation_options ?? told.request_options).publicKey;
    if (this.action !== "register") return PublicKeyCredential.parseRequestOptionsFromJSON(asked);
    const { passwordless } = this.form.elements;
    if (passwordless && (passwordless.type === "checkbox" ? passwordless.checked : passwordless.value)) {
      asked.authenticatorSelection = {
        ...asked.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      };
    }
    return PublicKeyCredential.parseCreationOptionsFromJSON(asked);
  }

  async use() {
    this.waiting?.abort();
    this.say("");
    try {
      const publicKey = await this.options();
      this.send(
        await (this.action === "register" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })),
      );
    } catch (error) {
      this.say(
        { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known", SecurityError: "missing" }[error.name] ??
          "failed",
      );
    }
  }

  /* The e-mail field suggests passkeys beside addresses, where the browser can do that */
  async offer() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    this.waiting = new AbortController();
    try {
      const publicKey = await this.options();
      this.send(await navigator.credentials.get({ publicKey, mediation: "conditional", signal: this.waiting.signal }));
    } catch {
      /* another way in was chosen */
    }
  }

  send(credential) {
    this.form.elements.credential.value = JSON.stringify(credential.toJSON());
    for (const field of this.form.querySelectorAll("[data-follows]")) {
      field.value = document.getElementById(field.dataset.follows)?.checked ? "on" : "";
    }
    this.form.requestSubmit();
  }

  /* The words stand in the template: <p data-passkey-fault="cancelled" role="alert" hidden> and so on */
  say(fault) {
    this.querySelectorAll("[data-passkey-fault]").forEach((words) => (words.hidden = words.dataset.passkeyFault !== fault));
  }
}
customElements.define("passkey-form", PasskeyForm);
