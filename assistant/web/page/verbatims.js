// Who said what, when.
listing("verbatims", "/room/verbatims");

// Speakers are offered while one types a name.
let naming = null;
document.addEventListener("input", (event) => {
  const field = event.target.closest('#pane-verbatims [name="named"]');
  if (!field) return;
  if (naming) naming.abort();
  const slot = offering(field);
  if (field.value.trim().length < 2) {
    slot.replaceChildren();
    return;
  }
  naming = new AbortController();
  const { signal } = naming;
  const query = new URLSearchParams([...new FormData(field.form)].filter(([, value]) => value));
  fragment(`/room/verbatims/speakers?${query}`, { signal })
    .then((html) => {
      if (signal.aborted) return;
      put(slot, html);
      const list = slot.querySelector("ul");
      announce(list ? list.getAttribute("aria-label") : slot.textContent);
    })
    .catch((error) => error.name === "AbortError" || announce(error.message));
});

function offering(field) {
  let slot = field.form.querySelector(".offered");
  if (!slot) {
    slot = document.createElement("div");
    slot.className = "offered";
    field.closest("label").after(slot);
  }
  return slot;
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest && event.target.closest("#pane-verbatims form");
  if (!form || !form.querySelector(".offered a")) return;
  const links = [...form.querySelectorAll(".offered a")];
  if (event.key === "Escape") {
    event.stopPropagation();
    form.querySelector(".offered").replaceChildren();
    form.elements.named.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const at = links.indexOf(document.activeElement);
    if (at < 0 && event.target.name !== "named") return;
    event.preventDefault();
    const to = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[to] || (to < 0 ? form.elements.named : links[links.length - 1])).focus();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("#pane-verbatims [data-copy]");
  if (!button) return;
  const said = button.textContent;
  navigator.clipboard
    .writeText(button.dataset.copy)
    .then(() => {
      button.textContent = words.copied;
      announce(words.copied);
      setTimeout(() => (button.textContent = said), 2_000);
    })
    .catch((error) => announce(error.message));
});
