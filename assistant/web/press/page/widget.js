// The widget: a button on a press room's page, and behind it the journalists' page in a frame.
// <script src="https://HOST/widget.js" data-token="…" async></script>
"use strict";
(() => {
  const script = document.currentScript || document.querySelector('script[data-token][src*="/widget.js"]');
  if (!script || !script.dataset.token || document.querySelector("porte-parole-widget")) return;
  const WORDS = {/* words */};
  const origin = new URL(script.src, document.baseURI).origin, token = script.dataset.token;
  const named = (script.dataset.lang || document.documentElement.lang || "fr").slice(0, 2).toLowerCase();
  const language = named in WORDS ? named : named === "fr" || !named ? "fr" : "en", say = WORDS[language];
  const THEME = ["accent", "accent-text", "background", "surface", "text", "font", "radius"];
  const STYLE = `
    :host { all: initial; position: fixed; z-index: var(--porte-parole-layer, 2147483000); inset-block-end: var(--porte-parole-bottom, 20px);
      inset-inline-end: var(--porte-parole-side, 20px); font: 16px/1.5 var(--porte-parole-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
      --a: var(--porte-parole-accent, #1f4f8f); --at: var(--porte-parole-accent-text, var(--on-accent, #ffffff)); --b: var(--porte-parole-background, #faf9f6);
      --t: var(--porte-parole-text, var(--on-background, #1c2430)); --r: var(--porte-parole-radius, 10px); }
    @media (prefers-color-scheme: dark) { :host(:not([data-own])) { --a: var(--porte-parole-accent, #8db8f2);
      --at: var(--porte-parole-accent-text, var(--on-accent, #10151c)); --b: var(--porte-parole-background, #14181e); --t: var(--porte-parole-text, #e6e9ee); } }
    :host([hidden]), [hidden] { display: none !important; }
    * { box-sizing: border-box; }
    button, a { font: inherit; cursor: pointer; }
    .open { display: flex; align-items: center; gap: 10px; min-height: 48px; max-width: calc(100vw - 40px); padding: 10px 18px; border: 1px solid transparent;
      border-radius: calc(var(--r) * 2.4); background: var(--a); color: var(--at); font-weight: 600; text-align: start;
      box-shadow: 0 4px 18px rgb(0 0 0 / 22%); }
    .open svg { flex: none; }
    .open:hover { filter: brightness(1.08); }
    .panel { position: fixed; inset-block-end: var(--porte-parole-bottom, 20px); inset-inline-end: var(--porte-parole-side, 20px); display: flex; flex-direction: column;
      width: min(420px, calc(100vw - 32px)); height: min(680px, calc(100vh - 40px)); height: min(680px, calc(100dvh - 40px)); overflow: hidden;
      border: 1px solid color-mix(in srgb, var(--t) 18%, var(--b)); border-radius: calc(var(--r) * 1.4); background: var(--b); color: var(--t);
      box-shadow: 0 12px 48px rgb(0 0 0 / 28%); animation: rise 160ms ease-out; }
    @keyframes rise { from { opacity: 0; translate: 0 12px; } }
    @media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
    @media (width < 480px) { .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
    .bar { display: flex; flex: none; align-items: center; gap: 4px; min-height: 52px; padding: 0 8px 0 16px;
      border-block-end: 1px solid color-mix(in srgb, var(--t) 15%, var(--b)); }
    .bar h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 650; line-height: 1.3; }
    .bar :is(a, button) { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: var(--r); background: none; color: inherit; }
    .bar :is(a, button):hover { background: color-mix(in srgb, var(--t) 8%, var(--b)); }
    :is(.open, .bar a, .bar button, .note a):focus-visible { outline: 2px solid var(--a); outline-offset: 2px; }
    .bar :is(a, button):focus-visible { outline-offset: -3px; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: var(--b); color-scheme: normal; }
    .note { margin: 20px 16px; } .note a { color: var(--a); }
    @media (forced-colors: active) { .open, .panel { border: 1px solid; } }
    @media print { :host { display: none; } }`;
  const icon = (path) => {
    const NS = "http://www.w3.org/2000/svg", drawn = document.createElementNS(NS, "svg"), line = document.createElementNS(NS, "path");
    for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 22, height: 22, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) drawn.setAttribute(name, value);
    line.setAttribute("d", path);
    drawn.append(line);
    return drawn;
  };
  const element = (name, of = {}, ...inside) => { const made = Object.assign(document.createElement(name), of); made.append(...inside); return made; };

  function bright(colour) {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150;
  }

  function begin() {
    const host = document.createElement("porte-parole-widget"), shadow = host.attachShadow({ mode: "open" });
    host.lang = language;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    const opener = element("button", { type: "button", className: "open" }, icon("M4 5h16v11H9l-5 4z"), say.open);
    const whole = element("a", { href: `${origin}/faq?lang=${language}`, target: "_blank", rel: "noopener", title: say.whole_page, ariaLabel: say.whole_page }, icon("M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5"));
    const closer = element("button", { type: "button", title: say.close, ariaLabel: say.close }, icon("M5 5l14 14M19 5L5 19"));
    const title = element("h2", { id: "title" }, say.office);
    const panel = element("section", { className: "panel", hidden: true, id: "panel" }, element("div", { className: "bar" }, title, whole, closer));
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-labelledby", "title");
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "panel");
    shadow.append(opener, panel);
    document.body.append(host);
    let frame = null, here = false;

    function theme() {
      const computed = getComputedStyle(host), given = {};
      for (const name of THEME) {
        const value = computed.getPropertyValue(`--porte-parole-${name}`).trim();
        if (value) given[name] = value;
      }
      host.toggleAttribute("data-own", "background" in given);
      for (const [name, of] of [["--on-accent", given.accent], ["--on-background", given.background]]) {
        if (of) host.style.setProperty(name, bright(of) ? "#10151c" : "#ffffff");
        else host.style.removeProperty(name);
      }
      return given;
    }
    theme();
    const tell = (message) => frame?.contentWindow?.postMessage({ "porte-parole": message }, origin);

    function load() {
      frame = element("iframe", { title: say.office, referrerPolicy: "origin" });
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
      frame.setAttribute("allow", "");
      frame.src = `${origin}/faq?lang=${language}&widget=${encodeURIComponent(token)}`;
      frame.addEventListener("load", () => {
        tell({ theme: theme(), focus: !panel.hidden });
        setTimeout(() => { if (!here && !panel.hidden) closer.focus(); }, 1500);
      });
      panel.append(frame);
      // A frame that the browser refuses says nothing at all: then there are words in its place, and a way on.
      setTimeout(() => {
        if (here || panel.querySelector(".note")) return;
        const way = element("a", { href: whole.href, target: "_blank", rel: "noopener" }, say.whole_page);
        frame.before(element("div", { className: "note" }, element("p", {}, say.unopened), way));
      }, 8000);
    }
    function open() {
      theme();
      panel.hidden = false;
      opener.hidden = true;
      opener.setAttribute("aria-expanded", "true");
      if (frame) tell({ theme: theme(), focus: true });
      else load();
      closer.focus();
    }
    function close() {
      if (panel.hidden) return;
      panel.hidden = true;
      opener.hidden = false;
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    }
    opener.addEventListener("click", open);
    closer.addEventListener("click", close);
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    window.addEventListener("message", (event) => {
      if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
      const message = event.data && event.data["porte-parole"];
      if (message === "here") { here = true; panel.querySelector(".note")?.remove(); }
      if (message === "close") close();
    });
    const again = () => { if (!panel.hidden) tell({ theme: theme() }); };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
  }
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
