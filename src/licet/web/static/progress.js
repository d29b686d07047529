// Shows how far a job is, as it goes on. Without this the page is opened again.
"use strict";

for (const box of document.querySelectorAll("[data-events]")) {
  const bar = box.querySelector("progress");
  const told = box.querySelector("[role=status]");
  const source = new EventSource(box.dataset.events);
  const heard = (event) => {
    const job = JSON.parse(event.data);
    bar.value = job.done;
    if (job.state === "running") box.querySelector("label").textContent = box.dataset.running;
    const lines = job.lines ? ` · ${box.dataset.lines.replace("#", job.lines.toLocaleString("en"))}` : "";
    told.textContent = `${Math.floor(job.done * 100)} %${lines}`;
    if (job.state !== "done" && job.state !== "failed") return;
    source.close();
    location.reload();
  };
  for (const state of ["queued", "running", "done", "failed"]) source.addEventListener(state, heard);
}
