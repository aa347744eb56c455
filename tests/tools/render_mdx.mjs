// render_mdx.mjs DIRECTORY FILE...: writes the HTML of each page to DIRECTORY, as MDX 3 renders it,
// with the anchors that Docusaurus adds.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import { h } from "preact";
import * as runtime from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";

const [directory, ...files] = process.argv.slice(2);
for (const file of files) {
  const page = await evaluate(
    { value: readFileSync(file, "utf8"), path: file },
    { ...runtime, remarkPlugins: [remarkGfm], rehypePlugins: [rehypeSlug] },
  );
  writeFileSync(`${directory}/${basename(file, ".md")}.html`, renderToString(h(page.default)));
}
