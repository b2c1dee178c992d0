// The archive's own pane: files handed in and watched while they are read; corrections and withdrawals.

const UPLOADS_AT_ONCE = 2;
const WATCHING = 1000;
const uploads = [];
let uploading = 0;
let watching = null;

const archivePane = () => document.getElementById("pane-archive");
const arrivalsOf = (section) => section.querySelector(".arrivals");

/** The element that a fragment of the server holds. */
function made(html) {
  const scratch = document.createElement("div");
  put(scratch, html);
  return scratch.firstElementChild;
}

/** Text of the pane with a file's name in it. */
function dropText(key, name) {
  const drop = archivePane().querySelector(".drop");
  return (drop ? drop.dataset[key] : "").replace("{name}", name || "");
}

pane("archive", {
  async show(params, section) {
    if (section.dataset.filled) return watchArrivals();
    section.dataset.filled = "yes";
    try {
      put(section, await fragment("/room/archive"));
      watchArrivals();
    } catch (error) {
      delete section.dataset.filled;
      failed(section, error);
    }
  },
  hide() {
    clearTimeout(watching);
  },
});

// Handing in

function handIn(files) {
  for (const file of files) uploads.push(file);
  sendNext();
}

function sendNext() {
  while (uploading < UPLOADS_AT_ONCE && uploads.length) send(uploads.shift());
}

