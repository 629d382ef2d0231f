/* Renews every region that carries data-live until what comes back carries it no more.
   Without this script each region offers a link that loads the page again. */
"use strict";

const FIRST = 1000;
const LONGEST = 10000;

async function renew(region, wait) {
  if (!region.isConnected) return;
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => renew(region, FIRST), { once: true });
    return;
  }
  let next = region;
  try {
    const answer = await fetch(region.dataset.live, { headers: { Accept: "text/html" }, redirect: "error" });
    if (answer.status === 404 || answer.status === 401) return;
    if (answer.ok) next = replace(region, await answer.text());
  } catch {
    wait = LONGEST; // the server is away: come again later, the page stays as it is
  }
  if (next.dataset.live) setTimeout(renew, wait, next, Math.min(LONGEST, wait * 1.3));
}

function replace(region, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(region.id);
  if (!fresh || fresh.outerHTML === region.outerHTML) return region;
  const held = document.activeElement;
  if (region.contains(held) && fresh.dataset.live) return region; // somebody is in there: do not pull it away
  const live = region.querySelector(".live");
  const renewed = fresh.querySelector(".live");
  if (live && renewed && fresh.dataset.live) {
    live.replaceChildren(...renewed.childNodes); // the same element, so that it is read aloud
    return region;
  }
  region.replaceWith(fresh);
  return fresh;
}

for (const region of document.querySelectorAll("[data-live]")) setTimeout(renew, FIRST, region, FIRST);
