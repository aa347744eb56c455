// search_page_picture.mjs BROWSER FILE QUERY CODE PICTURE: searches the HTML page FILE in BROWSER for
// QUERY, opens the result CODE, and writes a screenshot, PICTURE.
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [executable, file, query, code, picture] = process.argv.slice(2);
const browser = await launch(executable);
const page = await browser.newPage({
  viewport: { width: 1200, height: 745 },
  deviceScaleFactor: 2,
  colorScheme: "light",
});
await page.goto(pathToFileURL(file).href);
await page.fill("#query", query);
await page.getByRole("link", { name: code }).click();
await page.waitForSelector("#error:not([hidden])");
await page.mouse.move(0, 0);
await page.screenshot({ path: picture, animations: "disabled", caret: "hide" });
await browser.close();
