// The pane for the press: questions gathered, curated answers to edit, questions left for the office.

(() => {
  const VIEWS = ["asked", "entries", "enquiries"];
  const AGAIN = 900;
  const COUNTED_EVERY = 300_000;
  const unsaved = new Map();
  let drawn = null;
  let arrivals = 0;
  let again = null;

  const section = () => document.getElementById("pane-press");
  const view = () => section() && section().querySelector(".view");
  const at = (name) => (VIEWS.includes(name) ? name : "asked");

  pane("press", {
    async show(params, shown) {
      clearTimeout(again);
      const arrival = ++arrivals;
      const name = at(params.get("view"));
      try {
        if (!shown.querySelector(".view")) put(shown, await fragment("/room/press"));
        for (const link of shown.querySelectorAll(".views a")) {
          if (link.dataset.view === name) link.setAttribute("aria-current", "page");
          else link.removeAttribute("aria-current");
        }
        await draw(name, params, arrival);
      } catch (error) {
        if (arrival === arrivals) failed(view() || shown, error);
      }
    },
    hide() {
      clearTimeout(again);
      arrivals += 1;
    },
  });

  async function draw(name, params, arrival) {
    const entry = name === "entries" && params.get("entry");
    const kept = entry && drawn && drawn.entry === entry ? drawn.html : null;
    drawn = null;
    const before = view().dataset.at;
    const html = kept || (await fragment(entry ? `/room/press/entries/${encodeURIComponent(entry)}` : pathOf(name, params)));
    if (arrival !== arrivals) return;
    const held = heldIn(view());
    // While questions are still put together, whoever reads on is not disturbed.
    if (reading(html) && view().querySelector(".asked-list :is(details[open], :focus)")) {
      again = setTimeout(() => here === "press" && arrive(), AGAIN);
      return;
    }
    put(view(), html);
    view().dataset.at = `${name} ${entry || ""}`;
    if (entry) begin(entry);
    if (entry) view().querySelector("h3").focus({ preventScroll: true });
    else if (before !== view().dataset.at && document.activeElement === document.body) {
      section().querySelector(".views a[aria-current]").focus({ preventScroll: true });
    } else if (held) view().querySelector(held)?.focus({ preventScroll: true });
    if (reading(html)) again = setTimeout(() => here === "press" && arrive(), AGAIN);
  }

  const reading = (html) => /data-left="[1-9]/.test(html);

  function pathOf(name, params) {
    const query = new URLSearchParams(params);
    query.delete("view");
    return `/room/press/${name}?${query}`;
  }

  /** A selector of what has the focus, to be found again once it is drawn anew. */
  function heldIn(target) {
    const held = document.activeElement;
    if (!held || !target.contains(held)) return "";
    for (const name of ["only", "state", "from"]) {
      if (held.dataset[name] !== undefined) return `[data-${name}="${CSS.escape(held.dataset[name])}"]`;
    }
    return held.name ? `[name="${CSS.escape(held.name)}"]` : "";
  }

  /** Go to the same view with other parameters; the list begins anew. */
  function narrow(changes) {
    const { params } = whereabouts();
    params.delete("first");
    for (const [key, value] of Object.entries(changes)) {
      if (value === "") params.delete(key);
      else params.set(key, value);
    }
    place("press", params, { replace: true });
  }

  /* How many things wait, beside the pane's name. */

  async function count() {
    const link = document.querySelector('.places [data-place="press"]');
    if (!link) return;
    const html = await fragment("/room/press/waiting").catch(() => null);
    if (html === null) return;
    link.querySelectorAll("span").forEach((span) => span.remove());
    const scratch = document.createElement("template");
    put(scratch, html);
    link.append(scratch.content);
    if (link.hasAttribute("aria-current")) link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  document.addEventListener("begun", () => {
    setTimeout(count, AGAIN);
    setInterval(() => document.hidden || count(), COUNTED_EVERY);
  });

  /* Questions gathered */

  async function propose(button) {
    const article = button.closest(".asked");
    const said = article.querySelector(".said");
    const words_ = button.textContent;
    said.replaceChildren();
    button.disabled = true;
    button.textContent = button.dataset.busy;
    announce(button.dataset.busy);
    try {
      const since = section().querySelector('[name="since"]').value;
      const json = { question: article.dataset.question, since };
      const html = await fragment("/room/press/drafts", { method: "POST", json });
      const fresh = made(html);
      if (fresh.classList.contains("failed")) return said.replaceChildren(fresh);
      drawn = { entry: fresh.dataset.entry, html };
      place("press", { view: "entries", entry: fresh.dataset.entry });
      count();
    } catch (error) {
      failed(said, error);
    } finally {
      button.disabled = false;
      button.textContent = words_;
    }
  }

  /* One entry */

  const formOf = () => view() && view().querySelector(".entry-form");

  function written(form) {
    const fields = form.elements;
    return {
      question: fields.question.value,
      variants: fields.variants.value,
      answer: fields.answer.value,
      releases: [...form.querySelectorAll(".chosen li")].map((line) => line.dataset.id),
      valid_until: fields.valid_until.value,
      owner: fields.owner.value,
      language: fields.language.value,
      edition: form.dataset.edition,
    };
  }

  /** What was written and not saved stands there again. */
  function begin(entry) {
    const form = formOf();
    if (!form || !unsaved.has(entry)) return;
    const { json, chosen } = unsaved.get(entry);
    for (const name of ["question", "variants", "answer", "valid_until", "owner", "language"]) {
      form.elements[name].value = json[name];
    }
    form.querySelector(".chosen").replaceChildren(...chosen);
    form.dataset.edition = json.edition;
  }

  function touched(form) {
    unsaved.set(form.dataset.entry, { json: written(form), chosen: [...form.querySelectorAll(".chosen li")] });
    view().querySelector(".public").replaceChildren();
  }

  addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  /** Ask for a change of the entry; gives whether it was made, and shows it or what hinders it. */
  async function ask(form, path, json, said) {
    const { entry } = form.dataset;
    const buttons = [...view().querySelectorAll("button")];
    const held = document.activeElement;
    said.replaceChildren();
    buttons.forEach((button) => (button.disabled = true));
    try {
      const html = await fragment(path, { method: "POST", json });
      const fresh = made(html);
      if (fresh.classList.contains("failed")) {
        said.replaceChildren(fresh);
        fresh.scrollIntoView({ block: "nearest" });
        return false;
      }
      unsaved.delete(entry);
      show(fresh, html);
      count();
      return true;
    } catch (error) {
      failed(said, error);
      return false;
    } finally {
      buttons.forEach((button) => (button.disabled = false));
      if (document.activeElement === document.body && held.isConnected) held.focus({ preventScroll: true });
    }
  }

  /** The entry as the server drew it, at its own address. */
  function show(fresh, html) {
    const done = fresh.matches(".done") ? fresh : fresh.querySelector(".done");
    if (fresh.matches(".one-entry")) {
      drawn = { entry: fresh.dataset.entry, html };
      place("press", { view: "entries", entry: fresh.dataset.entry }, { replace: true });
    } else place("press", { view: "entries" }, { replace: true });
    if (done) announce(done.textContent);
  }

  const pathOfEntry = (form) => `/room/press/entries/${encodeURIComponent(form.dataset.entry)}`;
  const saidIn = (form) => form.querySelector(":scope > .said");
  const save = (form) => ask(form, pathOfEntry(form), written(form), saidIn(form));

  async function review(form) {
    const fresh = form.dataset.entry === "new" || unsaved.has(form.dataset.entry);
    if (fresh && !(await save(form))) return;
    const target = view().querySelector(".public");
    try {
      put(target, await fragment(`${pathOfEntry(formOf())}/public`));
      target.querySelector("h3")?.focus({ preventScroll: true });
      target.scrollIntoView({ block: "start", behavior: "smooth" });
    } catch (error) {
      failed(target, error);
    }
  }

  function act(button) {
    const form = formOf();
    const { act: wanted, sure } = button.dataset;
    const path = pathOfEntry(form);
    if (sure) {
      button.textContent = sure;
      button.classList.add("danger");
      delete button.dataset.sure;
    } else if (wanted === "review") review(form);
    else if (wanted === "approve") {
      ask(form, `${path}/approve`, { edition: button.dataset.edition }, view().querySelector(".public .said"));
    } else if (wanted === "mine") {
      form.dataset.edition = button.dataset.edition;
      save(form);
    } else if (wanted === "theirs") {
      unsaved.delete(form.dataset.entry);
      arrive();
    } else ask(form, `${path}/${wanted}`, {}, saidIn(form));
  }

  /* The releases it rests on */

  let asking = null;

  function find(field) {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const target = field.closest(".rests-on").querySelector(".offered");
      const words_ = field.value.trim();
      try {
        put(target, words_ ? await fragment(`/room/press/releases?${new URLSearchParams({ q: words_ })}`) : "");
      } catch (error) {
        failed(target, error);
      }
    }, 250);
  }

  function add(button) {
    const form = formOf();
    const chosen = form.querySelector(".chosen");
    const field = form.querySelector(".find-release");
    const there = [...chosen.children].some((line) => line.dataset.id === button.dataset.id);
    if (!there && chosen.children.length < Number(field.dataset.most)) {
      chosen.append(button.parentElement.querySelector("template").content.cloneNode(true));
      touched(form);
    }
    field.value = "";
    form.querySelector(".offered").replaceChildren();
    field.focus();
  }

  /* Files */

  async function bring(input) {
    const report = section().querySelector(".report");
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    report.textContent = input.dataset.busy;
    try {
      put(report, await fragment("/room/press/entries.csv", { method: "POST", body: file }));
      const { params } = whereabouts();
      params.set("rows", "true");
      put(view().querySelector(".sheet"), await fragment(pathOf("entries", params)));
      count();
    } catch (error) {
      failed(report, error);
    }
  }

  /* Questions left for the office */

  async function settle(button) {
    const article = button.closest(".enquiry");
    const path = `/room/press/enquiries/${encodeURIComponent(article.dataset.enquiry)}`;
    try {
      const fresh = made(await fragment(path, { method: "POST", json: { state: button.dataset.set } }));
      if (fresh.classList.contains("failed")) return article.querySelector(".said").replaceChildren(fresh);
      article.replaceWith(fresh);
      fresh.querySelector("h3").focus({ preventScroll: true });
      announce(words[`enquiry_is_${button.dataset.set}`]);
      count();
      const which = made(`<div>${await fragment(pathOf("enquiries", whereabouts().params))}</div>`).querySelector(".which");
      if (which) view().querySelector(".which").replaceWith(which);
    } catch (error) {
      failed(article.querySelector(".said"), error);
    }
  }

  async function prepare(button) {
    const article = button.closest(".enquiry");
    const target = article.querySelector(".reply");
    button.disabled = true;
    target.textContent = words.loading;
    try {
      put(target, await fragment(`/room/press/enquiries/${encodeURIComponent(article.dataset.enquiry)}/reply`));
      target.querySelector("textarea")?.focus();
    } catch (error) {
      failed(target, error);
    } finally {
      button.disabled = false;
    }
  }

  /** The letter that the mail program opens is the one that stands there. */
  function letter(field) {
    const link = field.closest(".reply").querySelector("a.mail");
    if (!link) return;
    const most = Number(link.dataset.most);
    const text = field.value.length > most ? `${field.value.slice(0, most - 1)}…` : field.value;
    const body = encodeURIComponent(text.replace(/\r?\n/g, "\r\n"));
    link.href = `${link.dataset.address}?subject=${encodeURIComponent(link.dataset.subject)}&body=${body}`;
  }

  async function more(button) {
    button.disabled = true;
    try {
      const { params } = whereabouts();
      params.set("first", button.dataset.from);
      const scratch = document.createElement("template");
      put(scratch, await fragment(pathOf("enquiries", params)));
      const next = scratch.content.querySelector("h3");
      button.replaceWith(scratch.content);
      if (next) next.focus({ preventScroll: true });
    } catch (error) {
      button.disabled = false;
      announce(error.message);
    }
  }

  /* What is done in the pane */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#pane-press button");
    if (!button) return;
    const { dataset } = button;
    if (button.matches(".propose")) propose(button);
    else if (dataset.act) act(button);
    else if (button.matches(".add")) add(button);
    else if (button.matches(".off")) {
      const form = formOf();
      button.closest("li").remove();
      touched(form);
      form.querySelector(".find-release").focus();
    } else if (dataset.set) settle(button);
    else if ("prepare" in dataset) prepare(button);
    else if (button.matches(".more")) more(button);
    else if (dataset.only !== undefined) narrow({ only: dataset.only });
    else if (dataset.state !== undefined) narrow({ state: dataset.state });
    else if (dataset.from !== undefined) {
      narrow({ first: dataset.from });
      section().scrollIntoView({ block: "start" });
    }
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.closest || !field.closest("#pane-press")) return;
    if (field.matches('.which [name="since"]')) narrow({ since: field.value });
    else if (field.matches("#entries-state")) narrow({ state: field.value });
    else if (field.matches(".files input[type=file]")) bring(field);
    else if (field.closest(".entry-form") && field.name) touched(field.form);
  });

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest || !field.closest("#pane-press")) return;
    if (field.matches(".find-release")) find(field);
    else if (field.matches(".reply textarea")) letter(field);
    else if (field.closest(".entry-form") && field.name) touched(field.form);
  });

  document.addEventListener("keydown", (event) => {
    // Enter in the field that looks for releases saves nothing.
    if (event.key === "Enter" && event.target.matches && event.target.matches("#pane-press .find-release")) {
      event.preventDefault();
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest || !form.closest("#pane-press")) return;
    event.preventDefault();
    if (form.matches(".entries-search")) narrow({ q: form.elements.q.value.trim(), state: form.elements.state.value });
    else if (form.matches(".entry-form")) save(form);
  });
})();
