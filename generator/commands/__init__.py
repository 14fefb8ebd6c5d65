"""The commands of `vademecum`, one a module, in the order in which `vademecum --help` lists them.

A command is a module with `add_to(verbs)`, which declares its options and names the function that runs it; that
function takes the parsed options and returns the exit code.
"""

from generator.commands import build, calc, check, diff, export, new, pages, schema, serve, translate, walk

COMMANDS = (new, build, serve, check, diff, translate, schema, export, pages, calc, walk)
