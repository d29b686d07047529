// Makes the pages nicer. Everything works without it.
"use strict";

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

// What is wrong is read out and seen first.
const wrong = document.getElementById("wrong");
if (wrong) wrong.focus();

// The code of the one-time link stands behind #, which no server sees; it is taken out of the address at once.
const secret = document.querySelector("form[data-secret] [name=secret]");
if (secret && location.hash.length > 1 && location.hash !== "#main") {
  secret.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  document.querySelector("[name=name]").focus();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  });
}

// The proof: find steps by their words, open or fold all.
const searched = (proofs) => {
  const tools = proofs.querySelector(".prooftools");
  const steps = [...proofs.querySelectorAll(".proof li")];
  if (!tools || !steps.length) return;
  tools.hidden = false;
  const folds = [...proofs.querySelectorAll(".proof details")];
  for (const button of tools.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => folds.forEach((fold) => { fold.open = button.dataset.all === "open"; }));
  }
  const own = (step) => {
    const fold = step.querySelector(":scope > details > summary");
    return (fold || step).textContent.toLowerCase();
  };
  const said = steps.map(own);
  const told = tools.querySelector(".found");
  let waiting = 0;
  const find = () => {
    const wanted = tools.querySelector("input").value.trim().toLowerCase();
    let count = 0;
    steps.forEach((step, at) => {
      const fits = wanted !== "" && said[at].includes(wanted);
      step.classList.toggle("hit", fits);
      if (!fits) return;
      count += 1;
      for (let up = step.parentElement.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    });
    told.textContent = wanted === "" ? "" : count ? told.dataset.some.replace("#", count) : told.dataset.none;
  };
  tools.querySelector("input").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 150); });
};
for (const proofs of document.querySelectorAll("[data-find]")) searched(proofs);

// It is much of a page, so it is fetched when somebody wants it.
for (const link of document.querySelectorAll("a[data-proof]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const told = link.parentElement.querySelector("[role=status]");
    told.textContent = told.dataset.wait;
    try {
      const answer = await fetch(link.href);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = document.adoptNode(whole.querySelector("[data-find]"));
      link.closest("[data-find]").replaceWith(found);
      history.replaceState(null, "", link.href);
      searched(found);
      const heading = found.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus();
    } catch {
      told.textContent = told.dataset.fell;
    }
  });
}
