// The page's hands. These files are one script (`SCRIPTS` in ui.py), which runs once inside the
// component of the current turn (`element`, `trigger`, `props` and `watch` are Gradio's). Here: places and
// fragments. Whatever comes from the server is HTML made there; nothing else becomes HTML here.

const panes = {};
let words = {};
let here = null;

/** A place of the page: `show(params, section)` when one comes to it, `hide()` when one leaves. */
function pane(name, shown) {
  panes[name] = shown;
}

/** The server's HTML for a part of the page. Throws an Error with `status` (0: the server does not answer). */
async function fragment(path, { method = "GET", body, json, form, signal } = {}) {
  const headers = { "X-Porte-Parole": "1" };
  if (json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(json);
  }
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: form || body, signal, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw Object.assign(new Error(words.unreachable), { status: 0 });
  }
  const text = await answer.text();
  const isHtml = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (answer.ok || isHtml) return text;
  const said = { 401: words.signed_out, 403: words.forbidden, 404: words.gone, 413: words.too_large };
  throw Object.assign(new Error(said[answer.status] || words.unreachable), { status: answer.status });
}

/** Set HTML that the server made. */
function put(target, html) {
  target.innerHTML = html;
  target.dispatchEvent(new CustomEvent("put", { bubbles: true }));
}

/** Say that something did not work, where it should have stood. */
function failed(target, error) {
  const note = document.createElement("p");
  note.className = "note";
  note.setAttribute("role", "alert");
  note.textContent = error.message;
  target.replaceChildren(note);
}

/** The server answers again: a pane that could not be shown is. */
function shownAfterAll() {
  const section = document.getElementById(`pane-${here}`);
  if (section && section.querySelector(':scope > .note[role="alert"]')) arrive();
}

/** Tell a screen reader. */
function announce(text) {
  const spoken = document.querySelector(".spoken");
  if (!spoken) return;
  spoken.textContent = "";
  setTimeout(() => (spoken.textContent = text), 30);
}

/** Where one is: the place and its parameters, as the address says. */
function whereabouts() {
  const [name, query = ""] = location.hash.slice(1).split("?");
  const known = document.querySelector(`.masthead [data-place="${CSS.escape(name)}"]`);
  return { name: known ? name : "ask", params: new URLSearchParams(known ? query : "") };
}

/** Go to a place; `params` is a URLSearchParams, an object or nothing. `replace` leaves no step to come back to. */
function place(name, params, { replace = false } = {}) {
  const query = new URLSearchParams(params || {}).toString();
  const hash = `#${name}${query ? `?${query}` : ""}`;
  if (replace) history.replaceState(null, "", location.pathname + location.search + hash);
  else if (location.hash !== hash) history.pushState(null, "", location.pathname + location.search + hash);
  arrive();
}

function arrive() {
  const { name, params } = whereabouts();
  document.body.dataset.place = name;
  document.querySelectorAll(".masthead [data-place]").forEach((link) => {
    if (link.dataset.place === name) {
      link.setAttribute("aria-current", "page");
      // On a narrow screen the row of places scrolls by itself.
      const [row, at] = [link.parentElement.getBoundingClientRect(), link.getBoundingClientRect()];
      const beyond = Math.max(0, at.right - row.right) || Math.min(0, at.left - row.left);
      if (beyond) link.parentElement.scrollLeft += beyond + Math.sign(beyond) * 16;
    } else link.removeAttribute("aria-current");
  });
  document.querySelectorAll(".pane").forEach((section) => (section.hidden = section.id !== `pane-${name}`));
  if (here && here !== name && panes[here] && panes[here].hide) panes[here].hide();
  const moved = here !== null && here !== name;
  here = name;
  const section = document.getElementById(`pane-${name}`);
  if (moved && section) {
    scrollTo(0, 0);
    section.focus({ preventScroll: true });
  }
  if (panes[name]) panes[name].show(params, section);
}

addEventListener("popstate", arrive);
addEventListener("hashchange", arrive);

document.addEventListener("click", (event) => {
  const link = event.target.closest(".masthead [data-place]");
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    place(link.dataset.place);
  }
  if (event.target.closest("#new")) trigger("anew", {});
  const language = event.target.closest("[data-language].language");
  if (language) {
    fragment("/language", { method: "POST", json: { language: language.dataset.language } })
      .then(() => location.reload())
      .catch((error) => announce(error.message));
  }
});

// The frame comes with the page's first event: words, sections and the places one may go to.
function begun() {
  const frame = document.querySelector(".panes");
  if (!frame || frame.dataset.begun || !document.querySelector(".places")) return;
  frame.dataset.begun = "yes";
  words = JSON.parse(frame.dataset.words);
  document.documentElement.lang = frame.dataset.language;
  document.body.dataset.begun = "yes";
  arrive();
  document.dispatchEvent(new CustomEvent("begun"));
}
new MutationObserver(begun).observe(document.querySelector("main") || document.body, { childList: true, subtree: true });
queueMicrotask(begun); // once all the files have run
