"use strict";
// Renews the live part of the front page once a second while somebody looks at it; a big account, which takes its time
// to count, less often, so that looking costs it a twentieth of its time at most.

const live = document.getElementById("live");
let shown = "";

async function renew() {
  const began = performance.now();
  const isReading = document.hidden || String(document.getSelection()) !== "";
  try {
    if (!isReading) {
      const answer = await fetch("/_simulator/live");
      const html = await answer.text();
      if (answer.ok && html !== shown) {
        live.innerHTML = html; // escaped by the server, and no script runs in it: see the content policy
        shown = html;
      }
      live.classList.toggle("stale", !answer.ok);
    }
  } catch {
    live.classList.add("stale");
  }
  setTimeout(renew, Math.max(1000, 20 * (performance.now() - began)));
}

if (live) {
  renew();
}
