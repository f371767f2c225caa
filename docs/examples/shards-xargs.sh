#!/bin/sh
# Read a corpus in eight parts, two at a time, on this machine: sh shards-xargs.sh, in the folder of the corpus.
# Put `ssh` before the command, and the corpus where every machine sees it, to spread it further.
set -eu
npx --yes scanproof plan
seq 8 | xargs -P 2 -I '{}' npx --yes scanproof run --plan plan.ndjson --shard '{}/8' --jobs 1 --out results
npx --yes scanproof merge results --plan plan.ndjson --out merged
