// What a page does a little better with a script; every page works without it.
"use strict";

// --- "Not saved yet": a form with data-unsaved says so until it is sent.
const unsaved = new Set();

function showUnsaved() {
  const notice = document.querySelector("[data-unsaved-notice]");
  if (notice) notice.hidden = unsaved.size === 0;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) {
    unsaved.add(form);
    showUnsaved();
  }
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) event.preventDefault();
});

// What was carried into a form, from the other language or from before signing in, is not saved either.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-carried][data-unsaved]").forEach((form) => unsaved.add(form));
  showUnsaved();
});

// --- A second click on the same button sends nothing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || form.hasAttribute("data-repeat")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sent = "yes";
  unsaved.delete(form);
  showUnsaved();
  // Not disabled at once: the pressed button's own name and value must still travel.
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", "true");
  }
});

function ready(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// The back button brings a page out of the browser's memory as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));

// --- What needs the reader first: the list of what to mend takes the focus.
function focusFirst(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}
document.addEventListener("DOMContentLoaded", () => focusFirst(document));

// A link of that list leads into the field, also where the field is a group of boxes.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".summary a[href^='#']");
  if (!link) return;
  const target = document.getElementById(link.hash.slice(1));
  const input = target && (target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea"));
  if (input) {
    event.preventDefault();
    input.focus();
  }
});

// --- htmx: forms are ready again when the answer is there, and a dropped connection is said.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) {
    ready(form);
    if (event.detail.successful) unsaved.delete(form);
    showUnsaved();
  }
});
document.addEventListener("htmx:afterSettle", (event) => focusFirst(event.target));
document.addEventListener("htmx:sendError", () => {
  document.querySelector("[data-offline-notice]").hidden = false;
});
document.addEventListener("htmx:beforeRequest", () => {
  document.querySelector("[data-offline-notice]").hidden = true;
});

// --- A box that ticks all the boxes of its table.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  const table = event.target.closest("table");
  for (const box of table.querySelectorAll("tbody input[type=checkbox]")) box.checked = event.target.checked;
});
