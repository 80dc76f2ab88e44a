/* <passkey-form kind="get|create">: its button asks the device for a passkey and sends the form with it in "credential".
   What to ask stands in a JSON script inside, or at the address in `from`. With `autofill` the e-mail field offers passkeys too. */
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.creates = this.getAttribute("kind") === "create";
    const button = this.querySelector("[data-passkey]") ?? document.querySelector(`[data-passkey][form="${this.form.id}"]`);
    if (!button || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (this.form.reportValidity()) this.use();
    });
    if (this.hasAttribute("autofill")) this.offer();
  }

  async options() {
    const inside = this.querySelector('script[type="application/json"]');
    const told = inside
      ? JSON.parse(inside.textContent)
      : await (await fetch(this.getAttribute("from"), { headers: { Accept: "application/json" } })).json();
    const asked = structuredClone((told.creation_options ?? told.request_options ?? told).publicKey);
    if (!this.creates) return PublicKeyCredential.parseRequestOptionsFromJSON(asked);
    const alone = this.form.elements.passwordless;
    if (alone && (alone.type === "hidden" ? alone.value : alone.checked)) {
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
      this.send(await (this.creates ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })));
    } catch (error) {
      this.say(error.name === "InvalidStateError" ? "known" : "failed");
    }
  }

  async offer() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    this.waiting = new AbortController();
    try {
      const publicKey = await this.options();
      this.send(await navigator.credentials.get({ publicKey, mediation: "conditional", signal: this.waiting.signal }));
    } catch {
      /* The person chose another way in */
    }
  }

  send(credential) {
    this.form.elements.credential.value = JSON.stringify(credential.toJSON());
    const remember = document.querySelector('input[type="checkbox"][name="remember"]');
    if (this.form.elements.remember && remember) this.form.elements.remember.value = remember.checked ? "on" : "";
    this.form.requestSubmit();
  }

  /* The words stand in the template: <p data-said="failed" role="alert" hidden> and "known" */
  say(name) {
    this.querySelectorAll("[data-said]").forEach((words) => (words.hidden = words.dataset.said !== name));
  }
}
customElements.define("passkey-form", PasskeyForm);
