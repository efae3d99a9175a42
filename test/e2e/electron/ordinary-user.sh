#!/bin/sh
# Starts a program as an ordinary user when called as root, so that Chromium's sandbox stays on.
# STEADYPEN_TEST_PROGRAM names the program, STEADYPEN_TEST_USER_HOME a folder that uid 65534 may write.
export HOME="$STEADYPEN_TEST_USER_HOME" XDG_RUNTIME_DIR="$STEADYPEN_TEST_USER_HOME" TMPDIR="$STEADYPEN_TEST_USER_HOME"
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
[ "$(id -u)" = 0 ] || exec "$STEADYPEN_TEST_PROGRAM" "$@"
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$STEADYPEN_TEST_PROGRAM" "$@"
