/* The inbox by keyboard, and without loading the page again after each word.
   Without this script every button sends its form and every link opens its page. */
"use strict";

const OFF = "inbox-keys-off";
const dialog = document.getElementById("keys");
let told = 0;
let work = Promise.resolve(); // one thing after the other: a key pressed meanwhile waits for the next item

const root = () => document.getElementById("inbox");
const by = (key) => root().querySelector(`[data-key="${key}"]`);
const areOn = () => localStorage.getItem(OFF) === null;

function show() {
  document.documentElement.classList.toggle("keys-on", areOn());
  dialog.querySelector('[data-keys="switch"]').textContent = areOn() ? "Switch the keys off" : "Switch the keys on";
}

function tell(words) {
  document.getElementById("inbox-said").textContent = words;
  clearTimeout(told);
  if (words) told = setTimeout(tell, 6000, "");
}

async function get(address, options) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "text/html" }, ...options });
  } catch {
    tell("The server does not answer: nothing was done. Try again in a moment.");
    return null;
  }
  return answer;
}

function swap(answer, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const inbox = fresh.getElementById("inbox");
  if (!inbox) return void location.assign(answer.url);
  root().replaceChildren(...inbox.childNodes);
  document.querySelector(".flashes").replaceChildren(...fresh.querySelector(".flashes").childNodes);
  document.title = fresh.title;
  history.replaceState(null, "", answer.url);
  settle();
  const heading = document.getElementById("chosen") || root().querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}

function settle() {
  root().querySelector('.waits [aria-current="true"]')?.scrollIntoView({ block: "nearest" });
}

async function open(link) {
  const answer = await get(link.href);
  if (answer?.ok) swap(answer, await answer.text());
  else if (answer) location.assign(link.href);
}

async function send(form, button) {
  if (!form.reportValidity()) return;
  const nothing = form.matches(".decide") && button?.value === "confirmed" && !form.querySelector(":checked:not(option)") && !form.also.value;
  if (nothing) return tell("Nothing is ticked: tick a sentence, or say that it is not evidence.");
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await get(button?.hasAttribute("formaction") ? button.formAction : form.action, { method: "POST", body });
  if (!answer) return;
  if (answer.ok) return swap(answer, await answer.text());
  if (answer.status === 401) return location.reload();
  // What was refused is told by the server's own page: it is asked again, the plain way.
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
}

function enqueue(step) {
  work = work.then(step).catch((fault) => console.error(fault));
  return work;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest("#inbox, .flashes")) return;
  event.preventDefault();
  enqueue(() => send(form, event.submitter));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    enqueue(() => open(link));
  }
  const what = event.target.closest("[data-keys]")?.dataset.keys;
  if (what === "help") dialog.showModal();
  if (what === "close") dialog.close();
  if (what === "switch") {
    if (areOn()) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
    show();
  }
});

function move(steps) {
  const links = [...root().querySelectorAll(".waits a[data-swap]")].filter((one) => one.checkVisibility());
  const here = links.findIndex((one) => one.getAttribute("aria-current") === "true");
  const link = links[here + steps];
  if (link) return open(link);
  tell(steps > 0 ? "That is the last one here." : "That is the first one.");
}

function press(key) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (/^[1-9]$/.test(key)) return root().querySelector(`[data-number="${key}"]`)?.click();
  if (key === "e") return by("e")?.focus();
  if (key === "n") {
    const never = root().querySelector(".never");
    if (never) never.open = true;
    return by("n")?.focus();
  }
  const button = key === "z" ? document.querySelector(".flashes form button") || by("z") : by(key);
  if (button?.form) return send(button.form, button);
  if (button) button.click();
}

function isTyping(one) {
  if (one.isContentEditable || one.matches("textarea, select")) return true;
  return one.matches("input") && !["checkbox", "radio", "submit", "button"].includes(one.type);
}

document.addEventListener("keydown", (event) => {
  const key = event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || dialog.open) return;
  if (event.key === "Enter" && event.target.matches("#never-where, #never-for, #also")) {
    // A list of choices does not send its form by itself.
    event.preventDefault();
    const form = event.target.form;
    enqueue(() => send(form, form.querySelector("button")));
    return;
  }
  if (isTyping(event.target) || !areOn()) return;
  if (key === "?") return void dialog.showModal();
  if (/^[ydsnzjkeYDSA1-9]$/.test(key)) {
    event.preventDefault();
    enqueue(() => press(key));
  }
});

document.documentElement.classList.add("scripted");
show();
settle();
