"""
Lints templates one after the other with the default rules of the command cfn-lint. One process does this, since loading
the rules takes a second. Each line read is a request, {"name", "text", "regions"}; each line written lists the findings.
If a configuration on this machine changes the rules, the judgement would be worthless, so that is an error.
"""

import json
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.decode import decode_str
from cfnlint.runner import Runner
from cfnlint.runner.template import run_template_by_data

sys.stdin.reconfigure(encoding="utf-8", newline="\n")
sys.stdout.reconfigure(encoding="utf-8", newline="\n")

default = ConfigMixIn([])
if default.ignore_checks or default.mandatory_checks or default.configure_rules:
    sys.exit("a .cfnlintrc of this machine changes which rules are checked")
rules = Runner(default).rules


def lint(text, regions):
    template, problems = decode_str(text)
    if problems:
        return problems
    arguments = ["--regions", *regions] if regions else []
    return run_template_by_data(template, ConfigMixIn(arguments), rules)


for line in sys.stdin:
    request = json.loads(line)
    found = [
        {
            "rule": match.rule.id,
            "message": match.message,
            "line": match.linenumber,
            "path": [str(part) for part in getattr(match, "path", None) or []],
        }
        for match in lint(request["text"], request["regions"])
    ]
    print(json.dumps(found), flush=True)
