// A release, opened at the quoted words.
const panel = () => document.querySelector(".reader");
let opener = null;
let asked = 0;

// The panel narrows the page; what the reader looks at stays where it is.
function showReader(reader, shown) {
  const before = opener ? opener.getBoundingClientRect().top : 0;
  reader.hidden = !shown;
  if (opener && opener.isConnected) scrollBy(0, opener.getBoundingClientRect().top - before);
}

function closeReader() {
  const reader = panel();
  if (!reader || reader.hidden) return;
  showReader(reader, false);
  mark(null);
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

function mark(at) {
  document.querySelectorAll("[data-release][aria-current]").forEach((it) => it.removeAttribute("aria-current"));
  if (at) at.setAttribute("aria-current", "true");
}

async function openAt(at) {
  const reader = panel();
  const leaves = reader.querySelector(".leaves");
  const turn = ++asked;
  opener = at;
  mark(at);
  if (reader.hidden) leaves.textContent = reader.dataset.loading;
  showReader(reader, true);
  const { release, version, start, end } = at.dataset;
  const query = new URLSearchParams({ version, start, end });
  let html = null;
  try {
    html = await fragment(`/room/release/${encodeURIComponent(release)}?${query}`);
  } catch (error) {
    if (turn === asked) failed(leaves, error);
    return;
  }
  if (turn !== asked) return;
  put(leaves, html);
  const quoted = leaves.querySelector("#quoted");
  leaves.scrollTop = 0;
  const below = quoted ? quoted.getBoundingClientRect().top - leaves.getBoundingClientRect().top : 0;
  if (below > leaves.clientHeight * 0.6) leaves.scrollTop = below - leaves.clientHeight / 4;
  const heading = leaves.querySelector("h2");
  if (heading) heading.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const at = event.target.closest("[data-release]");
  if (at) openAt(at);
  if (event.target.closest(".reader .close") || event.target.closest("#new")) closeReader();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeReader();
});
