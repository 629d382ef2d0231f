/* A button beside every text that is there to be copied. Without this script the text is marked and copied by hand. */
"use strict";

async function copy(text) {
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    return document.execCommand("copy"); // pages over plain http have no clipboard of their own
  }
}

for (const text of document.querySelectorAll("textarea[data-copy]")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${text.dataset.copy}`);
  said.setAttribute("role", "status");
  said.className = "quiet";
  button.addEventListener("click", async () => {
    said.textContent = (await copy(text)) ? "Copied" : "Marked: press Ctrl-C";
  });
  const line = document.createElement("p");
  line.className = "acts";
  line.append(button, said);
  text.after(line);
}
