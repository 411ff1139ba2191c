#!/bin/sh
# Makes a repository of rules with a main branch and five pull requests: sh history.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repo=$1

# Always the same commits, whoever runs it.
GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org GIT_AUTHOR_DATE=2026-03-02T09:00:00Z
GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org GIT_COMMITTER_DATE=2026-03-02T09:00:00Z
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE

git init --quiet --initial-branch=main "$repo"
cd "$repo"
mkdir -p rules
cp -r "$here/../../rules/card-payments" rules/card-payments
cp -r "$here/../card-payments/in" in
sed 's|\.\./\.\./rules|rules|' "$here/../card-payments/recon.yaml" > recon.yaml
printf '.recon/\n' > .gitignore
cat >> rules/card-payments/pack.yaml <<'EOF'

gates:                                     # more than this needs somebody else's word
  auto_posts: { added: 2, value: 10.00 EUR }
  matches_lost: 0
EOF
git add --all
git commit --quiet --message "The rules of card payments"

# request BRANCH MESSAGE SED-SCRIPT…: a branch from main with one commit that changes the pack (and its tests).
request() {
    git checkout --quiet -b "$1" main
    message=$2
    shift 2
    for change in "$@"; do
        for file in rules/card-payments/pack.yaml rules/card-payments/pack.test.yaml; do
            sed "$change" "$file" > changed.tmp
            mv changed.tmp "$file"
        done
    done
    git commit --quiet --all --message "$message"
}

request higher-cap "Amended amounts up to 7.50 are booked without a person" \
    's/default: 5.00 EUR, in:/default: 7.50 EUR, in:/' \
    's/amount: 5.01 EUR, state: escalated/amount: 5.01 EUR, tier: auto-flag, state: queued/' \
    's/version: 1.0.0/version: 2.0.0/'

request shorter-window "Books and provider are never more than an hour apart" \
    's/booked ~ captured: 36h/booked ~ captured: 1h/' \
    's/version: 1.0.0/version: 1.1.0/'

request book-what-is-missing "What the provider has is booked at once" \
    '/for: missing-in-ledger/,/tier:/ s/tier: manual/tier: auto/' \
    's/version: 1.0.0/version: 1.1.0/'

request better-names "Passes are named for what they find" \
    's/capture-exact/same-order/g' \
    's/^# Card payments, three ways.*/# Card payments: our books, the provider, the bank./' \
    's/version: 1.0.0/version: 1.0.1/'

request curious "A small check" \
    's|ledger.kind == "refund" \&\& provider.kind == "refund"|System.IO.File.ReadAllText("/etc/passwd").Length > 0|'

git checkout --quiet main
