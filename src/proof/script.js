"use strict";
// Keys and buttons of the proof page. Everything else works without it.

const stops = {
  chapter: { all: document.querySelectorAll("main h2"), one: "Chapter", none: "There is no chapter" },
  doubt: { all: document.querySelectorAll(".band.doubtful h2"), one: "Doubt", none: "No chapter's start is in doubt" },
  unsure: { all: document.querySelectorAll(".piece.unsure"), one: "Unsure line", none: "The program is sure of every line" },
  edit: { all: document.querySelectorAll("mark"), one: "Edit", none: "Nothing was edited" },
};

const status = document.getElementById("status");
const tools = document.getElementById("tools");
const keys = document.getElementById("keys");
const single = document.getElementById("single");
let here = null;

function say(words) {
  status.textContent = words;
}

/** Where the person is: the last stop, as long as it is in sight, else what stands at the top of the window. */
function place() {
  const active = document.activeElement;
  if (active && active.closest("main") && active.id !== "columns") here = active;
  if (here) {
    const box = here.getBoundingClientRect();
    if (box.bottom > 0 && box.top < innerHeight) return here;
  }
  const top = tools.getBoundingClientRect().bottom + 12;
  return document.elementFromPoint(innerWidth / 4, top) || document.body;
}

/** The index of the first stop behind `from`, or of the last one before it. */
function near(all, from, step) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const side = from.compareDocumentPosition(all[middle]);
    const behind = side & Node.DOCUMENT_POSITION_FOLLOWING;
    const passed = step > 0 ? !behind : side & Node.DOCUMENT_POSITION_PRECEDING;
    if (passed) low = middle + 1;
    else high = middle;
  }
  return step > 0 ? low : low - 1;
}

function line(stop) {
  const row = stop.closest(".row");
  const number = stop.closest(".line") || (row && row.querySelector(".line"));
  return number ? `, line ${number.id.slice(1)}` : "";
}

function go(to, step) {
  const { all, one, none } = stops[to];
  if (all.length === 0) return say(`${none}.`);
  const index = near(all, place(), step);
  const again = index < 0 || index >= all.length;
  const at = (index + all.length) % all.length;
  const stop = all[again && step > 0 ? 0 : at];
  const number = again && step > 0 ? 1 : at + 1;
  const words = stop.title || (to === "unsure" ? stop.querySelector(".mark").textContent : stop.textContent);
  visit(stop);
  say(`${one} ${number} of ${all.length}${line(stop)}: ${words}${again ? " (from the other end)" : ""}`);
}

function visit(stop) {
  if (!stop.hasAttribute("tabindex")) stop.tabIndex = -1;
  stop.scrollIntoView({ block: stop.matches("h2") ? "start" : "center" });
  stop.focus({ preventScroll: true });
  here = stop;
}

function act(to, step) {
  if (to === "keys") keys.showModal();
  else if (to === "overview") {
    scrollTo(0, 0);
    const first = document.querySelector("#overview h2");
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    here = null;
    say("Overview");
  } else go(to, step);
}

/** Copies through the clipboard, or, where a page from disk may not, through a selection. */
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = words;
    field.setAttribute("aria-label", "Words to copy");
    document.querySelector("main").append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

const byKey = { n: ["chapter", 1], p: ["chapter", -1] };
for (const button of tools.children) {
  byKey[button.dataset.key] = [button.dataset.to, Number(button.dataset.step)];
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || !single.checked) return;
  if (event.target.closest("input, textarea, select")) return;
  const found = Object.hasOwn(byKey, event.key) && byKey[event.key];
  if (!found) return;
  event.preventDefault();
  act(...found);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.to) return act(button.dataset.to, Number(button.dataset.step));
  if (!button.dataset.pin) return;
  const done = await copy(button.dataset.pin);
  button.focus();
  say(done ? `Copied: ${button.dataset.pin}` : "The browser does not let this page copy: select the pin and copy it.");
});

// the keys are found without looking for them
tools.hidden = false;
if (stops.doubt.all.length === 0) tools.querySelector("[data-to=doubt]").disabled = true;
if (stops.unsure.all.length === 0) tools.querySelector("[data-to=unsure]").disabled = true;
if (stops.edit.all.length === 0) for (const button of tools.querySelectorAll("[data-to=edit]")) button.disabled = true;
