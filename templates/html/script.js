"use strict";

/**
 * The data that errbook writes into the page.
 *
 * @typedef {object} Catalogue
 * @property {ServiceData[]} services
 * @property {Record<string, string>} phrases reason phrases by HTTP status
 * @property {string | null} package the name to import the Python package by, if there is one
 *
 * @typedef {object} ServiceData
 * @property {string} id
 * @property {string} title
 * @property {string} enum
 * @property {ErrorData[]} errors
 *
 * @typedef {object} ErrorData
 * @property {string} code
 * @property {"error" | "success" | "retired"} kind
 * @property {string | null} class
 * @property {string} member
 * @property {boolean} withdrawn whether the documents strike the code through
 * @property {OccurrenceData[]} occurrences
 *
 * @typedef {object} OccurrenceData
 * @property {number[]} statuses
 * @property {string | null} module
 * @property {string | null} name the symbolic name of the code
 * @property {string | null} message
 * @property {string[]} [literals] the message around its params; missing if it has no params
 * @property {ProseData | null} description
 * @property {ProseData | null} handling
 * @property {Record<string, string>} extra texts by heading
 * @property {boolean | null} retryable
 * @property {string | null} evidence the reason for `retryable`
 * @property {string} page
 * @property {string | null} section
 * @property {string | null} url
 *
 * @typedef {object} ProseData
 * @property {string} text for searching
 * @property {string} [commonmark] for display; missing if the text has no markup
 */