/** A line that tells how far a file is, or why it did not come. */
function comingLine(file) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${dropText("sending")} : ${file.name}`);
  const stop = document.createElement("button");
  stop.type = "button";
  stop.textContent = dropText("cancel");
  line.append(name, bar, stop);
  archivePane().querySelector(".coming").append(line);
  return { line, bar, stop };
}

function notCome(line, text, html) {
  const said = document.createElement("div");
  if (html) put(said, html);
  else {
    const note = document.createElement("p");
    note.className = "note failed";
    note.setAttribute("role", "alert");
    note.textContent = text;
    said.append(note);
  }
  line.replaceChildren(said);
}

function send(file) {
  const { line, bar, stop } = comingLine(file);
  const drop = archivePane().querySelector(".drop");
  if (file.size > Number(drop.dataset.largest)) {
    notCome(line, dropText("large", file.name));
    return;
  }
  uploading += 1;
  const request = new XMLHttpRequest();
  const over = () => {
    uploading -= 1;
    sendNext();
  };
  request.open("POST", `/room/arrivals?name=${encodeURIComponent(file.name.slice(0, 500))}`);
  request.setRequestHeader("X-Porte-Parole", "1");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => {
    over();
    const isHtml = (request.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if (request.status === 201) {
      line.remove();
      arrivalsOf(archivePane()).append(made(request.responseText));
      watchArrivals();
    } else if (isHtml) notCome(line, "", request.responseText);
    else {
      const said = { 401: words.signed_out, 403: words.forbidden, 413: dropText("large", file.name) };
      notCome(line, said[request.status] || dropText("lost", file.name));
    }
  });
  request.addEventListener("error", () => {
    over();
    notCome(line, dropText("lost", file.name));
  });
  request.addEventListener("abort", () => {
    over();
    line.remove();
  });
  stop.addEventListener("click", () => request.abort());
  request.send(file);
}

document.addEventListener("change", (event) => {
  if (!event.target.matches(".drop input[type=file]")) return;
  handIn(event.target.files);
  event.target.value = "";
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (document.body.dataset.place !== "archive" || !event.dataTransfer) return;
    if (![...event.dataTransfer.types].includes("Files")) return;
    const drop = archivePane().querySelector(".drop");
    event.preventDefault();
    if (!drop) return;
    drop.classList.toggle("over", kind === "dragover" || kind === "dragenter");
    if (kind === "drop") handIn(event.dataTransfer.files);
  });
}

// Watching

/** Look now and then at files that are being read; one that changed is drawn anew, all others stay as they are. */
async function watchArrivals() {
  clearTimeout(watching);
  const section = archivePane();
  const arrivals = section && arrivalsOf(section);
  if (!arrivals || !arrivals.querySelector(".busy")) return;
  let busy = true;
  try {
    const answer = await fetch("/room/arrivals/states", { headers: { "X-Porte-Parole": "1" } });
    if (!answer.ok) throw Object.assign(new Error(words.signed_out), { status: answer.status });
    const told = await answer.json();
    for (const article of arrivals.querySelectorAll("[data-arrival]")) {
      const stamp = told.stamps[article.dataset.arrival];
      if (stamp !== article.dataset.stamp && article.querySelector(".busy")) await redrawn(article);
    }
    busy = told.busy;
  } catch (error) {
    if (error.status === 401 || error.status === 403) return announce(error.message);
  }
  if (busy || arrivals.querySelector(".busy")) watching = setTimeout(watchArrivals, WATCHING);
}

async function redrawn(article) {
  const held = article.contains(document.activeElement);
  const fresh = made(await fragment(`/room/arrivals/${article.dataset.arrival}`));
  if (!fresh || !article.isConnected) return;
  article.replaceWith(fresh);
  if (!fresh.querySelector(".busy")) announce(dropText("read", fresh.dataset.name));
  if (held) fresh.querySelector("h4").focus({ preventScroll: true });
}

// Deciding

/** What a form holds that its server did not write there. */
function putRight(form) {
  const values = {};
  for (const input of form.querySelectorAll(".fields :is(input, textarea, select)")) {
    const before =
      input.tagName === "SELECT" ? [...input.options].find((one) => one.defaultSelected)?.value : input.defaultValue;
    if (input.value !== before) values[input.name] = input.value;
  }
  return values;
}

/** Ask for a change; what did not work is said in the form, else `done` has the server's element. */
async function change(form, path, json, done) {
  const said = form.querySelector(".said");
  const buttons = form.querySelectorAll("button");
  const held = document.activeElement;
  buttons.forEach((button) => (button.disabled = true));
  try {
    const fresh = made(await fragment(path, { method: "POST", json }));
    if (fresh && fresh.classList.contains("failed")) throw Object.assign(new Error(fresh.textContent), { said: true });
    done(fresh);
  } catch (error) {
    if (said) failed(said, error);
    else announce(error.message);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
    // A button that was disabled has lost the focus.
    if (document.activeElement === document.body && held.isConnected) held.focus({ preventScroll: true });
  }
}

/** The element takes the place of another, and the eye's. */
function takesPlace(before, fresh) {
  before.replaceWith(fresh);
  fresh.tabIndex = -1;
  fresh.focus({ preventScroll: true });
}

function decided(card, fresh) {
  const line = card.closest(".line");
  if (line) {
    const closed = document.createElement("div");
    closed.className = "line";
    closed.append(fresh);
    takesPlace(line, closed);
  } else takesPlace(card, fresh);
  refreshSheet();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest || !form.closest("#pane-archive")) return;
  event.preventDefault();
  if (form.matches(".card")) {
    const chosen = form.querySelector("[data-as]:checked");
    const json = { values: putRight(form), as: chosen ? chosen.value : "" };
    change(form, `/room/arrivals/${form.dataset.card}/accept`, json, (fresh) => decided(form, fresh));
  } else if (form.matches(".amend")) {
    const json = { values: putRight(form), note: form.elements.note.value };
    change(form, `/room/archive/${encodeURIComponent(form.dataset.id)}/amend`, json, (fresh) => entryAnew(form, fresh));
  } else if (form.matches(".withdraw")) {
    const json = { reason: form.elements.reason.value };
    const path = `/room/archive/${encodeURIComponent(form.dataset.id)}/withdraw`;
    change(form, path, json, (fresh) => entryAnew(form, fresh));
  } else if (form.matches(".shelf-search")) seekSheet(0);
});

function entryAnew(form, fresh) {
  takesPlace(form.closest(".entry"), fresh);
  announce(fresh.querySelector(".done")?.textContent || "");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("#pane-archive button");
  if (!button) return;
  const { dataset } = button;
  const article = button.closest(".arrival");
  const card = button.closest("form.card");
  if (dataset.sure) {
    button.textContent = dataset.sure;
    delete dataset.sure;
  } else if ("discard" in dataset && card) {
    change(card, `/room/arrivals/${card.dataset.card}/discard`, {}, (fresh) => decided(card, fresh));
  } else if ("discard" in dataset) {
    change(article, `/room/arrivals/${article.dataset.arrival}/discard`, {}, (fresh) => takesPlace(article, fresh));
  } else if ("acceptSure" in dataset) {
    change(article, `/room/arrivals/${article.dataset.arrival}/accept`, {}, (fresh) => {
      takesPlace(article, fresh);
      watchArrivals();
    });
  } else if (dataset.more) more(button, article, dataset.more);
  else if (dataset.from !== undefined) seekSheet(Number(dataset.from));
  else if (dataset.state) seekSheet(0, dataset.state);
  else if ("amend" in dataset) unfold(button, "amend");
  else if ("withdraw" in dataset) unfold(button, "withdraw");
  else if ("fold" in dataset) fold(button);
  else if (dataset.undo) amendAnew(button, "unamend", { field: dataset.undo });
  else if (dataset.confirm) {
    const input = button.closest("form").elements[dataset.confirm];
    amendAnew(button, "amend", { values: { [dataset.confirm]: input.value } });
  }
});

// Documents of many: a card is made when its line is opened.
document.addEventListener(
  "toggle",
  async (event) => {
    const line = event.target;
    if (!line.matches || !line.matches("details.line") || !line.open || line.dataset.filled) return;
    line.dataset.filled = "yes";
    const inside = line.querySelector(".inside");
    try {
      put(inside, await fragment(`/room/arrivals/${line.dataset.card}`));
    } catch (error) {
      delete line.dataset.filled;
      failed(inside, error);
    }
  },
  true,
);

async function more(button, article, first) {
  try {
    const html = await fragment(`/room/arrivals/${article.dataset.arrival}?first=${first}`);
    const scratch = document.createElement("div");
    put(scratch, html);
    const next = scratch.querySelector(".line > summary");
    button.closest(".acts").replaceWith(...scratch.childNodes);
    if (next) next.focus({ preventScroll: true });
  } catch (error) {
    announce(error.message);
  }
}

// The list

let sheetState = "";

async function seekSheet(first, state) {
  const section = archivePane();
  const form = section.querySelector(".shelf-search");
  const sheet = section.querySelector(".sheet");
  if (!form || !sheet) return;
  sheetState = state === undefined ? form.elements.state.value : state;
  const query = new URLSearchParams({ q: form.elements.q.value, state: sheetState, first });
  try {
    put(sheet, await fragment(`/room/archive/list?${query}`));
    const top = section.querySelector(".shelf").getBoundingClientRect().top;
    if (first && top < 0) scrollBy(0, top);
  } catch (error) {
    failed(sheet, error);
  }
}

/** The list after something came in, unless somebody is writing in it. */
function refreshSheet() {
  const section = archivePane();
  if (section && !section.querySelector(".sheet form")) seekSheet(0, sheetState);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("#shelf-state")) seekSheet(0);
});

async function unfold(button, what) {
  const entry = button.closest(".entry");
  const inside = entry.querySelector(".inside");
  if (inside.dataset.what === what) return fold(button);
  try {
    put(inside, await fragment(`/room/archive/${encodeURIComponent(entry.dataset.id)}/${what}`));
    inside.dataset.what = what;
    inside.querySelector("h4")?.focus({ preventScroll: true });
    inside.scrollIntoView({ block: "nearest" });
  } catch (error) {
    failed(inside, error);
  }
}

function fold(button) {
  const entry = button.closest(".entry");
  const inside = entry.querySelector(".inside");
  const what = inside.dataset.what;
  delete inside.dataset.what;
  inside.replaceChildren();
  entry.querySelector(`[data-${what || "amend"}]`)?.focus({ preventScroll: true });
}

/** A correction given up, or kept: the release as it is then, its form open. */
function amendAnew(button, act, json) {
  const form = button.closest("form");
  change(form, `/room/archive/${encodeURIComponent(form.dataset.id)}/${act}`, json, (fresh) => {
    entryAnew(form, fresh);
    unfold(fresh.querySelector("[data-amend]"), "amend");
  });
}
