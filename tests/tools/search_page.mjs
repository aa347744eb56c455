// search_page.mjs BROWSER FILE SCENARIO [TABLE]: uses the HTML page FILE in BROWSER as a reader would.
// The scenario `table` reads TABLE, a JSON file of queries with what they find.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [executable, file, scenario, table] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await launch(executable);

async function open(hash = "", options = {}) {
  // The page's policy forbids what the test does to add axe; only that scenario bypasses it.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: scenario === "accessibility", ...options });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url().split("#")[0]));
  page.on("pageerror", (error) => { throw error; });
  page.on("dialog", (dialog) => { throw new Error(`unexpected dialog: ${dialog.message()}`); });
  await page.goto(address + hash);
  assert.deepEqual(requests, [address]);
  return page;
}

const codes = (page) => page.locator("#results .code").allTextContents();
const statuses = async (page) => [...new Set(await page.locator("#results .http").allTextContents())];
const heading = (page) => page.locator("#code").textContent();
const hash = (page) => page.evaluate(() => location.hash);

const scenarios = {
  async search() {
    const page = await open();
    for (const [text, first] of [["slowdown", "SlowDown"], ["Slow down.", "SlowDown"], ["the KEY is missing", "NoSuchKey"], ["0171", "0171"], ["bad request", "Bad Request"]]) {
      await page.fill("#query", text);
      assert.equal((await codes(page))[0], first, text);
    }
    await page.fill("#query", "503");
    assert.ok((await codes(page)).includes("SlowDown"));
    assert.ok((await page.locator("#results .http").first().textContent()).includes("503"));
    for (const printed of ["xml.SlowDownError", "XmlErrorCode.SLOW_DOWN", "http status 503 slow"]) {
      await page.fill("#query", printed);
      assert.equal((await codes(page))[0], "SlowDown", printed);
    }
    await page.fill("#query", "12:00 Slow down. bucket-17");
    assert.deepEqual(await codes(page), ["SlowDown"]);
    await page.fill("#query", "down slow bucket-17");
    assert.equal((await codes(page))[0], "SlowDown");
    assert.match(await page.textContent("#count"), /Closest/);
    await page.fill("#query", "nothing-is-called-like-this");
    assert.match(await page.textContent("#results"), /No matches/);
    assert.deepEqual(await codes(page), []);
  },

  async filter() {
    const page = await open();
    const all = await page.textContent("#count");
    await page.click('[data-facet="service"] .fold');
    await page.click('[data-facet="service"] [data-value="xml"]');
    assert.deepEqual(await codes(page), ["NoSuchKey", "SlowDown"]);
    await page.click('[data-facet="status"] [data-value="503"]');
    assert.deepEqual(await codes(page), ["SlowDown"]);
    assert.equal(await page.getAttribute('[data-facet="status"] [data-value="503"]', "aria-pressed"), "true");
    await page.click("#active-filters button >> nth=0");
    await page.click("#active-filters button >> nth=0");
    assert.equal(await page.textContent("#count"), all);
    await page.fill("#query", "key");
    await page.click('[data-facet="status"] [data-value="404"]');
    assert.deepEqual(await statuses(page), ["404"]);
    const bars = await page.locator('[data-facet="status"] .bar i').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
    assert.ok(bars.some((width) => width > 100) && bars.every((width) => width > 0));
  },

  async severalStatuses() {
    for (const [code, shown] of [["F.1", ["400", "+3"]], ["Bad Request", ["400", "503"]]]) {
      const page = await open(`#?q=${encodeURIComponent(code)}&service=odd`);
      const lines = page.locator("#results .http").first().locator("span");
      assert.deepEqual(await lines.allTextContents(), shown);
    }
  },

  async folding() {
    const page = await open();
    const bars = page.locator('[data-facet="service"] li');
    const fold = page.locator('[data-facet="service"] .fold');
    assert.equal(await bars.count(), 10);
    await fold.click();
    assert.equal(`Show all ${await bars.count()}`, "Show all " + (await page.evaluate(() => JSON.parse(document.getElementById("catalogue").textContent).services.length)));
    assert.equal(await page.evaluate(() => document.activeElement.className), "fold");
    await page.click('[data-facet="service"] [data-value="xml"]');
    await fold.click();
    assert.equal(await fold.getAttribute("aria-expanded"), "false");
    assert.equal(await page.getAttribute('[data-facet="service"] [data-value="xml"]', "aria-pressed"), "true");
    for (const [width, height] of [[1280, 600], [800, 900], [390, 700]]) {
      await page.setViewportSize({ width, height });
      if (width < 1024) await page.evaluate(() => { document.getElementById("filters").open = true; });
      const cut = await page.locator("#facets ul").evaluateAll((lists) => lists.filter((list) => list.scrollHeight > list.clientHeight).length);
      assert.equal(cut, 0, `${width}`);
    }
  },

  async snippet() {
    for (const [permissions, label] of [[["clipboard-read", "clipboard-write"], "Copied"], [[], "Selected"]]) {
      const page = await open("#xml/SlowDown", { permissions });
      if (!permissions.length) {
        await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed")); });
      }
      await page.click(".copy");
      await page.waitForFunction((text) => document.querySelector(".copy").textContent === text, label);
      const copied = await page.evaluate((isCopied) => isCopied ? navigator.clipboard.readText() : String(getSelection()), label === "Copied");
      assert.equal(copied, "from api_errors import xml\n\ntry:\n    xml.raise_for_error(response)\nexcept xml.SlowDownError as error:\n    ...");
    }
  },

  async table() {
    const page = await open();
    const addresses = () => page.locator("#results a").evaluateAll((rows) => rows.map((row) => row.dataset.address));
    const all = await addresses();
    const wrong = {};
    for (const [query, expected] of Object.entries(JSON.parse(readFileSync(table, "utf8")))) {
      await page.fill("#query", query);
      const shown = await addresses();
      const first = query.trim() && expected.length ? shown.slice(0, expected.length) : shown;
      const found = query.trim() ? expected : all;
      if (String(first.sort()) !== String(found.sort())) wrong[query] = shown;
    }
    assert.deepEqual(wrong, {});
  },

  async deepLink() {
    for (const [link, code] of [["#xml/SlowDown", "SlowDown"], ["#odd/Bad%20Request", "Bad Request"], ["#odd/a,%20b", "a, b"], ["#odd/0171?q=key", "0171"]]) {
      const page = await open(link);
      assert.equal(await heading(page), code);
      await page.reload();
      assert.equal(await heading(page), code);
      assert.match(await page.title(), new RegExp(`^${code} · `));
    }
    const page = await open("#xml/Missing");
    assert.match(await page.textContent("#error"), /This reference does not contain this error/);
    await page.evaluate(() => { location.hash = "#xml/NoSuchKey"; });
    await page.waitForFunction(() => document.getElementById("code").textContent === "NoSuchKey");
    await page.goto(`${address}#?q=slow&service=xml`);
    await page.reload();
    assert.equal(await page.inputValue("#query"), "slow");
    assert.deepEqual(await codes(page), ["SlowDown"]);
  },

  async back() {
    const page = await open("#?service=xml");
    await page.click("#results a >> nth=0");
    assert.equal(await heading(page), "NoSuchKey");
    await page.click("#results a >> nth=1");
    assert.equal(await hash(page), "#xml/SlowDown?service=xml");
    await page.goBack();
    assert.equal(await heading(page), "NoSuchKey");
    await page.goBack();
    assert.equal(await page.isVisible("#error"), false);
    assert.deepEqual(await codes(page), ["NoSuchKey", "SlowDown"]);
    await page.goForward();
    assert.equal(await heading(page), "NoSuchKey");
  },

  async keyboard() {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("key missing");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#error:not([hidden])");
    assert.equal(await heading(page), "NoSuchKey");
    await page.keyboard.press("Escape");
    assert.equal(await page.isVisible("#error"), false);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.address), "xml/NoSuchKey");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.id), "query");
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#query"), "");
    await page.keyboard.type("slowdown");
    await page.keyboard.press("Enter");
    assert.equal(await heading(page), "SlowDown");
    await page.keyboard.press("Escape");
    await page.focus(".skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#query"), "slowdown");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
    await page.fill("#query", "");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.equal(await page.locator('[aria-pressed="true"]').count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement.ariaPressed), "true");
  },

  async hostileText() {
    const page = await open("#odd/T.0001");
    const text = "<script>alert(1)</script>";
    assert.equal(await page.textContent("#error blockquote"), text);
    assert.equal(await page.locator("#error script, #results script").count(), 0);
    await page.fill("#query", text);
    assert.equal((await codes(page))[0], "T.0001");
    assert.equal(await page.textContent("#results mark >> nth=0"), text);
    for (const strange of ['"\'><img src=x onerror=alert(1)>', "%", "#", "[", "\\", "a(b"]) {
      await page.fill("#query", strange);
      await page.reload();
      assert.equal(await page.inputValue("#query"), strange);
    }
    assert.equal(await page.locator("img").count(), 0);
  },

  async markup() {
    const page = await open("#odd/M.0000");
    const shown = async (selector) => page.locator(`#error ${selector}:not(.snippet *)`).allTextContents();
    assert.deepEqual((await shown("h3 + p strong")).slice(0, 1), ["Bold"]);
    assert.ok((await shown("p code")).includes("code"));
    for (const [code, selector, texts] of [
      ["M.0004", "a[href^='https://x.example']", ["A link", "A link"]],
      ["M.0006", "h3 + ul > li", ["one", "twomore of two", "three", "one", "twomore of two", "three"]],
      ["M.0007", "h3 + ol > li", ["first", "second", "first", "second"]],
      ["M.0011", "pre", ['{\n  "a": "<b>"\n}', '{\n  "a": "<b>"\n}']],
    ]) {
      await page.evaluate((to) => { location.hash = to; }, `#odd/${code}`);
      await page.waitForFunction((to) => document.getElementById("code").textContent === to, code);
      assert.deepEqual(await shown(selector), texts, code);
    }
  },

  async policy() {
    const page = await open();
    const blocked = await page.evaluate(async () => {
      const directives = [];
      document.addEventListener("securitypolicyviolation", (event) => directives.push(event.effectiveDirective));
      const add = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
      add("script", { textContent: "window.ran = true" });
      add("img", { src: "https://outside.example/x.png" });
      add("link", { rel: "stylesheet", href: "https://outside.example/x.css" });
      add("iframe", { src: "https://outside.example/" });
      await fetch("https://outside.example/").catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [window.ran, directives.sort()];
    });
    assert.deepEqual(blocked, [null, ["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"]].map((x) => x ?? undefined));
  },

  async accessibility() {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 800 }]) {
        for (const link of ["", "#odd/Bad%20Request?q=code", "#?q=nothing-like-this&service=xml", "#xml/SlowDown?service=xml"]) {
          const page = await open(link, { colorScheme, viewport });
          if (viewport.width < 500 && !link.includes("/")) await page.click("#filters summary");
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => axe.run());
          assert.deepEqual(violations.map((v) => [v.id, v.nodes.map((node) => node.html)]), [], `${colorScheme} ${viewport.width} ${link}`);
          await page.context().close();
        }
      }
    }
  },

  async narrow() {
    for (const width of [320, 390, 768]) {
      for (const link of ["", "#odd/T.0025", "#odd/Bad%20Request"]) {
        const page = await open(link, { viewport: { width, height: 800 } });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${width} ${link}`);
      }
    }
    const page = await open("#?service=xml", { viewport: { width: 390, height: 800 } });
    await page.focus("#results a");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "code");
    assert.equal(await page.isVisible("#results"), false);
    await page.click(".back");
    assert.equal(await page.isVisible("#results"), true);
  },

  async print() {
    const page = await open("#?service=xml");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.deepEqual(await page.locator("#print h2").allTextContents(), ["NoSuchKey", "SlowDown"]);
    assert.equal(await page.isVisible("header"), false);
    assert.equal(await page.isVisible("#print blockquote >> nth=0"), true);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator("#print h2").count(), 0);
  },

  async manyCodes() {
    const page = await open();
    const rows = () => page.locator("#results li").count();
    assert.ok(await rows() <= 200);
    for (let turn = 0; turn < 5; turn++) {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.waitForTimeout(100);
    }
    assert.ok(await rows() >= Math.min(300, Number((await page.textContent("#count")).replace(/\D/g, ""))));
  },
};

if (scenario === undefined) {
  console.log(JSON.stringify(Object.keys(scenarios)));
} else {
  await scenarios[scenario]();
}
await browser.close();
