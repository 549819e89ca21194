#!/bin/bash
# Every test that needs Node, a browser or a helpdesk. usage: run.sh [PLAYWRIGHT ARGUMENT…]
# dist/ and target/debug/sync-api must be built (cargo xtask build); `cargo xtask test` does both.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
bash install.sh || exit 1
. desks/lib.sh; set +e
node_ready
export PATH=$PWD/node_modules/.bin:$PATH
failed=0
echo "▸ types"
tsc -p ../extension/tsconfig.json || failed=1
tsc -p tsconfig.json || failed=1
echo "▸ node unit tests"
mapfile -t units < <(find harness desks desk-score golden eyes ../extension -name node_modules -prune -o -name '*.test.mjs' -print -o -name '*.test.js' -print | sort)
if [ ${#units[@]} -gt 0 ]; then node --test --test-concurrency=2 "${units[@]}" || failed=1; fi
echo "▸ end to end"
playwright test -c e2e/playwright.config.js "$@" || failed=1
exit $failed
