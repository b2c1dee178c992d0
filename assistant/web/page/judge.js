// Judging an answer, and the archivist's list of what was judged.

(() => {
  /* Under an answer */

  async function judge(judging, opinion) {
    const { answer } = judging.dataset;
    judging.setAttribute("data-own", "");
    judging.setAttribute("aria-busy", "true");
    try {
      const json = { verdict: opinion.verdict, citation: opinion.citation || null, why: opinion.why || "" };
      const html = await fragment(`/room/judging/${encodeURIComponent(answer)}`, { method: "POST", json });
      const template = document.createElement("template");
      put(template, html);
      const fresh = template.content.firstElementChild;
      fresh.setAttribute("data-own", "");
      judging.replaceWith(fresh);
      const pressed = fresh.querySelector('[aria-pressed="true"]');
      const thanks = fresh.querySelector(".thanks");
      (pressed || fresh.querySelector(".verdict")).focus({ preventScroll: true });
      announce(thanks ? thanks.textContent : pressed ? pressed.textContent : words.judge_taken_back);
    } catch (error) {
      judging.removeAttribute("aria-busy");
      told(judging, error);
    }
  }

  function told(judging, error) {
    let note = judging.querySelector(".note");
    if (!note) {
      note = document.createElement("p");
      note.className = "note";
      note.setAttribute("role", "alert");
      judging.append(note);
    }
    note.textContent = error.message;
  }

  function standing(judging) {
    const pressed = judging.querySelector('[aria-pressed="true"]');
    const current = judging.querySelector('.which [aria-current="true"]');
    return { verdict: pressed && pressed.dataset.verdict, citation: current && Number(current.dataset.citation) };
  }

  function asked(button) {
    const judging = button.closest(".judging");
    const which = judging.querySelector(".which");
    const { verdict, citation } = button.dataset;
    if (citation) return judge(judging, { verdict: "wrong_source", citation: Number(citation) });
    if (button.getAttribute("aria-pressed") === "true") return judge(judging, { verdict: null });
    if (verdict !== "wrong_source") return judge(judging, { verdict });
    which.hidden = !which.hidden;
    button.setAttribute("aria-expanded", String(!which.hidden));
    judging.setAttribute("data-own", "");
    if (!which.hidden) which.querySelector("button").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".judging .verdict, .judging .which button");
    if (button) asked(button);
  });

  document.addEventListener("keydown", (event) => {
    const which = event.key === "Escape" && event.target.closest && event.target.closest(".judging .which");
    if (!which) return;
    event.stopPropagation();
    which.hidden = true;
    const button = which.closest(".judging").querySelector('[data-verdict="wrong_source"]');
    button.setAttribute("aria-expanded", "false");
    button.focus();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".judging form.why");
    if (!form) return;
    event.preventDefault();
    const judging = form.closest(".judging");
    judge(judging, { ...standing(judging), why: form.elements.why.value });
  });

  /* The archivist's list */

  const shown = { verdict: "", handled: "false" };

  function query(more) {
    const params = new URLSearchParams(more);
    if (shown.verdict) params.set("verdict", shown.verdict);
    if (shown.handled) params.set("handled", shown.handled);
    else params.set("every", "true");
    return `/room/judgments?${params}`;
  }

  async function list(section, focus) {
    try {
      put(section, await fragment(query({})));
      const back = focus && section.querySelector(focus);
      if (back) back.focus({ preventScroll: true });
    } catch (error) {
      failed(section, error);
    }
  }

  // The page of the archive has a place for it, empty until it is there.
  document.addEventListener("put", (event) => {
    const section = event.target.querySelector && event.target.querySelector("#judgments:empty");
    if (section) list(section);
  });

  async function see(article, handled, note) {
    const { answer, judge: who } = article.dataset;
    try {
      const json = { judge: who, handled, note };
      const html = await fragment(`/room/judgments/${encodeURIComponent(answer)}/handled`, { method: "POST", json });
      const template = document.createElement("template");
      put(template, html);
      const fresh = template.content.firstElementChild;
      article.replaceWith(fresh);
      fresh.querySelector(handled ? ".reopen" : ".handle summary").focus({ preventScroll: true });
      announce(handled ? words.judgment_is_handled : words.judgment_is_open);
      counted(fresh.closest("#judgments"));
    } catch (error) {
      told(article, error);
    }
  }

  /** How many there are of each, without taking away the line one works at. */
  async function counted(section) {
    const template = document.createElement("template");
    put(template, await fragment(query({})).catch(() => ""));
    const fresh = template.content.querySelector(".which-judgments");
    if (fresh) section.querySelector(".which-judgments").replaceWith(fresh);
  }

  async function next(button) {
    button.disabled = true;
    try {
      const template = document.createElement("template");
      put(template, await fragment(query({ offset: button.dataset.offset })));
      button.replaceWith(template.content);
    } catch (error) {
      button.disabled = false;
      announce(error.message);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#judgments button");
    if (!button) return;
    const section = button.closest("#judgments");
    if (button.matches(".handling")) {
      shown.handled = button.dataset.handled;
      list(section, `.handling[data-handled="${shown.handled}"]`);
    } else if (button.matches(".more")) next(button);
    else if (button.matches(".reopen")) see(button.closest(".judgment"), false, "");
  });

  document.addEventListener("change", (event) => {
    const choice = event.target.closest("#judgments .which-judgments select");
    if (!choice) return;
    shown.verdict = choice.value;
    list(choice.closest("#judgments"), ".which-judgments select");
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#judgments .handle form");
    if (!form) return;
    event.preventDefault();
    see(form.closest(".judgment"), true, form.elements.note.value);
  });

  document.addEventListener(
    "toggle",
    async (event) => {
      const details = event.target;
      if (!details.matches || !details.matches(".as-it-was") || !details.open) return;
      const target = details.querySelector("div");
      if (target.firstChild) return;
      target.textContent = words.loading;
      try {
        put(target, await fragment(`/room/judgments/${details.dataset.answer}/answer`));
      } catch (error) {
        failed(target, error);
      }
    },
    true,
  );
})();
