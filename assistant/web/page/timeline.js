// Releases over time: arrow keys go from bar to bar; drawings are fetched where their place stands empty.

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest && event.target.closest(".timeline .bar");
  if (!bar) return;
  const bars = [...bar.closest("svg").querySelectorAll(".bar")];
  const at = bars.indexOf(bar);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
  if (to === undefined || !bars[to]) return;
  event.preventDefault();
  reach(bars, to);
  bars[to].focus({ preventScroll: true });
});

// One stop for the tabulator key: the bar one came from last, the newest at first.
function reach(bars, to) {
  bars.forEach((one, place) => one.setAttribute("tabindex", place === to ? "0" : "-1"));
}

document.addEventListener("put", (event) => {
  event.target.querySelectorAll(".timeline svg[role]").forEach((drawing) => {
    const bars = [...drawing.querySelectorAll(".bar")];
    if (bars.length) reach(bars, bars.length - 1);
  });
  event.target.querySelectorAll(".archive-over-time:empty").forEach(drawArchive);
});

async function drawArchive(slot) {
  try {
    put(slot, await fragment("/room/timeline?name=archive-bars"));
  } catch (error) {
    failed(slot, error);
  }
}

let drawings = 0;

async function drawFound(slot, turn) {
  if (slot.firstChild || !slot.dataset.question) return;
  const { question, from = "", to = "", issuers = "[]", languages = "[]" } = slot.dataset;
  const query = new URLSearchParams({ question, from, to, name: `turn-bars-${++drawings}` });
  JSON.parse(issuers).forEach((one) => query.append("issuer", one));
  JSON.parse(languages).forEach((one) => query.append("language", one));
  const asked = turn && turn.dataset.asked ? JSON.parse(turn.dataset.asked) : {};
  (asked.declined || []).forEach((one) => query.append("no", one));
  try {
    put(slot, await fragment(`/room/timeline?${query}`));
  } catch {
    slot.replaceChildren();
  }
}

document.addEventListener("turn", ({ detail: { turn } }) => {
  if (turn.dataset.state !== "finished") return;
  turn.querySelectorAll(".found-over-time").forEach((slot) => {
    const folded = slot.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", () => drawFound(slot, turn), { once: true });
    else drawFound(slot, turn);
  });
});

document.addEventListener("click", (event) => {
  const bar = event.target.closest && event.target.closest(".found-over-time [data-from]:not(.found-over-time)");
  if (!bar || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { from, to } = bar.dataset;
  askAgain({ turn: bar.closest(".turn"), filters: { from, to } });
});
