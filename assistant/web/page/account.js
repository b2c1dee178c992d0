// One's sessions, the accounts, the menu under one's name, and what happens when a session is over.

pane("account", { show: (params, section) => accountShown("/room/account", section) });
pane("accounts", { show: (params, section) => accountShown("/room/accounts", section) });

async function accountShown(path, section) {
  try {
    put(section, await fragment(path));
  } catch (error) {
    failed(section, error);
  }
}

/** Change an account as its control says; focus comes back to where it was, in the list made anew. */
async function accountChanged(control) {
  const { name } = control.closest("tr").dataset;
  const { change } = control.dataset;
  const section = control.closest(".pane");
  const json = { change, name, ...(change === "role" && { role: control.value }) };
  try {
    put(section, await fragment("/room/accounts", { method: "POST", json }));
  } catch (error) {
    failed(section, error);
    return;
  }
  announce(section.querySelector(".told").textContent);
  const row = [...section.querySelectorAll("tr")].find((each) => each.dataset.name === name);
  const controls = row ? [...row.querySelectorAll("[data-change]")] : [];
  const back = controls.find((each) => each.dataset.change === change) || controls[1];
  if (back) back.focus();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-change]")) accountChanged(event.target);
});

document.addEventListener("click", (event) => {
  const control = event.target.closest("button[data-change]");
  if (control) accountChanged(control);
  if (event.target.closest("[data-sign-out]")) {
    fragment("/room/account/sign-out-everywhere", { method: "POST" })
      .then(() => location.assign("/sign-in?out=1"))
      .catch((error) => announce(error.message));
  }
  const menu = document.querySelector(".menu[open]");
  if (menu && (!menu.contains(event.target) || event.target.closest("a"))) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (!menu || event.key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Whatever the page asks for, a session that is over is answered by 401: then one signs in
// again in another tab, and this one goes on where it was.
const accountFetch = window.fetch;
window.fetch = async (...given) => {
  const answer = await accountFetch.apply(window, given);
  const over = document.querySelector(".session-over");
  if (over && answer.status === 401) over.hidden = false;
  return answer;
};

/** Who is signed in now; where it is somebody else, their page comes. */
async function accountStillHere() {
  const panes = document.querySelector(".panes[data-visitor]");
  if (!panes || document.hidden) return;
  try {
    const name = await fragment("/room/account/here");
    if (name !== panes.dataset.visitor) location.reload();
    document.querySelector(".session-over").hidden = true;
  } catch {
    // The notice is there already, or the server is not.
  }
}
document.addEventListener("visibilitychange", accountStillHere);
