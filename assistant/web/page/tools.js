// Taking an answer away: copied with its notes, or exported.

/** The answer as the server makes it for the clipboard. Throws an Error that says why there is none. */
async function toolsClipping(path) {
  const told = await fragment(path);
  try {
    return JSON.parse(told);
  } catch {
    const said = document.createElement("template");
    said.innerHTML = told;
    throw new Error(said.content.textContent.trim());
  }
}

/** Put text and its HTML on the clipboard; false where the browser does not let us. `clipping` is a promise. */
async function toolsWritten(clipping) {
  if (window.isSecureContext && navigator.clipboard && window.ClipboardItem) {
    const part = (name, type) => clipping.then((told) => new Blob([told[name]], { type }));
    try {
      // The promises keep the click's permission while the server answers.
      await navigator.clipboard.write([
        new ClipboardItem({ "text/html": part("html", "text/html"), "text/plain": part("text", "text/plain") }),
      ]);
      return true;
    } catch (error) {
      await clipping; // where the server failed, that is what must be told
    }
  }
  const told = await clipping;
  const set = (event) => {
    event.clipboardData.setData("text/html", told.html);
    event.clipboardData.setData("text/plain", told.text);
    event.preventDefault();
    written = true;
  };
  let written = false;
  document.addEventListener("copy", set, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", set);
  return written;
}

/** A line under the row, in the place of the last one; `field` stands below it. */
function toolsTold(row, text, field) {
  const told = document.createElement("div");
  told.className = "tool-told";
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.textContent = text;
  told.append(line, ...(field ? [field] : []));
  toolsForgotten(row);
  row.after(told);
}

function toolsForgotten(row) {
  const before = row.nextElementSibling;
  if (before && before.classList.contains("tool-told")) before.remove();
}

function toolsByHand(button, text) {
  const field = document.createElement("textarea");
  field.readOnly = true;
  field.rows = 8;
  field.value = text;
  field.setAttribute("aria-label", button.dataset.label);
  toolsTold(button.closest(".tools"), button.dataset.byHand, field);
  field.focus();
  field.select();
  field.scrollTop = 0;
}

async function toolsCopy(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const row = button.closest(".tools");
  toolsForgotten(row);
  try {
    const clipping = toolsClipping(button.dataset.copy);
    clipping.catch(() => {});
    if (await toolsWritten(clipping)) {
      const label = button.textContent;
      button.textContent = button.dataset.done;
      announce(button.dataset.copied);
      setTimeout(() => (button.textContent = label), 2000);
    } else toolsByHand(button, (await clipping).text);
  } catch (error) {
    toolsTold(row, error.status === undefined ? error.message : button.dataset.failed);
  } finally {
    setTimeout(() => button.removeAttribute("aria-disabled"), 2000);
  }
}

document.addEventListener("click", (event) => {
  const copy = event.target.closest(".tools .copy");
  if (copy) toolsCopy(copy);
  document.querySelectorAll("details.export[open]").forEach((menu) => {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.export[open]");
  if (!menu) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
}, true);
document.addEventListener("focusin", (event) => {
  document.querySelectorAll("details.export[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
