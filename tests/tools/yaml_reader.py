"""yaml_reader.py FILE: prints what ruamel.yaml reads, as JSON; of YAML 1.2, and of 1.1."""

import json
import sys
from pathlib import Path

from ruamel.yaml import YAML

read = []
for version in ("1.2", "1.1"):
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    read.append(yaml.load(Path(sys.argv[1]).read_text(encoding="utf-8")))
assert read[0] == read[1]
print(json.dumps(read[0]))
