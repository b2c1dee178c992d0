// A release, opened at the quoted words: its text, its page, its versions. The address says what
// is open (`?release=…`), so that it can be copied, reloaded and sent.
const readerFresh = new Map();
const READER_FRESH = 10000;
const READER_AHEAD = 8;
let readerOpener = null;
let readerAsked = 0;
let readerFace = "text";

const readerPanel = () => document.querySelector(".reader");

function readerShown() {
  const reader = readerPanel();
  return Boolean(reader && !reader.hidden);
}

/** Where a release's HTML is fetched from: `at` names release, and perhaps version, start and end. */
function readerPath(at) {
  const query = new URLSearchParams();
  for (const key of ["version", "start", "end"]) if (at[key] !== undefined && at[key] !== "") query.set(key, at[key]);
  return `/room/release/${encodeURIComponent(at.release)}?${query}`;
}

/** The HTML, fetched once for the few seconds between pointing and clicking. */
function readerFetched(path) {
  const known = readerFresh.get(path);
  if (known && performance.now() - known.since < READER_FRESH) return known.html;
  const html = fragment(path);
  html.catch(() => readerFresh.delete(path));
  readerFresh.set(path, { html, since: performance.now() });
  if (readerFresh.size > READER_AHEAD) readerFresh.delete(readerFresh.keys().next().value);
  return html;
}

// The panel narrows the page; what the reader looks at stays where it is.
function readerShow(shown) {
  const at = readerOpener && readerOpener.isConnected ? readerOpener : null;
  const before = at ? at.getBoundingClientRect().top : 0;
  readerPanel().hidden = !shown;
  document.body.toggleAttribute("data-reading", shown);
  if (at && before) scrollBy(0, at.getBoundingClientRect().top - before);
}

function closeReader() {
  if (!readerShown()) return;
  readerAsked++;
  readerShow(false);
  readerMark(null);
  readerAddress(null);
  if (readerOpener && readerOpener.isConnected) readerOpener.focus({ preventScroll: true });
}

function readerMark(at) {
  document.querySelectorAll("[data-release][aria-current]").forEach((it) => it.removeAttribute("aria-current"));
  if (at && at.dataset && at.dataset.release) at.setAttribute("aria-current", "true");
}

/** What is open stands in the address, before the place. */
function readerAddress(at) {
  const query = new URLSearchParams(location.search);
  for (const key of ["release", "version", "start", "end"]) {
    query.delete(key);
    if (at && at[key] !== undefined && at[key] !== "") query.set(key, at[key]);
  }
  const search = query.toString();
  history.replaceState(history.state, "", location.pathname + (search ? `?${search}` : "") + location.hash);
}

/** The numbered citations of the turn the reader came from, each place once, and which one is open. */
function readerCitations() {
  const turn = readerOpener && readerOpener.isConnected && readerOpener.closest(".turn");
  if (!turn || !readerOpener.matches(".cite")) return { all: [], n: -1 };
  const seen = new Map();
  turn.querySelectorAll(".answer .cite[data-release]").forEach((it) => {
    const { release, version, start, end } = it.dataset;
    const key = [release, version, start, end].join(" ");
    if (!seen.has(key)) seen.set(key, it);
  });
  const { release, version, start, end } = readerOpener.dataset;
  const key = [release, version, start, end].join(" ");
  return { all: [...seen.values()], n: [...seen.keys()].indexOf(key) };
}

function readerStep(by) {
  const { all, n } = readerCitations();
  const next = all[n + by];
  if (n < 0 || !next) return;
  next.scrollIntoView({ block: "nearest" });
  readerOpen(next.dataset, next, { stay: document.activeElement && document.activeElement.closest(".steps") });
}

function readerSteps() {
  const steps = readerPanel().querySelector(".steps");
  const { all, n } = readerCitations();
  steps.hidden = n < 0 || all.length < 2;
  readerPanel().querySelector(".bar .what").hidden = !steps.hidden;
  const which = steps.querySelector(".which");
  which.textContent = which.dataset.said.replace("{n}", n + 1).replace("{all}", all.length);
  steps.querySelectorAll("[data-step]").forEach((it) => {
    const there = Boolean(all[n + Number(it.dataset.step)]);
    it.setAttribute("aria-disabled", String(!there));
  });
}