(() => {
  // A message with fewer letters, or with one word, is not searched for inside of a text.
  const MIN_LETTERS = 8;
  // A number with fewer digits is a code only if the text calls it one: `code=1007`.
  const MIN_DIGITS = 6;

  /** @type {Catalogue} */
  const { services, phrases, package: pythonPackage } = JSON.parse(byId("catalogue").textContent);
  const errors = services.flatMap((service) =>
    service.errors.map((error) => entry(service, error)),
  );
  const byAddress = new Map(errors.map((error) => [error.address, error]));

  const query = /** @type {HTMLInputElement} */ (byId("query"));
  const filterPanel = /** @type {HTMLDetailsElement} */ (byId("filters"));
  const facets = byId("facets");
  const count = byId("count");
  const chips = byId("active-filters");
  const results = byId("results");
  const listEnd = byId("more");
  const article = byId("error");
  const printout = byId("print");
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const skipLink = /** @type {HTMLElement} */ (document.querySelector(".skip"));
  const title = document.title;
  const wide = matchMedia("(min-width: 64rem)");
  const ROWS_AT_ONCE = 100; // more than fit on a screen
  const formatNumber = new Intl.NumberFormat("en").format;

  /** @param {string} id */
  function byId(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /** @typedef {ReturnType<typeof entry>} Entry */

  /**
   * Return an error with its address and searchable texts.
   *
   * @param {ServiceData} service
   * @param {ErrorData} error
   */
  function entry(service, error) {
    const { code, occurrences } = error;
    const statuses = [...new Set(occurrences.flatMap((occurrence) => occurrence.statuses))];
    const modules = [...new Set(occurrences.flatMap((occurrence) => occurrence.module ?? []))];
    const message = occurrences.find((occurrence) => occurrence.message)?.message ?? null;
    const description = occurrences.find((occurrence) => occurrence.description)?.description;
    const texts = [
      code,
      `${service.id}.${error.class}`,
      `${service.enum}.${error.member}`,
      service.title,
      ...modules,
      ...statuses.map((status) => `http status ${status} ${phrases[status] ?? ""}`),
      ...occurrences.flatMap((occurrence) => [
        occurrence.name,
        occurrence.message,
        occurrence.description?.text,
        occurrence.handling?.text,
        ...Object.values(occurrence.extra),
      ]),
    ];
    const names = [code, error.member, ...(error.class === null ? [] : [error.class])];
    const templates = occurrences.flatMap(({ message, literals }) =>
      message === null ? [] : [template(literals ?? [message])],
    );
    return {
      ...error,
      service,
      address: `${service.id}/${code}`,
      statuses,
      modules,
      message,
      summary: message ?? description?.text ?? "",
      names,
      spellings: names.map(spelling),
      compact: names.map(compact),
      templates,
      lowerCode: code.toLowerCase(),
      lowerText: texts.join("\n").toLowerCase(),
    };
  }

  /**
   * A property of errors to filter by.
   *
   * @typedef {object} Facet
   * @property {string} name
   * @property {string} title
   * @property {(error: Entry) => string[]} values
   * @property {(value: string) => string} label
   */

  /** @type {Facet[]} */
  const FACETS = [
    {
      name: "status",
      title: "HTTP status",
      values: (error) => (error.statuses.length ? error.statuses.map(String) : ["none"]),
      label: (value) => (value === "none" ? "No status" : statusLabel(value)),
    },
    {
      name: "service",
      title: "Service",
      values: (error) => [error.service.id],
      label: (value) => services.find((service) => service.id === value)?.title ?? value,
    },
    {
      name: "module",
      title: "Module",
      values: (error) => error.modules,
      label: (value) => value,
    },
  ];

  /** @param {number | string} status */
  function statusLabel(status) {
    return `${status} ${phrases[status] ?? ""}`.trim();
  }

  // The page's whole state is in its address: #vpn/VPN.0001?q=router&status=404

  /**
   * @typedef {object} State
   * @property {Entry | null} open
   * @property {string | null} unknown the address of an error, if it does not exist
   * @property {string} query
   * @property {Record<string, string | null>} filters the selected value of each facet
   */

  /** @param {string} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** @returns {State} */
  function readState() {
    const [path, rest = ""] = location.hash.slice(1).split(/\?(.*)/s);
    const address = decoded(path);
    const params = new URLSearchParams(rest);
    return {
      open: byAddress.get(address) ?? null,
      unknown: path.includes("/") && !byAddress.has(address) ? address : null,
      query: params.get("q") ?? "",
      filters: Object.fromEntries(FACETS.map(({ name }) => [name, params.get(name)])),
    };
  }

  /**
   * Return the address of the state after these changes.
   *
   * @param {Partial<State>} changes
   */
  function link(changes) {
    const { open, query, filters } = { ...state, ...changes };
    const params = new URLSearchParams();
    if (query) params.set("q", query);
    for (const [name, value] of Object.entries(filters)) {
      if (value !== null) params.set(name, value);
    }
    const path = encodeURIComponent(open?.address ?? "");
    const readable = path.replace(/%(?:2F|3A|2C|40)/g, decodeURIComponent);
    return `#${readable}${params.size ? `?${params}` : ""}`;
  }

  /**
   * Change the filter of one facet.
   *
   * @param {Facet} facet
   * @param {string | null} value
   */
  function setFilter(facet, value) {
    navigate({ filters: { ...state.filters, [facet.name]: value } });
  }

  /**
   * Change the state.
   *
   * @param {Partial<State>} changes
   * @param {object} [options]
   * @param {boolean} [options.replace] whether to replace the current history entry
   */
  function navigate(changes, { replace = false } = {}) {
    if (replace) history.replaceState(null, "", link(changes));
    else history.pushState(null, "", link(changes));
    show();
  }

  // Finding the errors that a code, a name or a message is about: the same rules as in `find` in
  // python/_shared/matching.py. A table of examples in the tests holds both to them.

  /**
   * Return the errors that the query is about; the best kind of match decides.
   *
   * @param {string} text
   */
  function find(text) {
    let query = text.trim();
    let candidates = errors;
    const [id, rest] = query.split(/\/(.*)/s);
    const inService = errors.filter(({ service }) => service.id === id);
    if (rest !== undefined && inService.length) {
      query = rest;
      candidates = inService;
    }
    const named = sameName(query, candidates);
    if (named.length) return named;
    const found = new Set(withSpelling(query, candidates));
    const isText = /\s/.test(query);
    const inText = isText ? mentioned(query, candidates) : [];
    if (!inText.length && (isText || /[^\x00-\x7f]/.test(query))) {
      inText.push(...withMessage(query, candidates));
    }
    for (const error of inText) found.add(error);
    if (found.size) return [...found];
    for (const search of [withStatus, ofService, withBeginning, withWords]) {
      const partial = search(query, candidates);
      if (partial.length) return partial;
    }
    return [];
  }

  /**
   * Return the errors with this code or name; a name may be qualified: `vpn.RouterError`.
   *
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function sameName(query, candidates) {
    const same = candidates.filter(({ names }) => names.includes(query));
    if (same.length) return same;
    const last = query.slice(query.lastIndexOf(".") + 1);
    return candidates.filter(({ names }) => names.includes(last, 1));
  }

  /**
   * Return the errors with a name that differs only in case, separators and zeros.
   *
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function withSpelling(query, candidates) {
    const spelled = spelling(query);
    return spelled ? candidates.filter(({ spellings }) => spellings.includes(spelled)) : [];
  }

  /**
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function withStatus(query, candidates) {
    if (!/^[1-5][0-9][0-9]$/.test(query)) return [];
    return candidates.filter(({ statuses }) => statuses.includes(Number(query)));
  }

  /**
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function ofService(query, candidates) {
    return candidates.filter(({ service }) => service.id === query.toLowerCase());
  }

  /**
   * Return the errors with a name that begins with the query.
   *
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function withBeginning(query, candidates) {
    const beginning = compact(query);
    if (!beginning) return [];
    return candidates.filter((error) => error.compact.some((name) => name.startsWith(beginning)));
  }

  /**
   * Return the errors with a message that has all words of the query.
   *
   * @param {string} query
   * @param {Entry[]} candidates
   */
  function withWords(query, candidates) {
    const words = terms(query);
    if (!words.length || words.some((word) => word.length < 3)) return [];
    return candidates.filter(({ templates }) =>
      templates.some(({ words: known }) => words.every((word) => known.includes(word))),
    );
  }

  /**
   * Return the errors whose code or name the text contains.
   *
   * @param {string} text
   * @param {Entry[]} candidates
   */
  function mentioned(text, candidates) {
    /** @type {Map<string, Entry[]>} */
    const byName = new Map();
    for (const error of candidates) {
      for (const name of error.names) byName.set(name, [...(byName.get(name) ?? []), error]);
    }
    const words = text.match(/[^\s"'`(),;=[\]{}<>]+/g) ?? [];
    const names = words.map((word) =>
      readings(word).find((name) => byName.has(name) && isDistinctive(name)),
    );
    const named = names.flatMap((name) => byName.get(name ?? "") ?? []);
    if (named.length) return named;
    const numbers = text.matchAll(/(?:code|error|errno)\W{1,4}([0-9]+)(?!\w)/gi);
    return [...numbers].flatMap(([, number]) => byName.get(number) ?? []);
  }

  /**
   * Return what may be a code or a name in a word of a text.
   *
   * @param {string} word
   */
  function readings(word) {
    const trimmed = (/** @type {string} */ part) => part.replace(/^\.+|\.+$/g, "");
    const parts = [word.replace(/^[.:]+|[.:]+$/g, ""), ...word.split(/[:/]/)].map(trimmed);
    return [word, ...parts.flatMap((part) => [part, part.slice(part.lastIndexOf(".") + 1)])];
  }

  /**
   * Return whether a name is not a short number or a plain word, as texts have many.
   *
   * @param {string} name
   */
  function isDistinctive(name) {
    const isNumber = /^[0-9]+$/.test(name) && name.length < MIN_DIGITS;
    const isWord = /^\p{L}+$/u.test(name) && /^(?:\p{Lu}+|.[^\p{Lu}]+)$/u.test(name);
    return !isNumber && !isWord;
  }

  /**
   * Return what all spellings of a name have in common: `vpn1` for `VPN.0001` and `vpn-1`.
   *
   * @param {string} name
   */
  function spelling(name) {
    return compact(name).replace(/(?<![0-9])0+(?=[0-9])/g, "");
  }

  /**
   * Return the name in lower case, and without separators except between numbers.
   *
   * @param {string} name
   */
  function compact(name) {
    const parts = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return parts.join(".").replace(/(?<![0-9])\.|\.(?![0-9])/g, "");
  }

  /**
   * A message, prepared for searching.
   *
   * @typedef {object} Template
   * @property {string[]} pieces the literals, squeezed
   * @property {string} longest the longest piece
   * @property {number} letters
   * @property {boolean} isDistinctive whether it is searched for in a text that has more
   * @property {string} words the literals in lower case
   */

  /**
   * @param {string[]} literals
   * @returns {Template}
   */
  function template(literals) {
    const pieces = literals.map(squeezed);
    const letters = (literals.join("").match(/\p{L}/gu) ?? []).length;
    const words = literals.join(" ").toLowerCase();
    return {
      pieces,
      longest: pieces.reduce((a, b) => (b.length > a.length ? b : a)),
      letters,
      isDistinctive: letters >= MIN_LETTERS && terms(words).length >= 2,
      words,
    };
  }

  /**
   * Return the text in lower case, without whitespace and a final full stop.
   *
   * @param {string} text
   */
  function squeezed(text) {
    return text
      .replace(/\s+/g, "")
      .toLowerCase()
      .replace(/[.。]+$/, "");
  }

  /**
   * A message that a text has.
   *
   * @typedef {object} Found
   * @property {Entry} error
   * @property {boolean} isWhole whether the text has nothing else
   */

  /**
   * Return the errors whose message the text is or contains; those with the most letters besides
   * params count, and of these, those that the text is.
   *
   * @param {string} text
   * @param {Entry[]} candidates
   */
  function withMessage(text, candidates) {
    const message = squeezed(text);
    let most = 1;
    /** @type {Found[]} */
    let best = [];
    for (const error of candidates) {
      for (const known of error.templates) {
        if (known.letters < most || !message.includes(known.longest)) continue;
        const isWhole = isMessage(known, message);
        if (!isWhole && !(known.isDistinctive && isInside(known.pieces, message))) continue;
        if (known.letters > most) best = [];
        most = known.letters;
        best.push({ error, isWhole });
      }
    }
    const whole = best.filter(({ isWhole }) => isWhole);
    return (whole.length ? whole : best).map(({ error }) => error);
  }

  /**
   * Return whether the squeezed text is the message, with any params.
   *
   * @param {Template} known
   * @param {string} text
   */
  function isMessage({ pieces }, text) {
    const first = pieces[0];
    if (pieces.length === 1) return text === first;
    const last = pieces[pieces.length - 1];
    const end = text.length - last.length;
    if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return false;
    return isInside(pieces.slice(1, -1), text.slice(first.length, end));
  }

  /**
   * Return whether the squeezed text has the pieces, in order.
   *
   * @param {string[]} pieces
   * @param {string} text
   */
  function isInside(pieces, text) {
    let position = 0;
    for (const piece of pieces) {
      const start = text.indexOf(piece, position);
      if (start < 0) return false;
      position = start + piece.length;
    }
    return true;
  }

  // Searching and filtering.

  /** @param {string} text */
  function terms(text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /**
   * Return the errors that the query is about, and after them those that contain all its words. If
   * there are none, return those that contain at least half of the words.
   *
   * @param {string} text
   */
  function search(text) {
    const words = terms(text);
    if (!words.length) return { found: errors, isApproximate: false };
    const best = new Set(find(text));
    const others = errors.filter(
      (error) => !best.has(error) && words.every((word) => error.lowerText.includes(word)),
    );
    if (!best.size && !others.length && words.length > 1) {
      return { found: closest(words), isApproximate: true };
    }
    const phrase = words.join(" ");
    const ranked = others.map((error) => ({ error, rank: rank(error, phrase) }));
    ranked.sort((a, b) => a.rank - b.rank);
    return { found: [...best, ...ranked.map(({ error }) => error)], isApproximate: false };
  }

  /** @param {string[]} words */
  function closest(words) {
    return errors
      .map((error) => ({
        error,
        hits: words.filter((word) => error.lowerText.includes(word)).length,
      }))
      .filter(({ hits }) => 2 * hits >= words.length)
      .sort((a, b) => b.hits - a.hits)
      .map(({ error }) => error);
  }

  /**
   * Return the rank of an error that contains the words; lower ranks come first.
   *
   * @param {Entry} error
   * @param {string} phrase
   */
  function rank(error, phrase) {
    if (error.lowerCode.includes(phrase)) return 0;
    if (error.statuses.join(" ").includes(phrase)) return 1;
    return error.message?.toLowerCase().includes(phrase) ? 2 : 3;
  }

  /**
   * Return whether an error passes all filters, or all but that of the ignored facet.
   *
   * @param {Entry} error
   * @param {Facet} [ignored]
   */
  function passes(error, ignored) {
    return FACETS.every((facet) => {
      const value = state.filters[facet.name];
      return facet === ignored || value === null || facet.values(error).includes(value);
    });
  }

  // Rendering. Text from the documents becomes text nodes, never markup.

  /**
   * @typedef {Content[]} ContentList
   * @typedef {string | Node | null | undefined | ContentList} Content
   * @typedef {Record<string, string | null | ((event: Event) => void)>} Attributes
   */

  /**
   * Create an element. Attributes whose value is a function are listeners: `onclick`.
   *
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Attributes} attributes
   * @param {...Content} content
   */
  function make(tag, attributes, ...content) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name.slice(2), value);
      else if (value !== null) element.setAttribute(name, value);
    }
    element.append(...flat(content));
    return element;
  }

  /**
   * Flatten nested lists of texts and nodes, and drop null and undefined.
   *
   * @param {Content} content
   * @returns {(string | Node)[]}
   */
  function flat(content) {
    if (Array.isArray(content)) return content.flatMap(flat);
    return content === null || content === undefined ? [] : [content];
  }

  /**
   * Return the text with the words of the query highlighted.
   *
   * @param {string} text
   * @param {string[]} words
   */
  function highlighted(text, words) {
    if (!words.length) return [text];
    const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    return text
      .split(new RegExp(`(${pattern})`, "gi"))
      .map((part, index) => (index % 2 ? make("mark", {}, part) : part));
  }

  /**
   * Render prose: the subset of CommonMark that errbook writes.
   *
   * @param {ProseData} data
   */
  function prose({ text, commonmark }) {
    if (commonmark === undefined) return [make("p", { dir: "auto" }, text)];
    return blocks(commonmark.split("\n"));
  }

  const ITEM = /^(?:-|(\d+)\.) /;

  /**
   * Render paragraphs, lists and code blocks.
   *
   * @param {string[]} lines
   * @returns {HTMLElement[]}
   */
  function blocks(lines) {
    const elements = [];
    for (let start = 0; start < lines.length;) {
      const fence = /^(`{3,})text$/.exec(lines[start]);
      const bullet = ITEM.exec(lines[start]);
      let end = start + 1;
      if (fence) {
        while (end < lines.length && lines[end] !== fence[1]) end += 1;
        const code = lines.slice(start + 1, end).join("\n");
        elements.push(make("pre", {}, make("code", {}, code)));
        end += 1;
      } else if (bullet) {
        const number = bullet[1] ?? null;
        const items = listItems(lines.slice(start));
        const children = items.map((item) => make("li", {}, blocks(item)));
        elements.push(make(number ? "ol" : "ul", { start: number }, children));
        end = start + items.flat().length;
      } else if (lines[start]) {
        while (lines[end] && !ITEM.test(lines[end])) end += 1;
        const text = lines.slice(start, end).join("\n");
        elements.push(make("p", { dir: "auto" }, inline(text)));
      }
      start = end;
    }
    return elements;
  }

  /**
   * Return the items of the list at the start, each as a list of its lines.
   *
   * @param {string[]} lines
   */
  function listItems(lines) {
    const items = [];
    const numbered = /^\d/.test(lines[0]);
    let start = 0;
    let bullet = ITEM.exec(lines[0]);
    while (bullet && /^\d/.test(bullet[0]) === numbered) {
      const indent = " ".repeat(bullet[0].length);
      let end = start + 1;
      while (lines[end]?.startsWith(indent)) end += 1;
      items.push(lines.slice(start, end).map((line) => line.slice(indent.length)));
      start = end;
      bullet = ITEM.exec(lines[start] ?? "");
    }
    return items;
  }

  const SPAN = new RegExp(
    [
      /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/, // code
      /\*\*(.+?)\*\*/, // strong
      /(?<![A-Za-z0-9])_(.+?)_(?![A-Za-z0-9])/, // emphasis
      /\[((?:`[^`]*`|[^\]])*)\]\(([^)]*)\)/, // link
      /&#(\d+);/, // character
      / {2}\n/, // line break
    ]
      .map((pattern) => pattern.source)
      .join("|"),
    "s",
  );

  /**
   * Render the markup inside a paragraph.
   *
   * @param {string} text
   * @returns {Content[]}
   */
  function inline(text) {
    const span = SPAN.exec(text);
    if (!span) return [text];
    const rest = text.slice(span.index + span[0].length);
    return [text.slice(0, span.index), spanElement(span), inline(rest)];
  }

  /** @param {RegExpExecArray} span */
  function spanElement([, , code, strong, emphasis, label, target, entity]) {
    if (code !== undefined) {
      return make("code", {}, /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code);
    }
    if (strong !== undefined) return make("strong", {}, inline(strong));
    if (emphasis !== undefined) return make("em", {}, inline(emphasis));
    if (label !== undefined) return anchor(target, inline(label));
    if (entity !== undefined) return String.fromCodePoint(Number(entity));
    return make("br", {});
  }

  /**
   * Return a link, or just its content if the target is not a web address.
   *
   * @param {string} target
   * @param {Content} content
   */
  function anchor(target, content) {
    if (!/^https?:/.test(target)) return make("span", {}, content);
    return make("a", { href: target, rel: "noopener noreferrer" }, content);
  }

  /**
   * Return the CSS class for a status: `s4` for `404`.
   *
   * @param {number | string | undefined} status
   */
  function statusClass(status) {
    return `s${String(status ?? 0)[0]}`;
  }

  // The list of results.

  /** @param {Entry} error */
  function row(error) {
    const words = terms(state.query);
    const { service, statuses, modules } = error;
    const severalServices = services.length > 1 && state.filters.service === null;
    const attributes = {
      href: link({ open: error }),
      "data-address": error.address,
      "aria-current": error === state.open ? "true" : null,
    };
    return make(
      "li",
      {},
      make(
        "a",
        attributes,
        make("span", { class: "http" }, statusLines(statuses)),
        make(
          "span",
          {},
          make("span", { class: "code" }, highlighted(error.code, words)),
          " ",
          error.class ? make("span", { class: "class" }, error.class) : null,
          " ",
          error.kind === "error" ? null : make("span", { class: "tag" }, error.kind),
        ),
        make("span", { class: "origin" }, severalServices ? service.title : (modules[0] ?? "")),
        make(
          "span",
          { class: "summary", dir: "auto" },
          highlighted(error.summary.replace(/\s+/g, " "), words),
        ),
      ),
    );
  }

  /**
   * Return the statuses in at most two lines, as many as a row has: `404`, and `409` or `+3`.
   *
   * @param {number[]} statuses
   */
  function statusLines(statuses) {
    const [first, second] = statuses;
    const line = (/** @type {number | undefined} */ status, /** @type {string} */ text) =>
      make("span", { class: statusClass(status) }, text);
    return [
      line(first, String(first ?? "–")),
      second === undefined
        ? null
        : statuses.length === 2
          ? line(second, String(second))
          : line(second, `+${statuses.length - 1}`),
    ];
  }

  /** @type {Entry[]} */
  let matches = [];
  let rowCount = 0;

  /** Add the next rows, so that there are at least *minimum* in the list. */
  function drawRows(minimum = 0) {
    const end = Math.min(matches.length, Math.max(rowCount + ROWS_AT_ONCE, minimum));
    results.append(...matches.slice(rowCount, end).map(row));
    rowCount = end;
  }

  function drawList() {
    const { found, isApproximate } = search(state.query);
    matches = found.filter((error) => passes(error));
    results.replaceChildren();
    rowCount = 0;
    drawRows();
    const total = formatNumber(errors.length);
    const shown = formatNumber(matches.length);
    count.replaceChildren(
      isApproximate && matches.length ? "No error contains all these words. Closest: " : "",
      matches.length === errors.length ? `${total} codes` : `${shown} of ${total} codes`,
    );
    if (!matches.length) {
      const advice = "No matches. Try fewer words, or remove a filter.";
      results.append(make("li", { class: "nothing" }, advice));
    }
    chips.replaceChildren(...flat(FACETS.map(chip)));
    drawFacets(found);
  }

  /**
   * Return the button that removes the filter of a facet, if there is one.
   *
   * @param {Facet} facet
   */
  function chip(facet) {
    const value = state.filters[facet.name];
    if (value === null) return null;
    const label = facet.label(value);
    const attributes = {
      type: "button",
      "aria-label": `Remove filter: ${label}`,
      onclick: () => setFilter(facet, null),
    };
    return make("li", {}, make("button", attributes, label));
  }

  // A bar chart for each facet. Each bar sets a filter, and counts the errors that pass the search
  // and the filters of the other facets.

  /**
   * @typedef {object} Bar
   * @property {number} total
   * @property {Record<string, number>} parts the number of errors for each class of HTTP statuses
   */

  /**
   * Return the bar of each value of a facet.
   *
   * @param {Facet} facet
   * @param {Entry[]} found
   */
  function countBars(facet, found) {
    const counted = new Set(found.filter((error) => passes(error, facet)));
    /** @type {Map<string, Bar>} */
    const bars = new Map();
    for (const error of errors) {
      for (const value of facet.values(error)) {
        const bar = bars.get(value) ?? { total: 0, parts: {} };
        bars.set(value, bar);
        if (!counted.has(error)) continue;
        const status = value === "none" ? 0 : value;
        const kind = statusClass(facet.name === "status" ? status : error.statuses[0]);
        bar.total += 1;
        bar.parts[kind] = (bar.parts[kind] ?? 0) + 1;
      }
    }
    return bars;
  }

  /**
   * @param {Facet} facet
   * @param {Entry[]} found
   */
  function chart(facet, found) {
    const { name, title, label } = facet;
    const bars = countBars(facet, found);
    if (bars.size < 2 && state.filters[name] === null) return null;
    const longest = Math.max(1, ...[...bars.values()].map((bar) => bar.total));
    const sorted = [...bars].sort(([a], [b]) =>
      label(a).localeCompare(label(b), "en", { numeric: true }),
    );
    const shown = unfolded.has(name) ? sorted : mostUsed(sorted, state.filters[name]);
    const list = make(
      "ul",
      {},
      shown.map(([value, bar]) => make("li", {}, barButton(facet, value, bar, longest))),
    );
    const attributes = { "data-facet": name, "aria-label": `Filter by ${title}` };
    return make("section", attributes, make("h2", {}, title), list, foldButton(facet, bars.size));
  }

  /** The names of the facets of which all values are shown. @type {Set<string>} */
  const unfolded = new Set();
  const FOLDED_BARS = 10;

  /**
   * Return the bars with the most errors and the one of the selected value, in the same order.
   *
   * @param {[string, Bar][]} bars
   * @param {string | null} selected
   */
  function mostUsed(bars, selected) {
    const totals = [...bars].sort(([, a], [, b]) => b.total - a.total);
    const chosen = new Set(totals.slice(0, FOLDED_BARS));
    return bars.filter((bar) => chosen.has(bar) || bar[0] === selected);
  }

  /**
   * Return the button that shows all values of a facet, or only the most used ones.
   *
   * @param {Facet} facet
   * @param {number} size
   */
  function foldButton({ name }, size) {
    if (size <= FOLDED_BARS) return null;
    const isUnfolded = unfolded.has(name);
    const toggle = () => {
      if (isUnfolded) unfolded.delete(name);
      else unfolded.add(name);
      drawList();
    };
    const attributes = {
      type: "button",
      class: "fold",
      "aria-expanded": String(isUnfolded),
      onclick: toggle,
    };
    return make("button", attributes, isUnfolded ? "Show fewer" : `Show all ${formatNumber(size)}`);
  }

  /**
   * @param {Facet} facet
   * @param {string} value
   * @param {Bar} bar
   * @param {number} longest
   */
  function barButton(facet, value, bar, longest) {
    const pressed = state.filters[facet.name] === value;
    const parts = Object.keys(bar.parts)
      .sort()
      .map((kind) => {
        const part = make("i", { class: kind });
        part.style.setProperty("--share", String(bar.parts[kind] / longest));
        return part;
      });
    const attributes = {
      type: "button",
      "data-value": value,
      "aria-pressed": String(pressed),
      onclick: () => setFilter(facet, pressed ? null : value),
    };
    return make(
      "button",
      attributes,
      make("span", { class: "name" }, facet.label(value)),
      make("span", { class: "number" }, formatNumber(bar.total)),
      make("span", { class: "bar", "aria-hidden": "true" }, parts),
    );
  }

  /** @param {Entry[]} found */
  function drawFacets(found) {
    const focused = document.activeElement?.closest("button");
    const name = focused?.closest("section")?.dataset.facet;
    facets.replaceChildren(...flat(FACETS.map((facet) => chart(facet, found))));
    if (name) {
      const buttons = facets.querySelector(`[data-facet="${name}"]`)?.querySelectorAll("button");
      [...(buttons ?? [])]
        .find((button) => button.dataset.value === focused?.dataset.value)
        ?.focus({ preventScroll: true });
    }
    filterPanel.hidden = !facets.children.length;
  }

  // The open error.

  /** @param {OccurrenceData} occurrence */
  function retryText({ retryable, evidence }) {
    return retryable === null ? "Not documented" : `${retryable ? "Yes" : "No"}: ${evidence}`;
  }

  /**
   * @param {OccurrenceData} occurrence
   * @param {boolean} isOnly
   * @returns {Content}
   */
  function texts(occurrence, isOnly) {
    const { statuses, module, name, message, description, handling, extra } = occurrence;
    const status = statuses.map(statusLabel).join(", ") || "No HTTP status";
    const lead = [status, module].filter(Boolean).join(" · ");
    const quote = { class: statusClass(statuses[0]), dir: "auto" };
    return [
      isOnly ? null : make("p", { class: "lead" }, lead),
      message === null ? null : make("blockquote", quote, message),
      name && [make("h3", {}, "Name"), make("p", {}, make("code", {}, name))],
      description && [make("h3", {}, "What happened"), prose(description)],
      handling && [make("h3", {}, "What to do"), prose(handling)],
      Object.entries(extra).map(([heading, text]) => [
        make("h3", {}, heading),
        make("p", { dir: "auto" }, text),
      ]),
      isOnly || occurrence.retryable === null
        ? null
        : [make("h3", {}, "Worth retrying"), make("p", {}, retryText(occurrence))],
    ];
  }

  /** @param {OccurrenceData[]} occurrences */
  function occurrenceTexts(occurrences) {
    if (occurrences.length === 1) return texts(occurrences[0], true);
    const items = occurrences.map((occurrence) => make("li", {}, texts(occurrence, false)));
    return make("ol", { class: "occurrences" }, items);
  }

  /** @param {OccurrenceData} occurrence */
  function sourceLink({ page, section, url }) {
    return anchor(url ?? "", section ? `${page}, section “${section}”` : page);
  }

  /**
   * @param {string} name
   * @param {Content} value
   */
  function fact(name, value) {
    return [make("dt", {}, name), make("dd", {}, value)];
  }

  /** @param {Entry} error */
  function facts({ kind, service, class: className, member, occurrences }) {
    const sources = new Map(
      occurrences.map((source) => [`${source.page} ${source.section}`, source]),
    );
    const links = [...sources.values()].flatMap((source, index) => [
      index ? "; " : null,
      sourceLink(source),
    ]);
    const isOnly = occurrences.length === 1;
    return make(
      "dl",
      {},
      isOnly && kind === "error" ? fact("Worth retrying", retryText(occurrences[0])) : null,
      className ? fact("Exception", make("code", {}, `${service.id}.${className}`)) : null,
      fact("Enum member", make("code", {}, `${service.enum}.${member}`)),
      links.length ? fact("Documented in", links) : null,
    );
  }

  /**
   * Return the Python code that catches an error, with a button that copies it.
   *
   * @param {Entry} error
   */
  function snippet({ kind, service, class: className }) {
    if (pythonPackage === null || className === null || kind === "success") return null;
    const text = [
      `from ${pythonPackage} import ${service.id}`,
      "",
      "try:",
      `    ${service.id}.raise_for_error(response)`,
      `except ${service.id}.${className} as error:`,
      "    ...",
    ].join("\n");
    const code = make("code", {}, text);
    const button = make("button", { type: "button", class: "copy" }, "Copy");
    button.addEventListener("click", async () => {
      button.textContent = (await copied(text, code)) ? "Copied" : "Selected";
    });
    return make(
      "div",
      { class: "snippet" },
      make("h3", {}, "In Python"),
      button,
      make("pre", { tabindex: "0" }, code), // it may have to be scrolled
    );
  }

  /**
   * Copy the text; where a page may not do that, select the element, so that the reader can.
   *
   * @param {string} text
   * @param {HTMLElement} element
   */
  async function copied(text, element) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      getSelection()?.selectAllChildren(element);
      return false;
    }
  }

  /** @type {Record<ErrorData["kind"], string | null>} */
  const NOTICES = {
    error: null,
    retired: "Retired: this code is no longer documented, and its class is deprecated.",
    success: "This code means success or a redirect, so it has no exception class.",
  };

  /** @param {Entry} error */
  function details(error) {
    const { service, statuses, modules, occurrences } = error;
    const lead = [statuses.map(statusLabel).join(", "), service.title, ...modules];
    const notice = NOTICES[error.kind];
    return [
      make("p", { class: "lead" }, lead.filter(Boolean).join(" · ")),
      notice === null ? null : make("p", {}, notice),
      error.withdrawn
        ? make("p", {}, "Withdrawn: this code is struck through in the documents.")
        : null,
      occurrenceTexts(occurrences),
      snippet(error),
      facts(error),
    ];
  }

  function drawError() {
    const { open, unknown } = state;
    const visible = open !== null || unknown !== null;
    main.toggleAttribute("data-open", visible);
    article.hidden = !visible;
    article.className = "error";
    document.title = open ? `${open.code} · ${title}` : title;
    const back = {
      class: "back",
      href: link({ open: null }),
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        close();
      },
    };
    article.replaceChildren(
      make(
        "div",
        {},
        make("a", back, "← All results"),
        make("h2", { id: "code", tabindex: "-1" }, open?.code ?? unknown ?? ""),
        open ? details(open) : make("p", {}, "This reference does not contain this error."),
      ),
    );
    for (const current of results.querySelectorAll("a[aria-current]")) {
      current.removeAttribute("aria-current");
    }
    if (open) rowLink(open)?.setAttribute("aria-current", "true");
  }

  /** @param {Entry} error */
  function rowLink({ address }) {
    return [...results.querySelectorAll("a")].find((row) => row.dataset.address === address);
  }

  function close() {
    const error = state.open;
    navigate({ open: null });
    const target = (error && rowLink(error)) ?? query;
    target.focus({ preventScroll: wide.matches });
  }

  // Reacting to changes of the state.

  let state = readState();
  let listAddress = "";
  let listScroll = 0;

  /**
   * Show the state that the page's address has.
   *
   * @param {object} [options]
   * @param {boolean} [options.focus] whether to focus the heading of an error that opens
   */
  function show({ focus = false } = {}) {
    const previous = state;
    state = readState();
    if (query.value !== state.query) query.value = state.query;
    const address = link({ open: null });
    if (address !== listAddress) drawList();
    listAddress = address;
    if (!previous.open && state.open) listScroll = scrollY;
    drawError();
    if (state.open && state.open !== previous.open) {
      article.scrollTop = 0;
      if (!wide.matches) scrollTo(0, 0);
      if (focus) byId("code").focus({ preventScroll: true });
    } else if (!state.open && previous.open && !wide.matches) {
      scrollTo(0, listScroll);
    }
  }

  query.addEventListener("input", () => {
    navigate({ query: query.value, open: wide.matches ? state.open : null }, { replace: true });
  });
  // Following a link to an error changes the hash, which fires popstate too.
  addEventListener("popstate", () => show({ focus: true }));
  skipLink.addEventListener("click", (event) => {
    event.preventDefault();
    results.focus();
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...results.querySelectorAll("a")];
    const index = links.findIndex((row) => row === document.activeElement);
    const inSearch = document.activeElement === query;
    if (event.key === "/" && !inSearch) {
      query.focus();
      query.select();
    } else if (event.key === "Escape" && (state.open || state.unknown)) {
      close();
    } else if (event.key === "Escape" && state.query) {
      navigate({ query: "" });
      query.focus();
    } else if (event.key === "Enter" && inSearch && matches.length) {
      navigate({ open: matches[0] });
    } else if (event.key === "ArrowDown" && (inSearch || index >= 0)) {
      if (index + 5 > links.length) drawRows();
      (links[index + 1] ?? links[index])?.focus();
    } else if (event.key === "ArrowUp" && index >= 0) {
      (links[index - 1] ?? query).focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  addEventListener("beforeprint", () => {
    const articles = (state.open ? [state.open] : matches).map((error) =>
      make("article", { class: "error printed" }, make("h2", {}, error.code), details(error)),
    );
    printout.replaceChildren(make("h1", {}, title), ...articles);
  });
  addEventListener("afterprint", () => printout.replaceChildren());

  new IntersectionObserver(
    (entries) => {
      const visible = entries.some((observed) => observed.isIntersecting);
      if (visible && rowCount < matches.length) drawRows();
    },
    { rootMargin: "1500px" },
  ).observe(listEnd);

  function foldFilters() {
    filterPanel.open = wide.matches;
  }

  wide.addEventListener("change", foldFilters);
  foldFilters();
  show();
  if (state.open) {
    const index = matches.indexOf(state.open);
    if (index >= rowCount) drawRows(index + 1);
    if (index >= 0 && wide.matches) rowLink(state.open)?.scrollIntoView({ block: "center" });
  }
})();
