// Conversations: the list of them, and the one that is open, whose address is `#ask?c=ID`.

(() => {
  const LATER = 200; // milliseconds after the last letter until the list follows
  let section = null;
  let seeking = null;
  let typing = null;
  let open = ""; // the conversation on the page
  let wanted = ""; // the one that is being opened

  const list = () => section && section.querySelector(".list");

  /* The conversation that is open */

  function opened(turn) {
    const conversation = turn.dataset.conversation || "";
    if (wanted && wanted === conversation) {
      announce(words.keep_opened);
      const held = document.activeElement;
      const nowhere = !held || held === document.body || held.matches("#question textarea");
      if (nowhere && !turn.closest("[hidden]")) turn.querySelector(".asked").focus({ preventScroll: true });
    }
    wanted = "";
    open = conversation;
    address();
  }

  /** The address says which conversation is open, without a step to come back to. */
  function address() {
    const { name, params } = whereabouts();
    if (name !== "ask" || (params.get("c") || "") === open) return;
    place("ask", open ? { c: open } : {}, { replace: true });
  }

  /** The address leads to a conversation. */
  function followed() {
    const { name, params } = whereabouts();
    if (name !== "ask") return;
    const asked = params.get("c") || "";
    if (!asked) return address();
    if (asked === open || asked === wanted) return;
    wanted = asked;
    announce(words.keep_opening);
    trigger("reopen", { conversation: asked });
  }

  document.addEventListener("turn", (event) => opened(event.detail.turn));
  document.addEventListener("begun", followed);
  if (document.body.dataset.begun) followed();
  addEventListener("hashchange", followed);
  addEventListener("popstate", followed);

  // Nothing of the conversation is on the page any more: it was not found, or a new one begins.
  function anew() {
    open = wanted = "";
    address();
  }

  new MutationObserver(() => {
    if (element.querySelector(".not-here")) anew();
  }).observe(element, { childList: true });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#new")) anew();
    const afresh = event.target.closest(".ask-afresh");
    if (afresh) askAgain({ turn: afresh.closest(".turn"), replace: false });
  });

  /* The list */

  pane("conversations", {
    async show(params, target) {
      section = target;
      const sought = params.get("q") || "";
      try {
        if (!section.querySelector(".seek")) put(section, await fragment("/room/conversations"));
      } catch (error) {
        return failed(section, error);
      }
      const field = section.querySelector(".seek input");
      if (!field) return;
      if (document.activeElement !== field) field.value = sought;
      await seek(sought);
    },
  });

  async function seek(q) {
    if (seeking) seeking.abort();
    seeking = new AbortController();
    const { signal } = seeking;
    try {
      const html = await fragment(`/room/conversations/list?${new URLSearchParams({ q })}`, { signal });
      if (!signal.aborted) put(list(), html);
    } catch (error) {
      if (error.name !== "AbortError") failed(list(), error);
    }
  }

  async function more(button) {
    button.disabled = true;
    const { offset, after } = button.dataset;
    const q = section.querySelector(".seek input").value;
    try {
      const template = document.createElement("template");
      put(template, await fragment(`/room/conversations/list?${new URLSearchParams({ q, offset, after })}`));
      const first = template.content.querySelector("a");
      button.replaceWith(template.content);
      if (first) first.focus();
    } catch (error) {
      button.disabled = false;
      announce(error.message);
    }
  }

  /** Show one of the things that can be done with a line, or none; focus goes there and back. */
  function show(line, selector, button) {
    line.querySelectorAll(".renaming, .sure").forEach((part) => (part.hidden = !part.matches(selector || "none")));
    line.querySelectorAll(".doing [aria-expanded]").forEach((one) => {
      one.setAttribute("aria-expanded", String(one === button && Boolean(selector)));
    });
    const part = selector && line.querySelector(selector);
    if (!part) return button && button.focus();
    const first = part.querySelector("input, button");
    first.focus();
    if (first.select) first.select();
  }

  async function rename(line, title) {
    const id = line.dataset.id;
    try {
      const template = document.createElement("template");
      put(template, await fragment(`/room/conversations/${id}/title`, { method: "POST", json: { title } }));
      const fresh = template.content.firstElementChild;
      line.replaceWith(fresh);
      fresh.querySelector("a").focus();
      announce(list().dataset.renamed);
    } catch (error) {
      announce(error.message);
      told(line.querySelector(".renaming"), error);
    }
  }

  async function remove(line) {
    const id = line.dataset.id;
    try {
      await fragment(`/room/conversations/${id}/delete`, { method: "POST" });
    } catch (error) {
      if (error.status !== 404) return told(line.querySelector(".sure"), error);
    }
    const all = [...section.querySelectorAll(".conversation")];
    const next = all[all.indexOf(line) + 1] || all[all.indexOf(line) - 1];
    const together = line.parentElement;
    line.remove();
    if (!together.children.length) {
      if (together.previousElementSibling && together.previousElementSibling.localName === "h3") {
        together.previousElementSibling.remove();
      }
      together.remove();
    }
    announce(list().dataset.deleted);
    if (open === id) {
      open = "";
      document.querySelector("#new").click();
    }
    if (next) next.querySelector("a").focus();
    else {
      await seek(section.querySelector(".seek input").value);
      section.focus();
    }
  }

  function told(part, error) {
    let note = part.querySelector(".note");
    if (!note) {
      note = document.createElement("p");
      note.className = "note";
      note.setAttribute("role", "alert");
      part.append(note);
    }
    note.textContent = error.message;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".keep button");
    if (!button) return;
    const line = button.closest(".conversation");
    if (button.matches(".more")) more(button);
    else if (button.matches(".rename, .delete")) {
      const selector = button.matches(".rename") ? ".renaming" : ".sure";
      show(line, button.getAttribute("aria-expanded") === "true" ? null : selector, button);
    } else if (button.matches(".cancel")) show(line, null, line.querySelector('.doing [aria-expanded="true"]'));
    else if (button.matches(".really")) remove(line);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".keep form");
    if (!form) return;
    event.preventDefault();
    if (form.matches(".renaming")) rename(form.closest(".conversation"), form.elements.title.value);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".keep .seek input")) return;
    clearTimeout(typing);
    const q = event.target.value;
    typing = setTimeout(() => place("conversations", q.trim() ? { q } : {}, { replace: true }), LATER);
  });

  document.addEventListener("keydown", (event) => {
    const line = event.key === "Escape" && event.target.closest && event.target.closest(".conversation");
    if (line) show(line, null, line.querySelector('.doing [aria-expanded="true"]'));
  });
})();
