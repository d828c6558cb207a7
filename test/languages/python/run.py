"""Runs a program in Python, in place of Pulumi's language host, which no registry has."""

import asyncio
import json
import os
import runpy
import sys

from pulumi.runtime import reset_options, run_in_stack, set_all_config

env = os.environ
reset_options(
    project=env["PULUMI_PROJECT"],
    stack=env["PULUMI_STACK"],
    monitor_address=env["PULUMI_MONITOR"],
    engine_address=env["PULUMI_ENGINE"],
    parallel=int(env["PULUMI_PARALLEL"]),
    preview=env["PULUMI_DRY_RUN"] == "true",
    organization=env["PULUMI_ORGANIZATION"],
)
set_all_config(json.loads(env["PULUMI_CONFIG"]), json.loads(env["PULUMI_CONFIG_SECRET_KEYS"]))
asyncio.new_event_loop().run_until_complete(
    run_in_stack(lambda: runpy.run_path(sys.argv[1], run_name="__main__"))
)