/** Open a release: `at` is { release, version, start, end }, `opener` what the focus goes back to. */
async function readerOpen(at, opener, { stay = null } = {}) {
  const reader = readerPanel();
  if (!reader) return;
  const leaves = reader.querySelector(".leaves");
  const turn = ++readerAsked;
  const path = readerPath(at);
  const whole = { release: at.release, version: at.version, start: at.start, end: at.end };
  const html = readerFetched(path);
  if (opener && !(reader.contains(opener) && readerOpener)) readerOpener = opener;
  readerMark(readerOpener);
  if (reader.hidden) leaves.textContent = reader.dataset.loading;
  readerShow(true);
  readerAddress(whole);
  readerSteps();
  leaves.setAttribute("aria-busy", "true");
  try {
    const made = await html;
    if (turn !== readerAsked) return;
    put(leaves, made);
  } catch (error) {
    if (turn === readerAsked) failed(leaves, error);
    return;
  } finally {
    leaves.removeAttribute("aria-busy");
  }
  if (readerFace === "page" && leaves.querySelector("[data-sheet]")) readerTurn("page");
  else readerScroll(leaves, leaves.querySelector("#quoted"));
  if (stay && stay.isConnected && !stay.hidden) return;
  const heading = leaves.querySelector("h2");
  if (heading) heading.focus({ preventScroll: true });
}

/** What others call: the focus comes back to where it is now. */
function openRelease(at) {
  return readerOpen(at, document.activeElement);
}

function readerScroll(leaves, to) {
  leaves.scrollTop = 0;
  const below = to ? to.getBoundingClientRect().top - leaves.getBoundingClientRect().top : 0;
  if (below > leaves.clientHeight * 0.6) leaves.scrollTop = below - leaves.clientHeight / 4;
}

/** Show the text or the page. */
function readerTurn(face) {
  const leaves = readerPanel().querySelector(".leaves");
  leaves.querySelectorAll("[data-shows]").forEach((it) => {
    it.setAttribute("aria-pressed", String(it.dataset.shows === face));
  });
  leaves.querySelectorAll("[data-face]").forEach((it) => (it.hidden = it.dataset.face !== face));
  const sheet = leaves.querySelector("[data-sheet]");
  if (face === "page" && sheet && !sheet.firstChild) readerSheet(sheet, sheet.dataset.sheet);
}

/** Set a page's picture; its marked words come into sight. */
async function readerSheet(sheet, path) {
  const held = document.activeElement;
  const kind = held && sheet.contains(held) ? held.getAttribute("aria-label") : null;
  const zoomed = Boolean(sheet.querySelector(".paper.zoomed"));
  sheet.setAttribute("aria-busy", "true");
  try {
    put(sheet, await fragment(path));
  } catch (error) {
    failed(sheet, error);
    return;
  } finally {
    sheet.removeAttribute("aria-busy");
  }
  const again = kind && sheet.querySelector(`[aria-label="${CSS.escape(kind)}"]:not(:disabled)`);
  if (kind) (again || sheet.querySelector(".paper")).focus({ preventScroll: true });
  if (zoomed) readerZoom(sheet.querySelector(".zoom"));
  else readerSight(sheet.querySelector("rect"));
}

/** The first marked line comes into sight, where it is not. */
function readerSight(line) {
  if (!line) return;
  const place = line.getBoundingClientRect();
  const leaves = readerPanel().querySelector(".leaves").getBoundingClientRect();
  const seen = place.top >= leaves.top && place.bottom <= leaves.bottom - 24 && !line.closest(".zoomed");
  if (!seen) line.scrollIntoView({ block: "center", inline: "start" });
}

/** The page larger, in a frame that scrolls; and back. */
function readerZoom(button) {
  const sheet = button && button.closest(".sheet");
  const picture = sheet && sheet.querySelector(".drawn img");
  if (!picture) return;
  const larger = sheet.querySelector(".paper").classList.toggle("zoomed");
  button.setAttribute("aria-pressed", String(larger));
  if (larger && picture.dataset.large) {
    picture.src = picture.dataset.large;
    picture.removeAttribute("data-large");
  }
  readerSight(sheet.querySelector("rect"));
}

