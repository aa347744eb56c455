// yaml_reader.mjs FILE: prints the content as JSON, read by js-yaml.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";

console.log(JSON.stringify(load(readFileSync(process.argv[2], "utf8"))));
