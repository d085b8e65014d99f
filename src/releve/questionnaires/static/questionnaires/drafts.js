// Saves what somebody writes every few seconds, and says so. What is not saved stays on the page; nothing is kept in the browser.
"use strict";

(() => {
  const PAUSE = 2500; // after the last key
  const WAITS = [5, 10, 20, 40]; // seconds before trying again

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

  class Draft {
    constructor(form) {
      this.form = form;
      this.state = form.querySelector("[data-draft-state]");
      this.words = this.state.querySelector("[data-draft-words]");
      this.signIn = this.state.querySelector("[data-draft-sign-in]");
      this.edits = 0; // counted, so that what is typed during a save is not taken for saved
      this.saved = 0;
      this.failures = 0;
      this.timer = null;
      this.sending = null;
      this.leaving = false;
      form.addEventListener("input", () => this.touched());
      form.addEventListener("change", () => this.touched());
      form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("beforeunload", (event) => {
        if (this.edits > this.saved && !this.leaving) event.preventDefault();
      });
      window.addEventListener("online", () => this.edits > this.saved && this.save());
      window.addEventListener("focus", () => !this.signIn.hidden && this.save());
      window.addEventListener("pageshow", () => (this.leaving = false)); // the back button brings the page as it was left
      document.addEventListener("visibilitychange", () => document.hidden && this.edits > this.saved && this.save());
    }

    touched() {
      this.edits += 1;
      if (this.stopped) return;
      if (this.failures === 0) this.say(this.state.dataset.notSaved);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), PAUSE);
    }

    say(words) {
      if (this.words.textContent !== words) this.words.textContent = words;
    }

    save() {
      clearTimeout(this.timer);
      if (this.stopped || this.leaving) return Promise.resolve();
      if (!this.sending) this.sending = this.send().finally(() => (this.sending = null));
      return this.sending;
    }

    async send() {
      const edits = this.edits;
      this.takeToken();
      try {
        const answer = await fetch(this.form.dataset.draft, {
          method: "POST",
          body: new FormData(this.form),
          headers: { Accept: "application/json", "HX-Request": "true", "HX-Current-URL": location.href },
          credentials: "same-origin",
        });
        if (answer.headers.has("HX-Redirect") || answer.status === 403) return this.signedOut();
        if (answer.status === 409) return this.refused((await answer.json()).words);
        if (answer.status >= 500) throw new Error(answer.status);
        if (!answer.ok) return this.refused(this.state.dataset.refused);
        this.done(await answer.json(), edits);
      } catch {
        this.failed();
      }
    }

    done({ words, revision }, edits) {
      this.form.elements._revision.value = revision;
      this.failures = 0;
      this.saved = edits;
      this.signIn.hidden = true;
      if (this.edits > edits) this.touched();
      else this.say(words);
    }

    failed() {
      this.say(this.state.dataset.retrying);
      const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
      this.failures += 1;
      this.timer = setTimeout(() => this.save(), wait * 1000);
    }

    signedOut() {
      this.failures = 1;
      this.say(this.state.dataset.signedOut);
      this.signIn.hidden = false;
    }

    refused(words) {
      this.stopped = true;
      this.say(words);
    }

    // A save on its way is waited for: its answer brings the revision that the form must send.
    async submitted(event) {
      clearTimeout(this.timer);
      if (this.sending) {
        event.preventDefault();
        await this.sending;
        this.form.requestSubmit(event.submitter);
        return;
      }
      this.leaving = true;
      this.takeToken();
    }

    // Somebody whose session ended and who signed in again in another window has a new token.
    takeToken() {
      const token = cookie("csrftoken");
      const field = this.form.elements.csrfmiddlewaretoken;
      if (token && field) field.value = token;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (form.querySelector("[data-draft-state]")) new Draft(form);
    }
  });
})();
