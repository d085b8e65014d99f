// What a page shows, measured inside the page. `looking.py` calls these by name and judges what they return.
(() => {
  const squeeze = (text) => text.replace(/[ \t\n\r]+/g, " ").trim(); // a non-breaking space stays what it is
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const outline = (element) => squeeze(element.outerHTML).slice(0, 140);
  const SPOKEN = ["title", "alt", "label", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"];
  const CODE = "script, style, template, noscript, code, pre, kbd, samp";
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

  const languageOf = (element) => element.closest("[lang]");

  function collectTexts() {
    const found = [];
    const add = (text, element, kind) => {
      const squeezed = squeeze(text || "");
      if (!squeezed || element.closest(CODE)) return;
      const speaker = languageOf(element);
      found.push({
        text: squeezed,
        kind,
        language: speaker ? speaker.lang : "",
        set_apart: speaker !== document.documentElement,
        is_name: Boolean(element.closest("[translate=no]")),
        in_field: element.matches("textarea"),
      });
    };
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) add(walker.currentNode.textContent, walker.currentNode.parentElement, "text");
    for (const name of SPOKEN) {
      for (const element of document.querySelectorAll(`[${name}]`)) add(element.getAttribute(name), element, name);
    }
    for (const button of document.querySelectorAll("input[type=submit], input[type=button]")) add(button.value, button, "value");
    return found;
  }

  function overflow() {
    const width = document.documentElement.clientWidth;
    const faults = [];
    if (document.documentElement.scrollWidth > width) {
      const wide = [...document.body.querySelectorAll("*")].filter((one) => shown(one) && one.getBoundingClientRect().right > width + 1);
      faults.push(`the page is ${document.documentElement.scrollWidth} px wide: ${wide.slice(-3).map(outline).join(" | ")}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
      if (scrolls && shown(element) && element.scrollWidth > element.clientWidth + 1 && !element.matches("pre, textarea, select")) {
        faults.push(`scrolls sideways: ${outline(element)}`);
      }
    }
    return faults;
  }

  function smallTargets() {
    const small = [];
    for (const element of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary, nav a, .button")) {
      const boxes = [element, element.closest("label")].filter(Boolean).map((one) => one.getBoundingClientRect());
      if (shown(element) && boxes[0].width && boxes.every((box) => box.height < 24 || box.width < 24)) small.push(outline(element));
    }
    return small;
  }

  // The browser must have seen a key first: only then does it show a focus that a script sets.
  function invisibleFocus() {
    const faults = [];
    const bar = document.querySelector("header.bar");
    const isSticky = bar && ["sticky", "fixed"].includes(getComputedStyle(bar).position);
    const drawn = (element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "rgba(0, 0, 0, 0)";
    };
    for (const element of document.querySelectorAll(FOCUSABLE)) {
      if (element.tabIndex < 0 || element.disabled || !shown(element)) continue;
      element.focus();
      if (document.activeElement !== element) {
        faults.push(`takes no focus: ${outline(element)}`);
      } else if (![element, element.closest("label"), element.parentElement].some((one) => one && drawn(one))) {
        faults.push(`shows no focus: ${outline(element)}`);
      } else if (isSticky && !bar.contains(element) && element.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom) {
        faults.push(`has its focus hidden by the bar: ${outline(element)}`);
      }
    }
    document.activeElement.blur();
    return faults;
  }

  window.looking = {
    collectTexts,
    overflow,
    smallTargets,
    invisibleFocus,
    emptyFields: (form) => {
      for (const field of form.querySelectorAll("input, select, textarea")) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (field.type !== "hidden" && field.type !== "file") field.value = "";
      }
    },
    openDetails: () => document.querySelectorAll("details").forEach((one) => (one.open = true)),
    facts: () => ({
      language: document.documentElement.lang,
      title: document.title,
      headings: [...document.querySelectorAll("h1")].map((one) => squeeze(one.textContent)),
      loaded: performance.getEntriesByType("resource").map((one) => one.name),
    }),
  };
})();
