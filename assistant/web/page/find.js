// Finding without asking: lists that an address says whole, form and all.

/** A pane that shows what the server makes of the address; `path` is its route. */
function listing(name, path) {
  let shown = null;
  let seeking = null;
  let came = "";

  async function show(params, section) {
    const query = params.toString();
    if (query === shown) return;
    shown = query;
    if (seeking) seeking.abort();
    const { signal } = (seeking = new AbortController());
    section.setAttribute("aria-busy", "true");
    if (!section.firstChild) wait(section);
    let html = null;
    try {
      html = await fragment(`${path}?${query}`, { signal });
    } catch (error) {
      if (error.name === "AbortError") return;
      shown = null;
      failed(section.querySelector(".found") || section, error);
    }
    section.removeAttribute("aria-busy");
    if (html !== null) set(section, html);
    came = "";
  }

  function set(section, html) {
    const field = document.activeElement && section.contains(document.activeElement) ? document.activeElement : null;
    const typing = field && field.form && came === "" ? field.name : "";
    const unfolded = [...section.querySelectorAll("details")].map((one) => [keyOf(one), one.open]);
    put(section, html);
    const narrow = matchMedia("(width < 900px)").matches;
    const before = new Map(unfolded);
    section.querySelectorAll("details").forEach((one) => {
      if (before.has(keyOf(one))) one.open = before.get(keyOf(one));
      else if (one.matches(".facets")) one.open = !narrow;
    });
    const heading = section.querySelector(".list h3");
    if (heading) announce(heading.textContent);
    if (typing) {
      const again = section.querySelector(`form [name="${typing}"]`);
      if (again) again.focus({ preventScroll: true });
    } else if (came && heading) {
      heading.focus({ preventScroll: true });
      if (came === "pages") heading.scrollIntoView({ block: "start" });
    }
  }

  const keyOf = (details) => `${details.className} ${details.closest("section").querySelector("h3")?.textContent || ""}`;

  function wait(section) {
    const note = document.createElement("p");
    note.className = "awaited";
    note.textContent = words.loading;
    section.append(note);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(`#pane-${name} a[href^="#${name}"]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    came = link.closest(".pages") ? "pages" : "link";
    const [, query = ""] = link.getAttribute("href").split("?");
    place(name, new URLSearchParams(query));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(`#pane-${name} form.seeking`);
    if (!form) return;
    event.preventDefault();
    const said = [...new FormData(form)].filter(([, value]) => value.trim());
    came = "link";
    shown = null;
    place(name, new URLSearchParams(said));
  });

  pane(name, { show, hide: () => (shown = null) });
}

listing("find", "/room/find");

// The rest of a long facet, narrowed as one types.
document.addEventListener("input", (event) => {
  const field = event.target.closest(".facet .sift input");
  if (!field) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(field.value).split(/\s+/);
  field.closest("details").querySelectorAll("li").forEach((item) => {
    const name = plain(item.textContent);
    item.hidden = !wanted.every((word) => name.includes(word));
  });
});
