"use strict";
(() => {
  const { services, phrases } = JSON.parse(document.getElementById("catalogue").textContent);
  const errors = services.flatMap(({ errors: its }, service) => its.map((error) => ({ service, ...error })));
  const [query, results, count, chosen, facets, filters, more, article, print] = [
    "query", "results", "count", "chosen", "facets", "filters", "more", "error", "print",
  ].map((id) => document.getElementById(id));
  const main = document.querySelector("main");
  const title = document.title;
  const wide = matchMedia("(min-width: 64rem)");
  const AT_A_TIME = 100; // rows: as many as a screen or two has
  const number = new Intl.NumberFormat("en").format;

  // What is known of each error beforehand: its address, and its texts for the search.

  const byAddress = new Map();
  for (const error of errors) {
    const service = services[error.service];
    const said = error.occurrences;
    error.address = `${service.id}/${error.code}`;
    byAddress.set(error.address, error);
    error.statuses = [...new Set(said.flatMap((o) => o.statuses))];
    error.modules = [...new Set(said.flatMap((o) => o.module ?? []))];
    error.message = said.find((o) => o.message)?.message ?? null;
    error.says = error.message ?? said.find((o) => o.description)?.description.text ?? "";
    error.lower = error.code.toLowerCase();
    error.text = [
      error.code, `${service.id}.${error.class}`, `${service.enum}.${error.member}`, service.title, ...error.modules,
      ...error.statuses.map((s) => `http status ${s} ${phrases[s] ?? ""}`),
      ...said.flatMap((o) => [o.message, o.description?.text, o.handling?.text, ...Object.values(o.extra)]),
    ].join("\n").toLowerCase();
  }

  // The address of the page says what is shown: #vpn/VPN.0001?q=router&status=404

  const FACETS = {
    status: { title: "HTTP status", of: (e) => (e.statuses.length ? e.statuses.map(String) : ["none"]) },
    service: { title: "Service", of: (e) => [services[e.service].id] },
    module: { title: "Module", of: (e) => e.modules },
  };
  const label = {
    status: (value) => (value === "none" ? "No status" : `${value} ${phrases[value] ?? ""}`.trim()),
    service: (value) => services.find((s) => s.id === value)?.title ?? value,
    module: (value) => value,
  };

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function read() {
    const [path, rest = ""] = location.hash.slice(1).split(/\?(.*)/s);
    const params = new URLSearchParams(rest);
    return {
      open: byAddress.get(decoded(path)) ?? null,
      unknown: path.includes("/") && !byAddress.has(decoded(path)) ? decoded(path) : null,
      query: params.get("q") ?? "",
      ...Object.fromEntries(Object.keys(FACETS).map((name) => [name, params.get(name)])),
    };
  }

  function link(changes) {
    const next = { ...state, ...changes };
    const params = new URLSearchParams();
    if (next.query) params.set("q", next.query);
    for (const name of Object.keys(FACETS)) if (next[name] !== null) params.set(name, next[name]);
    const path = next.open ? encodeURIComponent(next.open.address).replace(/%(?:2F|3A|2C|40)/g, decodeURIComponent) : "";
    return `#${path}${params.size ? `?${params}` : ""}`;
  }

  function go(changes, { replace = false } = {}) {
    history[replace ? "replaceState" : "pushState"](null, "", link(changes));
    show();
  }

  // Search and filters.

  function terms(text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /** Return the errors that have all words of the query, else those that have most of them. */
  function search(text) {
    const words = terms(text);
    if (!words.length) return { found: errors, near: false };
    const phrase = words.join(" ");
    let found = errors.filter((error) => words.every((word) => error.text.includes(word)));
    const near = !found.length && words.length > 1;
    let rank = (error) =>
      error.lower === phrase ? 0
      : error.lower.startsWith(phrase) ? 1
      : error.lower.includes(phrase) ? 2
      : error.message?.toLowerCase().includes(phrase) ? 3
      : 4;
    if (near) {
      const hits = new Map(errors.map((error) => [error, words.filter((word) => error.text.includes(word)).length]));
      const most = Math.max(...hits.values());
      found = 2 * most < words.length ? [] : errors.filter((error) => 2 * hits.get(error) >= words.length);
      rank = (error) => -hits.get(error);
    }
    const ranked = found.map((error) => [rank(error), error]);
    return { found: ranked.sort((a, b) => a[0] - b[0]).map(([, error]) => error), near };
  }

  function passes(error, but) {
    return Object.entries(FACETS).every(
      ([name, { of }]) => name === but || state[name] === null || of(error).includes(state[name]),
    );
  }

  // Drawing. Text of the documents becomes text nodes, never markup.

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
  }

  function marked(text, words) {
    if (!words.length) return [text];
    const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    return text
      .split(new RegExp(`(${pattern})`, "gi"))
      .map((part, index) => (index % 2 ? make("mark", {}, part) : part));
  }

  /** Draw prose: the part of CommonMark that the documents' markup is written as. */
  function prose({ text, commonmark }) {
    return commonmark === undefined ? [make("p", { dir: "auto" }, text)] : blocks(commonmark.split("\n"));
  }

  const ITEM = /^(?:-|(\d+)\.) /;

  function blocks(lines) {
    const drawn = [];
    for (let at = 0; at < lines.length; ) {
      const fence = /^(`{3,})text$/.exec(lines[at]);
      const item = ITEM.exec(lines[at]);
      let end = at + 1;
      if (fence) {
        while (end < lines.length && lines[end] !== fence[1]) end += 1;
        drawn.push(make("pre", {}, make("code", {}, lines.slice(at + 1, end).join("\n"))));
        end += 1;
      } else if (item) {
        const list = make(item[1] ? "ol" : "ul", item[1] ? { start: item[1] } : {});
        for (let next = item; next && !next[1] === !item[1]; next = ITEM.exec(lines[at] ?? "")) {
          const indent = " ".repeat(next[0].length);
          for (end = at + 1; lines[end]?.startsWith(indent); end += 1);
          const rest = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
          list.append(make("li", {}, blocks([lines[at].slice(indent.length), ...rest])));
          at = end;
        }
        drawn.push(list);
      } else if (lines[at]) {
        while (lines[end] && !ITEM.test(lines[end])) end += 1;
        drawn.push(make("p", { dir: "auto" }, inline(lines.slice(at, end).join("\n"))));
      }
      at = end;
    }
    return drawn;
  }

  const SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)|\*\*(.+?)\*\*|(?<![A-Za-z0-9])_(.+?)_(?![A-Za-z0-9])|\[((?:`[^`]*`|[^\]])*)\]\(([^)]*)\)|&#(\d+);| {2}\n/s;

  function inline(text) {
    const span = SPAN.exec(text);
    if (!span) return [text];
    const [all, , code, strong, emphasis, label, target, entity] = span;
    const drawn =
      code !== undefined ? make("code", {}, /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code)
      : strong !== undefined ? make("strong", {}, inline(strong))
      : emphasis !== undefined ? make("em", {}, inline(emphasis))
      : label !== undefined ? anchor(target, inline(label))
      : entity !== undefined ? String.fromCodePoint(entity)
      : make("br", {});
    return [text.slice(0, span.index), drawn, inline(text.slice(span.index + all.length))];
  }

  function anchor(target, ...shown) {
    return /^https?:/.test(target) ? make("a", { href: target, rel: "noopener noreferrer" }, shown) : make("span", {}, shown);
  }

  const family = (status) => `s${String(status ?? 0)[0]}`;

  function row(error) {
    const words = terms(state.query);
    return make("li", {},
      make("a", { href: link({ open: error }), "data-address": error.address, "aria-current": error === state.open ? "true" : null },
        make("span", { class: `http ${family(error.statuses[0])}` },
          error.statuses.length > 3 ? `${error.statuses.slice(0, 2).join(", ")}, …` : error.statuses.join(", ") || "–"),
        make("span", {},
          make("span", { class: "code" }, marked(error.code, words)), " ",
          error.class ? make("span", { class: "class" }, error.class) : null, " ",
          error.kind === "error" ? null : make("span", { class: "tag" }, error.kind)),
        make("span", { class: "from" }, services.length > 1 && state.service === null ? services[error.service].title : (error.modules[0] ?? "")),
        make("span", { class: "says", dir: "auto" }, marked(error.says.replace(/\s+/g, " "), words))));
  }

  let shown = [];
  let drawn = 0;

  function draw(atLeast) {
    const next = Math.min(shown.length, Math.max(drawn + AT_A_TIME, atLeast ?? 0));
    results.append(...shown.slice(drawn, next).map(row));
    drawn = next;
  }

  new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && drawn < shown.length && draw(),
    { rootMargin: "1500px" },
  ).observe(more);

  function drawList() {
    const { found, near } = search(state.query);
    shown = found.filter((error) => passes(error));
    results.replaceChildren();
    drawn = 0;
    draw();
    const all = shown.length === errors.length;
    count.replaceChildren(
      near && shown.length ? "Nothing has all these words. The nearest: " : "",
      all ? `${number(errors.length)} codes` : `${number(shown.length)} of ${number(errors.length)} codes`);
    if (!shown.length) results.append(make("li", { class: "nothing" }, "No error is like that. Try fewer words, or remove a filter."));
    chosen.replaceChildren(
      ...Object.keys(FACETS).filter((name) => state[name] !== null).map((name) =>
        make("li", {}, make("button", { type: "button", "aria-label": `Remove the filter ${label[name](state[name])}`, onclick: () => go({ [name]: null }) }, label[name](state[name])))));
    drawFacets(found);
  }

  /** Draw a bar chart a facet; each bar is a filter, and has what the other filters leave. */
  function drawFacets(found) {
    const charts = Object.entries(FACETS).map(([name, { title, of }]) => {
      const bars = new Map();
      for (const error of errors) for (const value of of(error)) if (!bars.has(value)) bars.set(value, { all: 0, by: {} });
      if (bars.size < 2 && state[name] === null) return null;
      for (const error of found) {
        if (!passes(error, name)) continue;
        for (const value of of(error)) {
          const bar = bars.get(value);
          const kind = family(name === "status" ? (value === "none" ? 0 : value) : error.statuses[0]);
          bar.all += 1;
          bar.by[kind] = (bar.by[kind] ?? 0) + 1;
        }
      }
      const most = Math.max(1, ...[...bars.values()].map((bar) => bar.all));
      const values = [...bars.keys()].sort((a, b) =>
        name === "status" ? (a === "none") - (b === "none") || a - b : label[name](a).localeCompare(label[name](b), "en", { numeric: true }));
      const scrolled = facets.querySelector(`[data-facet="${name}"] ul`)?.scrollTop ?? 0;
      const list = make("ul", {}, values.map((value) => {
        const bar = bars.get(value);
        const pressed = state[name] === value;
        return make("li", {},
          make("button", { type: "button", "data-value": value, "aria-pressed": String(pressed), onclick: () => go({ [name]: pressed ? null : value }) },
            make("span", { class: "name" }, label[name](value)),
            make("span", { class: "number" }, number(bar.all)),
            make("span", { class: "bar", "aria-hidden": "true" }, Object.keys(bar.by).sort().map((kind) => {
              const part = make("i", { class: kind });
              part.style.setProperty("--share", bar.by[kind] / most);
              return part;
            }))));
      }));
      const section = make("section", { "data-facet": name, "aria-label": `Filter by ${title}` }, make("h2", {}, title), list);
      queueMicrotask(() => { list.scrollTop = scrolled; });
      return section;
    });
    const focused = document.activeElement?.closest?.("#facets button");
    const facet = focused?.closest("section").dataset.facet;
    facets.replaceChildren(...charts.filter(Boolean));
    if (focused) {
      [...facets.querySelectorAll(`[data-facet="${facet}"] button`)].find((b) => b.dataset.value === focused.dataset.value)?.focus({ preventScroll: true });
    }
    filters.hidden = !facets.children.length;
  }

  function retry({ retryable, evidence }) {
    return retryable === null ? "Not said" : `${retryable ? "Yes" : "No"}: ${evidence}`;
  }

  function texts(error, occurrence, alone) {
    const status = occurrence.statuses.map(label.status).join(", ") || "No HTTP status";
    return [
      alone ? null : make("p", { class: "lead" }, [status, occurrence.module].filter(Boolean).join(" · ")),
      occurrence.message === null ? null : make("blockquote", { class: family(occurrence.statuses[0]), dir: "auto" }, occurrence.message),
      occurrence.description === null ? null : [make("h3", {}, "What happened"), prose(occurrence.description)],
      occurrence.handling === null ? null : [make("h3", {}, "What to do"), prose(occurrence.handling)],
      Object.entries(occurrence.extra).map(([heading, text]) => [make("h3", {}, heading), make("p", { dir: "auto" }, text)]),
      alone || occurrence.retryable === null ? null : [make("h3", {}, "Worth retrying"), make("p", {}, retry(occurrence))],
    ];
  }

  function documented(occurrence) {
    const place = [occurrence.page, occurrence.section && `section “${occurrence.section}”`].filter(Boolean).join(", ");
    return anchor(occurrence.url ?? "", place);
  }

  function fact(name, ...value) {
    return [make("dt", {}, name), make("dd", {}, ...value)];
  }

  function details(error) {
    const service = services[error.service];
    const said = error.occurrences;
    const alone = said.length === 1;
    return [
      make("p", { class: "lead" },
        [error.statuses.map(label.status).join(", "), service.title, ...error.modules].filter(Boolean).join(" · ")),
      error.kind === "retired" ? make("p", {}, "Retired: the documents have this code no more. Its class remains, deprecated.") : null,
      error.kind === "success" ? make("p", {}, "This code comes with a success or a redirect; it has no exception.") : null,
      alone ? texts(error, said[0], true) : make("ol", { class: "occurrences" }, said.map((o) => make("li", {}, texts(error, o, false)))),
      make("dl", {},
        alone && error.kind === "error" ? fact("Worth retrying", retry(said[0])) : null,
        error.class ? fact("Exception", make("code", {}, `${service.id}.${error.class}`)) : null,
        fact("Enum member", make("code", {}, `${service.enum}.${error.member}`)),
        said.length ? fact("Documented in", [...new Map(said.map((o) => [`${o.page} ${o.section}`, o])).values()].flatMap((o, i) => [i ? "; " : "", documented(o)])) : null),
    ];
  }

  function drawError() {
    const { open, unknown } = state;
    const there = open !== null || unknown !== null;
    main.toggleAttribute("data-open", there);
    article.hidden = !there;
    article.className = "error";
    document.title = open ? `${open.code} · ${title}` : title;
    const back = make("a", { class: "back", href: link({ open: null }), onclick: (event) => { event.preventDefault(); close(); } }, "← All results");
    article.replaceChildren(make("div", {}, back, make("h2", { id: "code", tabindex: "-1" }, open?.code ?? unknown ?? ""),
      open ? details(open) : make("p", {}, "There is no error of this name here.")));
    for (const a of results.querySelectorAll("a[aria-current]")) a.removeAttribute("aria-current");
    if (open) rowOf(open)?.setAttribute("aria-current", "true");
  }

  function rowOf(error) {
    return [...results.querySelectorAll("a")].find((a) => a.dataset.address === error.address);
  }

  function close() {
    const error = state.open;
    go({ open: null });
    ((error && rowOf(error)) ?? query).focus({ preventScroll: wide.matches });
  }

  // What changes what is shown.

  let state = read();
  let listed = null;
  let scrolled = 0;

  function show({ focus = false } = {}) {
    const before = state;
    state = read();
    if (query.value !== state.query) query.value = state.query;
    const list = link({ open: null });
    if (list !== listed) drawList();
    listed = list;
    if (!before.open && state.open) scrolled = scrollY;
    drawError();
    if (state.open && state.open !== before.open) {
      article.scrollTop = 0;
      if (!wide.matches) scrollTo(0, 0);
      if (focus) document.getElementById("code").focus({ preventScroll: true });
    } else if (!state.open && before.open && !wide.matches) {
      scrollTo(0, scrolled);
    }
  }

  query.addEventListener("input", () => go({ query: query.value, open: wide.matches ? state.open : null }, { replace: true }));
  addEventListener("popstate", () => show({ focus: true })); // of links to errors, too
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    results.focus();
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...results.querySelectorAll("a")];
    const at = rows.indexOf(document.activeElement);
    const inSearch = document.activeElement === query;
    if (event.key === "/" && !inSearch) {
      query.focus();
      query.select();
    } else if (event.key === "Escape" && (state.open || state.unknown)) {
      close();
    } else if (event.key === "Escape" && state.query) {
      go({ query: "" });
      query.focus();
    } else if (event.key === "Enter" && inSearch && shown.length) {
      go({ open: shown[0] });
    } else if (event.key === "ArrowDown" && (inSearch || at >= 0)) {
      if (at + 5 > rows.length) draw();
      (rows[at + 1] ?? rows[at])?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (rows[at - 1] ?? query).focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  addEventListener("beforeprint", () => {
    print.replaceChildren(make("h1", {}, title), ...(state.open ? [state.open] : shown).map((error) =>
      make("article", { class: "error printed" }, make("h2", {}, error.code), details(error))));
  });
  addEventListener("afterprint", () => print.replaceChildren());

  const fold = () => { filters.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();
  show();
  const first = shown.indexOf(state.open);
  if (first >= drawn) draw(first + 1);
  if (first >= 0 && wide.matches) rowOf(state.open).scrollIntoView({ block: "center" });
})();
