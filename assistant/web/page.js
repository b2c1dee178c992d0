// The page's hands: an example is asked, a citation opens its release at the quoted words.
// Runs once, inside the component of the current turn (`element`, `trigger`, `server`).
const panel = () => document.querySelector(".reader");
let opener = null;
let asked = 0;

// The panel narrows the page; what the reader looks at stays where it is.
function show(reader, shown) {
  const before = opener ? opener.getBoundingClientRect().top : 0;
  reader.hidden = !shown;
  if (opener && opener.isConnected) scrollBy(0, opener.getBoundingClientRect().top - before);
}

function close() {
  const reader = panel();
  if (!reader || reader.hidden) return;
  show(reader, false);
  mark(null);
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

function mark(place) {
  document.querySelectorAll("[data-release][aria-current]").forEach((it) => it.removeAttribute("aria-current"));
  if (place) place.setAttribute("aria-current", "true");
}

async function open(place) {
  const reader = panel();
  const leaves = reader.querySelector(".leaves");
  const turn = ++asked;
  opener = place;
  mark(place);
  if (reader.hidden) leaves.textContent = reader.dataset.loading;
  show(reader, true);
  const { release, version, start, end } = place.dataset;
  let html = null;
  try {
    html = await server.read({ release, version: Number(version), start: Number(start), end: Number(end) });
  } catch (error) {
    html = null;
  }
  if (turn !== asked) return;
  if (typeof html === "string") leaves.innerHTML = html;
  else leaves.textContent = reader.dataset.unreachable;
  const quoted = leaves.querySelector("#quoted");
  leaves.scrollTop = 0;
  const below = quoted ? quoted.getBoundingClientRect().top - leaves.getBoundingClientRect().top : 0;
  if (below > leaves.clientHeight * 0.6) leaves.scrollTop = below - leaves.clientHeight / 4;
  const heading = leaves.querySelector("h2");
  if (heading) heading.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) trigger("ask", { question: example.textContent });
  const place = event.target.closest("[data-release]");
  if (place) open(place);
  if (event.target.closest(".reader .close") || event.target.closest("#new")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

// A new question comes to the top of the window, once; then the reader's own scrolling rules.
let turns = 0;
new MutationObserver(() => {
  const all = document.querySelectorAll(".turn");
  if (all.length > turns && all.length > 1) {
    all[all.length - 1].scrollIntoView({ block: "start" });
  }
  turns = all.length;
}).observe(element, { childList: true, subtree: true, characterData: true });
