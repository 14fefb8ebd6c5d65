#!/bin/sh
# Prints the path of a Python that can make the project's .venv; or says what is missing and exits with 1.
#
# PYTHON=<name or path> decides alone. Else the Python that made the present .venv stays; then the newest of
# those on PATH, under pyenv, uv, asdf, mise, conda, Homebrew and python.org.
set -u

LEAST="3.12"

# What a candidate must be able to do. It prints its own path (a shim's target, not the shim), or why not.
PROBE='
import sys
if sys.version_info < (3, 12):
    sys.exit("is Python %d.%d" % tuple(sys.version_info[:2]))
if sys.implementation.name != "cpython":
    sys.exit("is %s, not CPython" % sys.implementation.name)
try:
    import ensurepip, ssl, venv, zlib
except ImportError as error:
    sys.exit("lacks a part of the standard library (%s)" % error)
print(sys._base_executable)
'

refused=""

# try <name or path>: prints the interpreter and ends the script when it will do.
try() {
    command -v "$1" >/dev/null 2>&1 || return 0
    if found=$("$1" -c "$PROBE" 2>/dev/null) && [ -n "$found" ]; then
        printf '%s\n' "$found"
        exit 0
    fi
    reason=$("$1" -c "$PROBE" 2>&1 >/dev/null | tail -n 1)
    case $reason in
        is\ * | lacks\ *) refused="$refused  $1 $reason
" ;;
    esac
}

help() {
    cat >&2 <<HELP

Ways to get one (any of them, then run make again):
  Debian 13, Ubuntu 24.04   apt install python3 python3-venv
  Fedora                    dnf install python3.13
  macOS                     brew install python@3.13
  pyenv                     pyenv install 3.13
  uv                        uv python install 3.13
  conda                     conda create -n py313 python=3.13, then conda activate py313
One in an unusual place is named with: make PYTHON=/path/to/python3
HELP
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
    if [ -n "$refused" ]; then
        printf 'set-up: Vademecum needs Python %s or newer, and PYTHON does not give one:\n%s' "$LEAST" "$refused" >&2
    else
        printf 'set-up: PYTHON=%s cannot be run as a Python interpreter:\n' "$PYTHON" >&2
        "$PYTHON" --version 2>&1 | sed 's/^/  | /' >&2
    fi
    help
    exit 1
fi

# Asked through the .venv, so that a Python that left PATH since does not cause a new set-up.
if [ -x .venv/bin/python ]; then try .venv/bin/python; fi
refused=""

home=${HOME:-/nonexistent}
for version in 3.14 3.13 3.12; do
    try "python$version"
    for place in \
        "${PYENV_ROOT:-$home/.pyenv}/versions" \
        "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$home/.local/share}/uv/python}" \
        "${ASDF_DATA_DIR:-$home/.asdf}/installs/python" \
        "${MISE_DATA_DIR:-${XDG_DATA_HOME:-$home/.local/share}/mise}/installs/python"; do
        for candidate in "$place"/"$version"*/bin/python "$place"/cpython-"$version"*/bin/python3; do
            if [ -x "$candidate" ]; then try "$candidate"; fi
        done
    done
    for candidate in \
        "/opt/homebrew/bin/python$version" \
        "/usr/local/bin/python$version" \
        "/Library/Frameworks/Python.framework/Versions/$version/bin/python3"; do
        if [ -x "$candidate" ]; then try "$candidate"; fi
    done
done

try python3
try python
for candidate in \
    "${CONDA_PREFIX:-/nonexistent}/bin/python" \
    "$home"/miniforge3/bin/python "$home"/miniconda3/bin/python "$home"/anaconda3/bin/python \
    /opt/conda/bin/python; do
    if [ -x "$candidate" ]; then try "$candidate"; fi
done

if [ -n "$refused" ]; then
    printf 'set-up: Vademecum needs Python %s or newer. Found here, and not good enough:\n%s' "$LEAST" "$refused" >&2
else
    printf 'set-up: Vademecum needs Python %s or newer, and no Python was found here.\n' "$LEAST" >&2
fi
help
exit 1
