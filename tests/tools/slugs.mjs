// slugs.mjs: reads {page: [heading, ...]} and prints {page: [anchor, ...]}, as on GitHub.
import { readFileSync } from "node:fs";
import GithubSlugger from "github-slugger";

const pages = JSON.parse(readFileSync(0, "utf8"));
for (const page in pages) {
  const slugger = new GithubSlugger();
  pages[page] = pages[page].map((heading) => slugger.slug(heading));
}
console.log(JSON.stringify(pages));
