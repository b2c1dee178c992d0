// Questions: examples, asking again, and where the newest turn stands.

/** Ask: `question`, and what was changed of how it was understood; `replace` puts it in the last turn's place. */
function askAgain({ question, filters = null, declined = [], standalone = null, replace = true }) {
  place("ask");
  trigger("again", { question, filters, declined, standalone, replace });
}

document.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) trigger("again", { question: example.textContent, replace: false });
});

// A new question comes to the top of the window, once; then the reader's own scrolling rules.
let turns = 0;
new MutationObserver(() => {
  const all = document.querySelectorAll(".turn");
  if (all.length > turns && all.length > 1) {
    all[all.length - 1].scrollIntoView({ block: "start" });
  }
  turns = all.length;
}).observe(element, { childList: true, subtree: true, characterData: true });
