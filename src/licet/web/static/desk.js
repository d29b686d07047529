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
