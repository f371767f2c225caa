#!/bin/bash
# scanproof plan && sbatch shards-slurm.sh, in the folder of the corpus, which all nodes see.
# Afterwards: scanproof merge results --plan plan.ndjson --out merged
#SBATCH --job-name=scanproof
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
set -eu
exec npx --yes scanproof run --plan plan.ndjson --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --jobs "${SLURM_CPUS_PER_TASK:-1}" --out results
