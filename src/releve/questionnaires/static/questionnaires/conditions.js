// Shows the questions that the answers call for, as conditions.py says; without a script all are shown, in words.
"use strict";

(() => {
  const TRUTH = { yes: true, no: false };

  const boxesOf = (question) => question.querySelectorAll(":scope > .field input, :scope > .field select, :scope > .field textarea");

  // The answer to a question as the server would read it: a list for boxes, else one value or nothing.
  function answerOf(root, id) {
    const question = root.querySelector(`[data-question="${CSS.escape(id)}"]`);
    if (!question || question.hidden) return undefined;
    const values = [];
    let several = false;
    for (const box of boxesOf(question)) {
      if (box.type === "checkbox" && box.name.endsWith(".prefer_not")) {
        if (box.checked) return "prefer_not";
      } else if (box.type === "checkbox" || box.type === "radio") {
        several = several || box.type === "checkbox";
        if (box.checked) values.push(box.closest("table") ? box.value.replace(":", "_") : box.value);
      } else if (box.value.trim() !== "") {
        values.push(box.value.trim());
      }
    }
    if (values.length === 0) return undefined;
    return several ? values : values[0];
  }

  const listed = (answer) => (Array.isArray(answer) ? answer : [answer]);
  const same = (value, wanted) => (typeof wanted === "boolean" ? TRUTH[value] === wanted : String(value) === String(wanted));
  const number = (answer) => Number(String(answer).replace(/[\s\u00a0\u202f]/g, "").replace(",", "."));

  // true, false, or null where only the server knows (dates counted from the program's own).
  function holds(root, rule) {
    if (rule.all) return every(rule.all.map((inner) => holds(root, inner)));
    if (rule.any) {
      const results = rule.any.map((inner) => holds(root, inner));
      return results.includes(true) ? true : results.includes(null) ? null : false;
    }
    if (rule.not) {
      const result = holds(root, rule.not);
      return result === null ? null : !result;
    }
    const answer = answerOf(root, rule.question);
    if ("answered" in rule) return (answer !== undefined) === rule.answered;
    if (rule.question.includes(".")) return null;
    if (answer === undefined) return false;
    if ("is" in rule) return listed(answer).length === 1 && same(listed(answer)[0], rule.is);
    if ("one_of" in rule) return listed(answer).some((value) => rule.one_of.some((wanted) => same(value, wanted)));
    if ("includes" in rule) return listed(answer).some((value) => same(value, rule.includes));
    if ("at_least" in rule) return number(answer) >= rule.at_least;
    if ("at_most" in rule) return number(answer) <= rule.at_most;
    if (typeof rule.before === "string") return answer < rule.before;
    if (typeof rule.after === "string") return answer > rule.after;
    return null;
  }

  const every = (results) => (results.includes(false) ? false : results.includes(null) ? null : true);

  function refresh(root) {
    for (let turn = 0; turn < 5; turn += 1) {
      let changed = false;
      for (const part of root.querySelectorAll("[data-when]")) {
        const hidden = holds(root, JSON.parse(part.dataset.when)) === false;
        if (part.hidden === hidden) continue;
        part.hidden = hidden;
        changed = true;
        // A hidden "other answer" is not sent; other hidden answers are, and the server leaves them out.
        if ("another" in part.dataset) for (const box of part.querySelectorAll("input")) box.disabled = hidden;
      }
      if (!changed) return;
    }
  }

  // "None of these" empties the others, and the others empty it.
  function exclude(box) {
    const question = box.closest("[data-exclusive]");
    if (!question || box.type !== "checkbox" || !box.checked) return;
    const alone = new Set(question.dataset.exclusive.split(" "));
    for (const other of question.querySelectorAll("input[type=checkbox]")) {
      if (other !== box && (alone.has(box.value) || alone.has(other.value))) other.checked = false;
    }
  }

  // An answer among round boxes can be taken back.
  function offerToClear(question) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain little";
    button.textContent = question.dataset.clear;
    const row = document.createElement("div");
    row.className = "row";
    row.append(button);
    const show = () => (row.hidden = !question.querySelector("input[type=radio]:checked"));
    button.addEventListener("click", () => {
      const chosen = question.querySelector("input[type=radio]:checked");
      chosen.checked = false;
      chosen.focus();
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
    });
    question.addEventListener("change", show);
    question.append(row);
    show();
  }

  function start(root) {
    for (const form of root.querySelectorAll("form")) {
      if (!form.querySelector("[data-question]") || form.dataset.asked) continue;
      form.dataset.asked = "yes";
      for (const words of form.querySelectorAll("[data-when-words]")) words.hidden = true;
      form.querySelectorAll("[data-clear]").forEach(offerToClear);
      form.addEventListener("input", () => refresh(form));
      form.addEventListener("change", (event) => {
        exclude(event.target);
        refresh(form);
      });
      form.addEventListener("reset", () => setTimeout(() => refresh(form)));
      refresh(form);
    }
  }

  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:afterSettle", () => start(document));
})();