async function readerDifferences(button) {
  const place = button.nextElementSibling;
  const shown = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!shown));
  place.hidden = shown;
  if (shown || place.firstChild) return;
  try {
    put(place, await fragment(button.dataset.differences));
  } catch (error) {
    failed(place, error);
  }
}

/** Copy an address; where the clipboard is out of reach (no https), a field to copy from. */
async function readerCopy(button, path) {
  const address = new URL(path, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch (error) {
    const field = document.createElement("input");
    field.className = "address";
    field.readOnly = true;
    field.value = address;
    field.setAttribute("aria-label", button.textContent);
    button.after(field);
    button.hidden = true;
    field.select();
    document.execCommand("copy");
  }
  const said = button.textContent;
  announce(words.copied);
  if (button.dataset.said) return;
  button.dataset.said = said;
  button.textContent = words.copied;
  setTimeout(() => {
    button.textContent = button.dataset.said;
    delete button.dataset.said;
  }, 1800);
}

function readerDoes(button) {
  const article = button.closest("[data-shown]");
  const does = button.dataset.does;
  if (does === "link") readerCopy(button, article.dataset.link);
  if (does === "citation") readerCopy(button, article.dataset.cited);
  if (does === "print") print();
}

document.addEventListener("click", (event) => {
  const at = event.target.closest("[data-release]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (at && (plain || !at.matches("a"))) {
    event.preventDefault();
    readerOpen(at.dataset, at);
    return;
  }
  const reader = readerPanel();
  if (event.target.closest("#new")) closeReader();
  if (!reader || !reader.contains(event.target)) return;
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".close")) closeReader();
  else if (button.dataset.step) readerStep(Number(button.dataset.step));
  else if (button.dataset.shows) readerTurn((readerFace = button.dataset.shows));
  else if (button.dataset.turn) readerSheet(button.closest(".sheet"), button.dataset.turn);
  else if (button.matches(".zoom")) readerZoom(button);
  else if (button.dataset.differences) readerDifferences(button);
  else if (button.dataset.does) readerDoes(button);
});

const readerTyping = (it) => it && it.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !readerShown()) return;
  const reader = readerPanel();
  const held = document.activeElement;
  if (event.key === "Escape" && !(readerTyping(held) && held.matches("[aria-expanded=true]"))) closeReader();
  const inside = !held || held === document.body || reader.contains(held) || held === readerOpener;
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const scrolls = held && held.closest(".paper.zoomed");
  if (steps && inside && !scrolls && !readerTyping(held) && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    readerStep(steps);
  }
  // Where the panel covers the page, the focus stays in it.
  if (event.key === "Tab" && reader.getBoundingClientRect().width >= innerWidth) {
    const all = [...reader.querySelectorAll("a[href], button:not(:disabled), summary, input, [tabindex='0']")];
    const seen = all.filter((it) => it.offsetParent !== null);
    const edge = event.shiftKey ? seen[0] : seen[seen.length - 1];
    if (!reader.contains(held) || held === edge || (event.shiftKey && held.matches("h2, .leaves"))) {
      event.preventDefault();
      (event.shiftKey ? seen[seen.length - 1] : seen[0]).focus();
    }
  }
});

// What is pointed at, or has the focus, is fetched before it is asked for.
let readerPointed = 0;
function readerAhead(event) {
  clearTimeout(readerPointed);
  const at = event.target.closest && event.target.closest("[data-release]");
  if (!at) return;
  readerPointed = setTimeout(() => readerFetched(readerPath(at.dataset)).catch(() => {}), 40);
}
document.addEventListener("pointerover", readerAhead);
document.addEventListener("focusin", readerAhead);

// An address that names a release opens it.
function readerArrive(tries = 100) {
  const asked = new URLSearchParams(location.search);
  if (!asked.get("release")) return;
  if (!readerPanel()) {
    if (tries) setTimeout(() => readerArrive(tries - 1), 50);
    return;
  }
  const at = Object.fromEntries(["release", "version", "start", "end"].map((key) => [key, asked.get(key) ?? undefined]));
  readerOpen(at, null);
}
if (document.body.dataset.begun) readerArrive();
else document.addEventListener("begun", () => readerArrive());
