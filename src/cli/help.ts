/** The text of `--help`, by command; the empty name is the program's own. */
export const help: Readonly<Record<string, string>> = {
  '': `scanproof keeps transcripts faithful to their scans.

Usage: scanproof <command> [options]

  run [document...]             read what is new, clean, compare, write reports/
  compare REFERENCE HYPOTHESIS  hold two texts against each other, without OCR
  clean [FILE]                  take markings out of a text (standard input without FILE)
  init                          set up a corpus here; drafts transcripts from scans

\`scanproof <command> --help\` explains a command. \`--version\` prints the version.

A corpus is a folder with scans/<document>/<page>.png (or scans/<document>.pdf, .tif)
and transcripts/<document>.md. Nothing leaves this machine: OCR runs here, offline.

Exit codes: 0 fine, 1 a limit exceeded, 2 usage or unreadable input,
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
  --jobs N               pages read at the same time (default: one a core)
  --format NAME[:FILE]   text, json or html, to standard output or FILE; repeatable
                         (default: text; reports/ is written in any case)
  --json                 the same as --format json
  --config FILE          settings (default: scanproof.config.json in the root, if any)

Examples:
  scanproof run
  scanproof run 1985-03-24-gorbachev-to-reagan --json | jq .totals
  scanproof run --root /archive --out ~/proofs --jobs 4
`,
  compare: `Usage: scanproof compare REFERENCE HYPOTHESIS [options]

Prints how far HYPOTHESIS (the OCR) is from REFERENCE (the transcript): character and
word error rates with their counts, and every difference. No OCR and no cleanup.
Files: Markdown (.md), plain text (.txt), hOCR, ALTO, PAGE XML, tesseract TSV, or a
recognition of scanproof (.json).

  --format NAME[:FILE]   text or json (default: text); repeatable
  --json                 the same as --format json
  --config FILE          settings (for \`equality\`)

Example:
  scanproof compare transcripts/letter.md ocr/letter.txt
`,
  clean: `Usage: scanproof clean [FILE] [options]

Takes markings that are not the letter (banners, declassification stamps, archive notes,
stray Cyrillic) out of FILE or standard input and prints the rest. A form feed parts
pages. Reads plain text, hOCR, ALTO, PAGE XML, TSV, or a recognition.

  --format NAME[:FILE]   text (default) or json: {text, clean, edits}
  --json                 the same as --format json
  --each-line            every line is a document of its own; prints one JSON object a
                         line: {text, clean, edits}
  --config FILE          settings (for \`profile\` and \`disabledRules\`)

Example:
  scanproof clean letter.txt > letter.clean.txt
`,
  init: `Usage: scanproof init [options]

Makes scans/ and transcripts/ where they are missing. Scans that have no transcript are
read, and what was read is cleaned and written as a draft, transcripts/<document>.md,
marked \`draft: true\`: proofread it, then take that line out. Nothing that exists is changed.

  --root DIR             where to set up (default: here)
  --out DIR              folder for recognitions/ (default: the root)
  --jobs N               pages read at the same time (default: one a core)
  --config FILE          settings
`,
}
