// The journalists' page with a script: answers come sentence by sentence, the form opens where one is,
// and in a widget the page that frames us lends its colours. Without it everything works by forms.
"use strict";
(() => {
  const root = document.documentElement, main = document.querySelector("main.asking");
  if (!main) return;
  const turns = main.querySelector(".turns"), composer = document.getElementById("composer");
  const box = composer.elements.question, announced = document.getElementById("announced");
  const form = document.getElementById("leave"), words = root.dataset;
  let history = read(composer.elements.history.value), asking = null;

  function read(text) {
    try { return JSON.parse(text) || []; } catch { return []; }
  }

  const asked = () => main.classList.toggle("asked-something", turns.childElementCount > 0);
  const grow = () => { box.style.height = ""; if (box.value) box.style.height = `${box.scrollHeight + 2}px`; };
  const made = (html) => { const holder = document.createElement("template"); holder.innerHTML = html; return holder.content.firstElementChild; };
  const calmly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // Said aloud as it comes, apart from what is seen, so that nothing is read twice over.
  function say(text) {
    if (!text) return;
    const said = document.createElement("p");
    said.textContent = text;
    announced.append(said);
    while (announced.childElementCount > 8) announced.firstChild.remove();
  }

  // What did not change stays: a selection, an open source, the focus.
  function renew(old, fresh) {
    if (!old) { turns.append(fresh); return fresh; }
    const before = [...old.children], after = [...fresh.children];
    old.dataset.state = fresh.dataset.state;
    after.forEach((part, at) => {
      if (!before[at]) old.append(part);
      else if (!before[at].isEqualNode(part)) before[at].replaceWith(part);
    });
    before.slice(after.length).forEach((part) => part.remove());
    return old;
  }

  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      held += value;
      for (let end; (end = held.indexOf("\n\n")) >= 0; held = held.slice(end + 2)) {
        const name = /^event: (.*)$/m.exec(held.slice(0, end)), data = /^data: (.*)$/m.exec(held.slice(0, end));
        if (name && data) yield { name: name[1], ...JSON.parse(data[1]) };
      }
    }
  }

  function note(text, advice) {
    const turn = made('<article class="turn" data-state="failed"><h2 class="asked" tabindex="-1"></h2><div class="note" role="alert"><p></p></div></article>');
    turn.querySelector("h2").textContent = text;
    turn.querySelector("p").textContent = advice;
    return turn;
  }

  const sent = (body) => ({
    method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ lang: root.lang, widget: composer.elements.widget.value, ...body }),
  });

  async function ask(question, beyond = false) {
    if (asking || !question.trim()) return;
    asking = question;
    composer.querySelector("button").disabled = true;
    announced.replaceChildren();
    say(words.searching);
    let turn = null, ended = null;
    try {
      const response = await fetch("/faq/ask", sent({ question, history, beyond }));
      if (!/event-stream/.test(response.headers.get("content-type") || "")) throw new Error(String(response.status));
      for await (const event of events(response)) {
        const fresh = made(event.html), first = !turn;
        turn = renew(turn, fresh);
        asked();
        if (first) turn.scrollIntoView({ behavior: calmly(), block: "start" });
        say(event.aloud);
        if (event.name === "finished") ended = event;
      }
      if (!ended) throw new Error("ended early");
      if (ended.kept) { history.push(ended.kept); history = history.slice(-12); }
      box.value = "";
      say(words.done);
    } catch (error) {
      const told = error instanceof TypeError ? words.unreached : words.failedAdvice;
      const failed = note(question, `${words.failed} ${told}`);
      if (turn) turn.replaceWith(failed); else turns.append(failed);
      asked();
      failed.scrollIntoView({ behavior: calmly(), block: "nearest" });
      box.value = question;
    }
    composer.elements.history.value = JSON.stringify(history);
    composer.querySelector("button").disabled = false;
    asking = null;
    grow();
    if (document.activeElement === document.body) box.focus({ preventScroll: true });
  }

  // The exact sentence behind a mark.
  function open(mark) {
    const quote = document.getElementById(mark.hash.slice(1));
    if (!quote) return;
    for (const shown of document.querySelectorAll("[data-shown]")) delete shown.dataset.shown;
    quote.closest("details").open = true;
    quote.dataset.shown = "";
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ behavior: calmly(), block: "nearest" });
  }

  // The form, below the answer it follows on.
  function leave(link) {
    const there = link.closest(".foot, .turn");
    let drawn = there.querySelector("form.leave");
    if (!drawn) {
      document.querySelector(".turns form.leave")?.remove();
      drawn = form.content.firstElementChild.cloneNode(true);
      drawn.elements.question.value = link.dataset.leave;
      drawn.elements.answer.value = link.dataset.answer;
      drawn.elements.releases.value = link.dataset.releases;
      cancellable(drawn);
      there.append(drawn);
    }
    drawn.scrollIntoView({ behavior: calmly(), block: "start" });
    drawn.elements.name.focus({ preventScroll: true });
  }

  function cancellable(drawn) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = words.cancel;
    drawn.querySelector(".doing").append(button);
  }

  async function send(drawn) {
    const button = drawn.querySelector("button.button");
    button.disabled = true;
    try {
      const response = await fetch("/faq/enquiries", sent(Object.fromEntries(new FormData(drawn))));
      if (!/text\/html/.test(response.headers.get("content-type") || "")) throw new Error(String(response.status));
      const answer = made(await response.text());
      if (!answer.matches(".left, .leave")) throw new Error(String(response.status));
      drawn.replaceWith(answer);
      if (answer.matches("form")) cancellable(answer);
      const first = answer.querySelector('[aria-invalid="true"], .error') || answer;
      first.tabIndex = first.tabIndex < 0 && !first.matches("input, textarea") ? -1 : first.tabIndex;
      first.focus({ preventScroll: true });
      answer.scrollIntoView({ behavior: calmly(), block: "nearest" });
    } catch {
      button.disabled = false;
      drawn.querySelector(".error")?.remove();
      const told = made('<p class="error" role="alert"></p>');
      told.textContent = words.unreached;
      drawn.querySelector(".about").after(told);
    }
  }

  document.addEventListener("submit", (event) => {
    const of = event.target;
    if (of === composer || of.matches(".examples, .offered, .beyond")) {
      event.preventDefault();
      ask(event.submitter?.name === "question" ? event.submitter.value : box.value, of.matches(".beyond"));
    } else if (of.matches(".turns form.leave")) {
      event.preventDefault();
      send(of);
    }
  });
  document.addEventListener("click", (event) => {
    const cite = event.target.closest("a.cite"), way = event.target.closest("a[data-leave]");
    if (cite) { event.preventDefault(); open(cite); }
    if (way && form.content.firstElementChild) { event.preventDefault(); leave(way); }
    if (event.target.closest(".leave .plain")) {
      const drawn = event.target.closest(".leave"), back = drawn.parentElement.querySelector("a[data-leave]");
      drawn.remove();
      back?.focus();
    }
  });
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); composer.requestSubmit(); }
  });
  asked();
  grow();
  turns.lastElementChild?.querySelector(".asked")?.focus({ preventScroll: true });
  if (!root.classList.contains("framed") && !turns.childElementCount && matchMedia("(pointer: fine)").matches) box.focus();

  // In a widget: only the page that may frame us is listened to, and only colours, a font and a radius are taken.
  const origins = words.origins.split(" ").filter(Boolean);
  if (!origins.length || window.parent === window) return;
  let host = null;
  const COLOURS = ["background", "surface", "text", "accent", "accent-text"];
  const tell = (message) => host && window.parent.postMessage({ "porte-parole": message }, host);

  function plain(value) {
    return typeof value === "string" && value.length > 0 && value.length <= 200 && !/[;{}\\@<>]|url|var\(|expression|\/\*/i.test(value);
  }
  function brightness(colour) {
    const probe = document.createElement("span");
    probe.style.color = colour;
    document.body.append(probe);
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  }
  function dress(theme) {
    if (typeof theme !== "object" || theme === null) return;
    const style = root.style;
    for (const name of [...COLOURS, "font", "radius"]) style.removeProperty(`--${name}`);
    delete root.dataset.scheme;
    for (const name of COLOURS) {
      if (plain(theme[name]) && CSS.supports("color", theme[name])) style.setProperty(`--${name}`, theme[name]);
    }
    if (plain(theme.font) && CSS.supports("font-family", theme.font)) style.setProperty("--font", theme.font);
    if (plain(theme.radius) && /^\d{1,3}(\.\d+)?(px|rem|em)$/.test(theme.radius.trim())) style.setProperty("--radius", theme.radius);
    const accent = style.getPropertyValue("--accent"), background = style.getPropertyValue("--background");
    if (accent && !style.getPropertyValue("--accent-text")) style.setProperty("--accent-text", brightness(accent) > 0.59 ? "#10151c" : "#ffffff");
    if (background) root.dataset.scheme = brightness(background) < 0.5 ? "dark" : "light";
  }
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !origins.includes(event.origin)) return;
    const message = event.data && event.data["porte-parole"];
    if (typeof message !== "object" || message === null) return;
    host = event.origin;
    if (message.theme) dress(message.theme);
    if (message.focus) (turns.childElementCount ? turns.lastElementChild.querySelector(".asked") || box : box).focus();
    tell("here");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell("close");
  });
})();
