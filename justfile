# `npx just` shows the steps and lists the recipes. The governance recipes are the ones that every adopter imports.
set allow-duplicate-variables := true

gov_bundle := justfile_directory() / 'dist/bin/gov.js'

import 'templates/gov.just'

# the steps of a work packet, and every recipe
default: gov-steps
    @"{{just_executable()}}" --list --unsorted

# install what is missing, build, run the tests
[positional-arguments]
test *args:
    @npm test -- "$@"

# the pages of docs/rules, from rules and fixtures
rule-pages:
    @npm test -- test/checks/rule-pages.test.ts -u

# formatter, linters, import direction, dead code
lint:
    @npm run --silent lint

typecheck:
    @npm run --silent typecheck
