"""yaml_reader.py FILE: prints the content as JSON, read by ruamel.yaml as YAML 1.2 and 1.1."""

import json
import sys
from pathlib import Path

from ruamel.yaml import YAML

contents = []
for version in ("1.2", "1.1"):
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    contents.append(yaml.load(Path(sys.argv[1]).read_text(encoding="utf-8")))
assert contents[0] == contents[1]
print(json.dumps(contents[0]))
