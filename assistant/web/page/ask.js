// Questions and their answers: drawn by changing only what changed, so that nothing flickers, no focus
// or selection is lost and what was opened stays open; asked again, stopped, and told when the server is gone.

const { askAgain } = (() => {
  const SLOW = 10_000;
  const RETRY = 2_000;
  const LISTENING = 3_000;
  let earlierTurns = null;
  let leaving = null; // the turn that the newest one follows, until it joins the earlier ones
  let newest = ""; // the mark of the turn drawn last
  let slow = null;
  let focusNext = null;

  /* Drawing */

  /** HTML that the server made, as nodes that are not in the page. */
  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = html || "";
    return template.content;
  }

  function alike(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) return false;
    if (old.nodeType !== Node.ELEMENT_NODE) return true;
    return old.dataset.turn === fresh.dataset.turn && old.classList[0] === fresh.classList[0];
  }

  // What the reader or another script did to an element is theirs: [data-own] is never touched.
  const THEIRS = new Set(["open", "aria-current", "aria-expanded", "disabled"]);

  function morph(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.hasAttribute("data-own")) return;
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !THEIRS.has(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !THEIRS.has(name)) old.setAttribute(name, value);
    }
    morphChildren(old, fresh);
  }

  function morphChildren(parent, fresh) {
    let at = parent.firstChild;
    for (const node of [...fresh.childNodes]) {
      let match = at;
      while (match && !alike(match, node)) match = match.nextSibling;
      if (!match) {
        parent.insertBefore(node, at);
        continue;
      }
      while (at !== match) {
        const next = at.nextSibling;
        at.remove();
        at = next;
      }
      morph(match, node);
      at = match.nextSibling;
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  /** The newest turn, or the first screen. */
  function drawNewest(html) {
    const fresh = parsed(html);
    const [old, turn] = [element.querySelector(".turn"), fresh.querySelector(".turn")];
    if (old && (!turn || turn.dataset.turn !== old.dataset.turn)) {
      leaving = old;
      old.remove();
    }
    morphChildren(element, fresh);
    const drawn = newestTurn();
    if (drawn && drawn.dataset.turn !== newest) beganTurn(drawn);
    newest = drawn ? drawn.dataset.turn : "";
    settle(drawn);
  }

  /** The turns before it: the one that was the newest comes as it is, with all that was opened in it. */
  function drawEarlier(target, html) {
    earlierTurns = target;
    const fresh = parsed(html);
    const last = fresh.lastElementChild;
    const before = [leaving, newestTurn()].find((turn) => turn && last && turn.dataset.turn === last.dataset.turn);
    if (before && !target.contains(before)) {
      before.setAttribute("data-own", ""); // as its reader left it
      target.append(before);
    }
    morphChildren(target, fresh);
    target.querySelectorAll(".understood button").forEach((button) => (button.disabled = true));
    target.querySelectorAll(".put-right").forEach((slot) => slot.replaceChildren());
  }

  const newestTurn = () => element.querySelector(".turn");
  const isWorking = () => Boolean(element.querySelector('.turn[data-state="working"]:not([data-cut-off])'));

  function beganTurn(turn) {
    document.body.dataset.answering = "yes";
    remember("asked", askedIn(turn).question);
    remember("typed", "");
    delete document.body.dataset.lost;
    clearTimeout(slow);
    slow = setTimeout(() => {
      const long = turn.isConnected && turn.querySelector(".working .long");
      if (!long) return;
      long.hidden = false;
      announce(long.textContent);
    }, SLOW);
    if (focusNext) turn.querySelector(".asked").focus({ preventScroll: true });
    focusNext = null;
    // A new question comes to the top of the window, once; then the reader's own scrolling rules.
    if (earlierTurns && earlierTurns.querySelector(".turn")) turn.scrollIntoView({ block: "start" });
  }

  /** What follows from how the newest turn stands: `turn` is told to other scripts once it has ended. */
  function settle(turn) {
    if (isWorking()) return;
    clearTimeout(slow);
    const answering = document.body.dataset.answering;
    delete document.body.dataset.answering;
    if (answering) remember("asked", "");
    if (!turn || turn.dataset.told === turn.dataset.state) return;
    turn.dataset.told = turn.dataset.state;
    document.dispatchEvent(new CustomEvent("turn", { detail: { turn } }));
    if (answering && turn.dataset.state === "finished") announce(words.complete);
    const again = turn.querySelector(".broken-off .again");
    if (again && document.activeElement === document.body) again.focus({ preventScroll: true });
  }

  watch("value", () => drawNewest(props.value));
  drawNewest(props.value);
  document.addEventListener("earlier", (event) => drawEarlier(event.target, event.detail));

  /* Asking */

  /** What it takes to ask a turn's question again: `question`, `declined`, `filters` (what was chosen by hand). */
  function askedIn(turn) {
    const asked = turn ? JSON.parse(turn.dataset.asked) : {};
    return { question: "", declined: [], filters: {}, ...asked };
  }

  /**
   * Ask. Without `question`, that of `turn` (or of the newest turn) is asked again in its place. `filters` (from, to,
   * issuers, languages) replace only what they say; `declined` names what must not be inferred (assistant/declined.py);
   * `standalone` is the question in other words, leaning on no turn before. `replace` puts the answer in the newest
   * turn's place.
   */
  async function askAgain({ question, filters, declined, standalone, turn, replace = question === undefined } = {}) {
    const based = turn || newestTurn();
    const asked = askedIn(question === undefined ? based : null);
    const payload = {
      question: standalone || question || asked.question,
      filters: { ...asked.filters, ...filters },
      declined: [...new Set([...(declined || asked.declined), ...(standalone ? ["standalone"] : [])])],
      replaces: replace && newestTurn() ? newestTurn().dataset.turn : "",
    };
    if (!payload.question) return;
    place("ask");
    await halted();
    focusNext = true;
    trigger("again", payload);
  }

  /** Stops the answer that is being given, and waits until it stands still. */
  async function halted() {
    const turn = newestTurn();
    if (!isWorking()) return;
    fragment("/room/stop", { method: "POST", json: { mark: turn.dataset.turn } }).catch(() => {});
    const patience = Date.now() + 3_000;
    while (turn.isConnected && isWorking() && Date.now() < patience) await new Promise((go) => setTimeout(go, 30));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const turn = button.closest(".turn");
    if (button.matches(".example")) askAgain({ question: button.textContent });
    else if (button.matches(".stop")) {
      button.textContent = button.dataset.stopping;
      button.disabled = true;
      halted();
    } else if (button.matches(".again")) askAgain({ turn, replace: turn === newestTurn() && !turn.dataset.cutOff });
    else if (button.matches(".retry")) retry();
  });

  // One answer at a time: what is typed meanwhile stays in its box.
  function notNow(event) {
    const asks = event.type === "click" ? "#ask" : "#question textarea";
    const wanted = event.target.closest && event.target.closest(asks);
    if (!wanted || (event.type === "keydown" && (event.key !== "Enter" || event.shiftKey)) || !isWorking()) return;
    event.preventDefault();
    event.stopPropagation();
    announce(words.answering);
    const doing = element.querySelector(".working .doing");
    if (doing) doing.dataset.insisted = "yes";
  }
  addEventListener("click", notNow, true);
  addEventListener("keydown", notNow, true);

  /* What is typed, or asked and not answered yet, outlasts a page that is loaded again (in this tab only) */

  function remember(name, text) {
    try {
      if (text) sessionStorage.setItem(`porte-parole.${name}`, text);
      else sessionStorage.removeItem(`porte-parole.${name}`);
    } catch (error) {
      // a browser that keeps nothing
    }
  }

  function remembered(name) {
    try {
      return sessionStorage.getItem(`porte-parole.${name}`) || "";
    } catch (error) {
      return "";
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.closest("#question")) remember("typed", event.target.value);
  });

  function recall() {
    const box = document.querySelector("#question textarea");
    const text = remembered("typed") || remembered("asked");
    const gone = remembered("lost");
    remember("lost", "");
    remember("asked", "");
    if (!box || box.value || !text) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    if (gone) comeBack();
  }

  document.addEventListener("begun", recall);
  if (document.body.dataset.begun) recall();

  /* Putting right what was understood */

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".understood button, .put-right button");
    if (!button) return;
    const turn = button.closest(".turn");
    if (button.matches(".off")) takeBack(turn, button.dataset);
    else if (button.matches(".restore")) askAgain({ turn, declined: [], filters: nothingChosen() });
    else if (button.matches("[data-edit]")) openForm(turn, button);
    else if (button.matches(".cancel")) closeForm(turn);
    else if (button.matches(".common")) {
      const form = button.form;
      form.elements.from.value = button.dataset.from;
      form.elements.to.value = button.dataset.to;
    }
  });

  const nothingChosen = () => ({ from: null, to: null, issuers: [], languages: [] });

  function takeBack(turn, { decline, part }) {
    const { declined, filters } = askedIn(turn);
    const name = decline.slice(decline.indexOf(":") + 1);
    if (part === "period") Object.assign(filters, { from: null, to: null });
    if (part === "languages") filters.languages = filters.languages.filter((one) => one !== name);
    else if (part === "issuers" && filters.issuers.length) {
      filters.issuers = filters.issuers.filter((one) => one !== name);
      if (!filters.issuers.length) declined.push("issuer");
    } else declined.push(decline);
    announce(words.taken_back);
    askAgain({ turn, declined, filters });
  }

  async function openForm(turn, opener) {
    const slot = turn.querySelector(".put-right");
    const part = opener.dataset.edit;
    if (slot.firstChild && slot.dataset.part === part) return closeForm(turn);
    closeForm(turn, false);
    slot.dataset.part = part;
    opener.setAttribute("aria-expanded", "true");
    const { from, to, issuers, languages } = JSON.parse(slot.dataset.filters);
    const query = new URLSearchParams({ from: from || "", to: to || "" });
    issuers.forEach((one) => query.append("issuer", one));
    languages.forEach((one) => query.append("language", one));
    const reword = new URLSearchParams({ question: slot.dataset.standalone });
    try {
      put(slot, await fragment(part === "standalone" ? `/room/rewording?${reword}` : `/room/filtering?${query}`));
    } catch (error) {
      failed(slot, error);
      return;
    }
    const first = { period: '[name="from"]', issuers: '[name="words"], .who input', languages: ".tongue input" };
    const field = slot.querySelector(first[part] || "textarea") || slot.querySelector("input");
    if (field) field.focus();
    if (field && field.localName === "textarea") field.setSelectionRange(field.value.length, field.value.length);
  }

  function closeForm(turn, refocus = true) {
    const slot = turn.querySelector(".put-right");
    if (!slot) return;
    slot.replaceChildren();
    const opener = turn.querySelector('[data-edit][aria-expanded="true"]');
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    if (refocus) opener.focus();
  }

  const ticked = (form, name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);
  const sameNames = (some, others) => some.length === others.length && some.every((one) => others.includes(one));

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".put-right form");
    if (!form) return;
    event.preventDefault();
    const turn = form.closest(".turn");
    announce(words.asked_so);
    if (form.matches(".rewording")) {
      const said = form.elements.question.value.trim();
      if (said) askAgain({ turn, standalone: said });
      return;
    }
    const before = JSON.parse(form.closest(".put-right").dataset.filters);
    let { declined, filters } = askedIn(turn);
    let [from, to] = [form.elements.from.value, form.elements.to.value];
    if (from && to && to < from) [from, to] = [to, from];
    if (from !== (before.from || "") || to !== (before.to || "")) {
      declined = declined.filter((name) => name !== "period").concat(from || to ? [] : ["period"]);
      Object.assign(filters, { from: from || null, to: to || null });
    }
    const [issuers, languages] = [ticked(form, "issuer"), ticked(form, "language")];
    if (!sameNames(issuers, before.issuers)) {
      declined = declined.filter((name) => name.split(":")[0] !== "issuer").concat(issuers.length ? [] : ["issuer"]);
      filters.issuers = issuers;
    }
    if (form.querySelector(".tongue") && !sameNames(languages, before.languages)) filters.languages = languages;
    askAgain({ turn, declined, filters });
  });

  let seeking = null;
  document.addEventListener("input", (event) => {
    const field = event.target.closest('.filtering [name="words"]');
    if (!field) return;
    if (seeking) seeking.abort();
    seeking = new AbortController();
    const { signal } = seeking;
    const query = new URLSearchParams({ words: field.value });
    ticked(field.form, "issuer").forEach((one) => query.append("issuer", one));
    fragment(`/room/issuers?${query}`, { signal })
      .then((html) => signal.aborted || put(field.form.querySelector(".who .choices"), html))
      .catch((error) => error.name === "AbortError" || announce(error.message));
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest(".put-right form");
    if (!form) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      closeForm(form.closest(".turn"));
    } else if (event.key === "Enter" && event.target.name === "words") event.preventDefault();
  });

  /* The server is gone, and comes back */

  let lostSince = null;

  /** An answer that can no longer come says so, with a button that asks again. */
  function cutOff() {
    const turn = newestTurn();
    if (!turn || !isWorking()) return;
    turn.dataset.cutOff = "yes";
    clearTimeout(slow);
    delete document.body.dataset.answering;
    const note = document.createElement("div");
    note.className = "note broken-off";
    const [title, advice, button] = ["h3", "p", "button"].map((name) => document.createElement(name));
    title.textContent = words.cut_off;
    advice.textContent = words.cut_off_advice;
    Object.assign(button, { type: "button", className: "again", textContent: words.again });
    note.append(title, advice, button);
    turn.querySelector(".working").replaceWith(note);
  }

  function say(text, withButton) {
    const lost = document.querySelector(".lost");
    if (!lost) return;
    lost.textContent = text;
    if (withButton) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "retry", textContent: words.again });
      lost.append(" ", button);
    }
    document.body.dataset.lost = "yes";
  }

  async function answers(path = "/healthz") {
    try {
      return (await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(5_000) })).status;
    } catch (error) {
      return 0;
    }
  }

  /** Gradio said, in its own words, that something went wrong: we find out what, and say it in ours. */
  async function troubled() {
    const status = await answers();
    if (!status) return lost();
    if ((await answers("/room/issuers")) === 401) return say(words.signed_out, false);
    cutOff();
    say(words.overloaded, true);
  }

  // An answer of which nothing is heard may have broken off without a word.
  let silent = 0;
  setInterval(async () => {
    const turn = newestTurn();
    if (!isWorking()) return (silent = 0);
    const status = await answers(`/room/underway?${new URLSearchParams({ mark: turn.dataset.turn })}`);
    if (turn !== newestTurn() || !isWorking()) return;
    if (!status) return lost();
    silent = status === 404 ? silent + 1 : 0;
    if (silent > 1) cutOff();
  }, LISTENING);

  function lost() {
    cutOff();
    remember("lost", "yes");
    say(words.lost, true);
    if (lostSince) return;
    lostSince = setInterval(async () => {
      if (!(await answers())) return;
      clearInterval(lostSince);
      lostSince = null;
      setTimeout(() => remember("lost", ""), 10_000); // Gradio loads the page again where the server is another
      comeBack();
    }, RETRY);
  }

  function comeBack() {
    const box = document.querySelector("#question textarea");
    const waits = Boolean((box && box.value.trim()) || element.querySelector(".broken-off"));
    say(words.back, waits);
    shownAfterAll();
    if (!waits) setTimeout(() => lostSince || delete document.body.dataset.lost, 6_000);
  }

  /** What was typed is still in its box; an answer that broke off is asked for anew. */
  function retry() {
    delete document.body.dataset.lost;
    const box = document.querySelector("#question textarea");
    const again = newestTurn() && newestTurn().querySelector(".broken-off .again");
    place("ask");
    if (box.value.trim()) {
      document.querySelector("#ask").click();
      box.focus({ preventScroll: true });
    } else if (again) again.click();
    else box.focus();
  }

  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === Node.ELEMENT_NODE);
    if (added.some((node) => node.matches(".toast-body.error") || node.querySelector(".toast-body.error"))) troubled();
  }).observe(document.body, { childList: true, subtree: true });
  addEventListener("offline", lost);
  document.addEventListener("visibilitychange", async () => {
    if (!document.hidden && !(await answers())) lost();
  });

  return { askAgain };
})();
