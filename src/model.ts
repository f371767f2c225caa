/**
 * The records that stages hand to each other.
 *
 * Plain, read-only and JSON-safe: no class but the two errors, no `Map`, `Date`,
 * `NaN` or `Infinity`. This file imports nothing.
 *
 * Offsets are UTF-16 code units, 0-based; spans are half-open. Lines and columns
 * are 1-based (unist). Boxes are pixels of the upright scan, origin top left.
 * Confidence is 0 to 1.
 */

// ---------------------------------------------------------------- places

/** Half-open range `[start, end)`; of what, the field's comment says. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place in a text file: `line` and `column` 1-based, `offset` 0-based (unist). */
export interface Point {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/**
 * Rectangle in pixels of the scan at its own resolution, origin top left, after
 * its EXIF orientation (as every viewer shows it); `width` and `height` >= 0.
 */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

// ---------------------------------------------------------------- findings and errors

/**
 * `error`: something could not be judged, so the run ends with exit code 3.
 * `warning` and `info` never change the exit code.
 */
export type Severity = 'error' | 'warning' | 'info'

/** Something a person should know about a file or page; collected, never thrown. */
export interface Finding {
  /** `stage:name`, as in `read:no-transcript`. */
  readonly ruleId: string
  readonly severity: Severity
  /** One sentence: what was found, what was expected, what mends it. Values in backticks, no final period. */
  readonly reason: string
  /** Path relative to the corpus root, `/` between parts; null where no file is meant. */
  readonly file: string | null
  /** Page id (`document/page`); null for a whole document or file. */
  readonly page: string | null
  /** Where in `file`, for text files. */
  readonly point: Point | null
}

/** Something that does not belong in a transcript, with its whole place in the Markdown. */
export interface LintMessage extends Finding {
  readonly file: string
  /** After the last character; null where `point` is. */
  readonly end: Point | null
  /** What stands there; empty where the file as a whole is meant. */
  readonly actual: string
  /** What could stand there; empty where only a person can say. */
  readonly expected: readonly string[]
}

/** The user's input or configuration is at fault: the message says what mends it; exit code 2, no stack. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** The person stopped the run: exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

// ---------------------------------------------------------------- read

export type ScanFormat = 'png' | 'jpeg' | 'jpeg2000' | 'tiff' | 'webp' | 'pdf'

/** One image of a scan file. */
export interface Scan {
  /** Path relative to the corpus root, `/` between parts. */
  readonly file: string
  readonly format: ScanFormat
  /** Image within the file, 0-based: a TIFF directory or a PDF page; 0 elsewhere. */
  readonly frame: number
  /** SHA-256 of the whole file, lower-case hex. */
  readonly sha256: string
}

/** One side of a document. `id` is `<document>/<name>`: the only key between scan, transcript and ledger. */
export interface Page {
  readonly id: string
  readonly document: string
  readonly name: string
  readonly scan: Scan
}

/** Kinds of marks by which a transcript says that it is not plain text there. */
export type MarkKind =
  /** `[illegible]`, `[redacted]`, `[...]`: text of unknown length stands here on the scan. */
  | 'gap'
  /** `<!-- page 2 -->`, `[end p1]`, `[Page 529]`: a page ends here; never part of the text. */
  | 'page'
  /** `[sic]`, `[?]`: a remark on the word before; never part of the text. */
  | 'remark'

/** An editor's mark in a transcript. */
export interface Mark {
  readonly kind: MarkKind
  /** In `Transcript.text`; empty (`start === end`) where the mark was taken out of the text. */
  readonly span: Span
  /** As written in the source. */
  readonly source: string
}

/** A curated Markdown transcript, as a reader reads it. */
export interface Transcript {
  readonly document: string
  /** Path relative to the corpus root. */
  readonly file: string
  /** Front matter values as text; nested values are left out. */
  readonly metadata: Readonly<Record<string, string>>
  /** The source, decoded from UTF-8, BOM included if there is one: offsets into it are offsets of the file as text. */
  readonly source: string
  /** Reading text: no markup, no front matter; blocks parted by a blank line, source line ends kept as `\n`. */
  readonly text: string
  /** `origin[i]` is the offset in `source` of unit `i` of `text`; one more entry for the end. Never falls. */
  readonly origin: readonly number[]
  readonly marks: readonly Mark[]
}

/** A document: what lies under one name in scans/ and transcripts/. */
export interface Document {
  readonly id: string
  /** In natural order of names; empty where there is no scan. */
  readonly pages: readonly Page[]
  readonly transcript: Transcript | null
}

// ---------------------------------------------------------------- prepare

/** What a region of the page is, other than the letter's own type. */
export type RegionKind = 'stamp' | 'strike' | 'rotated' | 'handwriting' | 'redaction' | 'rule' | 'margin'

/** A region whose ink does not fit the page's type; evidence for the normalizer. */
export interface Region {
  readonly kind: RegionKind
  readonly box: Box
  /** How sure preparation is, 0 to 1. */
  readonly score: number
  /** What the region's own layer was read as; null where it was not read. */
  readonly text: string | null
}

/**
 * Maps prepared pixels to scan pixels: `x = a*u + c*v + e`, `y = b*u + d*v + f`
 * for a point `(u, v)` of the prepared image (affine, as in SVG `matrix(a b c d e f)`).
 */
export interface Transform {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** Ink that was taken off a page and may be text, to be read by itself. */
export interface Layer {
  /** Index in the page's `regions`: whose text it is. */
  readonly region: number
  /** Netpbm `P5`, its lines level, at the page's `dpi`. */
  readonly image: Uint8Array
  readonly imageWidth: number
  readonly imageHeight: number
  /** Whether it lay on its side: it may be upside down now. */
  readonly isSideways: boolean
}

/** Lines that something lies over, with that taken off, to be read a second time. */
export interface Strip {
  /** Netpbm `P5`, its lines level, at the page's `dpi`. */
  readonly image: Uint8Array
  readonly imageWidth: number
  readonly imageHeight: number
  /** From `image` to the scan. */
  readonly transform: Transform
  /** Letters seen in its lines beside what lies over them: about as many at least should have been read. */
  readonly letters: number
}

/** A page made ready for the engine. */
export interface PreparedPage {
  readonly pageId: string
  /** Size of the upright scan, in pixels: the space of every `Box`. */
  readonly width: number
  readonly height: number
  /** Netpbm `P4` (1 bit) or `P5` (8 bit grey), header included: what the engine gets. */
  readonly image: Uint8Array
  readonly imageWidth: number
  readonly imageHeight: number
  /** Dots per inch of `image`, for the engine. */
  readonly dpi: number
  /** From `image` to the scan. */
  readonly transform: Transform
  /** Letters seen in lines of type: a reading with far fewer has lost some. 0 where none were counted. */
  readonly letters: number
  /** Whether text stands in columns side by side, to be read one after the other. */
  readonly columns: boolean
  readonly regions: readonly Region[]
  /** Of the regions that may hold text. */
  readonly layers: readonly Layer[]
  /** From top to bottom. */
  readonly strips: readonly Strip[]
  readonly findings: readonly Finding[]
}

/** A small picture of a page for a person to look at; upright, any size. */
export interface Preview {
  /** As in `image/webp`. */
  readonly mime: string
  readonly base64: string
  /** Pixels of the picture itself. */
  readonly width: number
  readonly height: number
}

/** A scan's picture as a PDF holds it. */
export interface PackedPicture {
  /** JPEG, JPEG 2000, or what a PNG holds between its chunks: `FlateDecode` with the predictors of PNG. */
  readonly filter: 'DCTDecode' | 'JPXDecode' | 'FlateDecode'
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** 1 = grey, 3 = red, green, blue. */
  readonly colors: 1 | 3
  /** Of a sample. */
  readonly bits: number
  /** Colours by their index, 3 bytes each; null where pixels hold colours themselves. */
  readonly palette: Uint8Array | null
  /** Pixels to an inch; null where the scan does not say. */
  readonly density: number | null
}

// ---------------------------------------------------------------- recognize

/** A letter of a word, and what else it could be. */
export interface RecognizedSymbol {
  readonly text: string
  readonly box: Box
  readonly confidence: number
  /** What the engine held possible here, most probable first, `text` mostly among it; its own scale, 0 to 1, not that of `confidence`. */
  readonly choices: readonly {readonly text: string; readonly confidence: number}[]
}

/** A word as the engine read it. */
export interface RecognizedWord {
  readonly text: string
  readonly box: Box
  readonly confidence: number
  /** In reading order; absent unless the engine was asked for them. */
  readonly symbols?: readonly RecognizedSymbol[]
}

/** What letters stand on: from where the line begins to where it ends, in pixels of the scan. */
export interface Baseline {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** A line of words, in reading order. */
export interface RecognizedLine {
  readonly box: Box
  /** Clockwise degrees of the baseline against the scan's horizontal. */
  readonly angle: number
  /** Absent where the reading does not say. */
  readonly baseline?: Baseline
  /** True where a paragraph begins with this line. */
  readonly paragraphStart: boolean
  readonly words: readonly RecognizedWord[]
}

/** What produced a recognition: everything that can change its text. */
export interface EngineIdentity {
  readonly name: string
  readonly version: string
  /** Language or model name, as in `eng`. */
  readonly model: string
  /** SHA-256 of the model file, lower-case hex; empty where there is none. */
  readonly modelSha256: string
  /** Sorted by name. */
  readonly parameters: Readonly<Record<string, string>>
}

/** What the engine read on one page. The file in recognitions/ is this record, written short; see docs/formats.md. */
export interface Recognition {
  readonly schemaVersion: 1
  readonly pageId: string
  /** SHA-256 over scan bytes, frame, preparation and engine: same fingerprint, same reading. */
  readonly fingerprint: string
  readonly engine: EngineIdentity
  /** Size of the upright scan, in pixels; 0 where the reading came without an image. */
  readonly width: number
  readonly height: number
  /** The engine's own confidence in the page. */
  readonly confidence: number
  /** Reading order. */
  readonly lines: readonly RecognizedLine[]
  readonly regions: readonly Region[]
  readonly findings: readonly Finding[]
}

// ---------------------------------------------------------------- second look

/** What a letter may be, the most probable first, each with its confidence. */
export type LetterChoices = readonly (readonly [letter: string, confidence: number])[]

/** A word's picture read once more, in one way. */
export interface LookReading {
  /** As read, without blanks; empty where nothing was. */
  readonly text: string
  readonly confidence: number
  /** One entry a letter of `text`, as the engine counts letters; empty where it does not say. */
  readonly letters: readonly LetterChoices[]
}

/** A word looked at again. */
export interface WordLook {
  readonly box: Box
  /** One a way of looking, always in the same order; the first alone where it read what both sides have. */
  readonly readings: readonly LookReading[]
}

/** The second look at a page: the words in question only. The file beside the recognition is this record. */
export interface SecondLook {
  readonly schemaVersion: 1
  readonly pageId: string
  /** SHA-256 over recognition and ways of looking: same fingerprint, same readings of the same boxes. */
  readonly fingerprint: string
  /** Sorted by box: from the top, then from the left. */
  readonly words: readonly WordLook[]
}

// ---------------------------------------------------------------- normalize

/** A word's place in the text of its page. */
export interface PlacedWord {
  /** In `PageText.text`. */
  readonly span: Span
  readonly box: Box
  readonly confidence: number
}

/** A page as the normalizer takes it: from an engine, or plain text without boxes. */
export interface PageText {
  readonly pageId: string
  /** As read: words parted by one blank, lines by `\n`, paragraphs by an empty line. Holds no form feed. */
  readonly text: string
  /** In text order; empty for plain text. */
  readonly words: readonly PlacedWord[]
  /** Size of the scan in pixels; 0 for plain text. */
  readonly width: number
  readonly height: number
  readonly regions: readonly Region[]
}

/**
 * `strip` takes out what is not the letter, `repair` mends spelling the engine
 * damaged, `join` makes a broken sentence or word whole, `flag` changes nothing
 * and asks for a look.
 */
export type EditAction = 'strip' | 'repair' | 'join' | 'flag'

/** One replacement in the text as read, with its reasons; the only way the text changes. */
export interface Edit {
  readonly ruleId: string
  /** Family of the marking, as in `classification-banner`. */
  readonly family: string
  readonly action: EditAction
  /** In `Normalized.raw`. Edits are in ascending order and disjoint. */
  readonly span: Span
  /** Where the replacement stands in `Normalized.clean`. */
  readonly cleanSpan: Span
  /** What stood there. */
  readonly raw: string
  /** What stands there now; equal to `raw` for `flag`. */
  readonly replacement: string
  /** Sum of the evidence; the rules' document says what it is made of. */
  readonly score: number
  /** In words, for a person. */
  readonly evidence: readonly string[]
  readonly pageId: string
  /** Union of the boxes of the words touched; null where no box is known. */
  readonly box: Box | null
}

/** A page's part of a document's text, before and after cleanup. */
export interface PageShare {
  readonly pageId: string
  /** In `Normalized.raw`, without the form feed that follows. */
  readonly raw: Span
  /** In `Normalized.clean`, without the form feed that follows. */
  readonly clean: Span
}

/** A document's text, cleaned, with the way back. */
export interface Normalized {
  /** Page texts joined by form feeds. */
  readonly raw: string
  /** `raw` with every edit made; holds as many form feeds as `raw`. */
  readonly clean: string
  readonly edits: readonly Edit[]
  readonly pages: readonly PageShare[]
}

// ---------------------------------------------------------------- align and measure

export type Unit = 'character' | 'word'

/** A text cut into what is aligned; parallel arrays, one entry a token. */
export interface Tokens {
  readonly unit: Unit
  /** The form compared: tokens with equal keys are equal. */
  readonly keys: readonly string[]
  /** Offset of each token in the text it was cut from. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** `delete`: the OCR lost it; `insert`: it stands in the OCR only. */
export type Operation = 'equal' | 'substitute' | 'insert' | 'delete'

/** A run of one operation. */
export interface Chunk {
  readonly operation: Operation
  /** Token indices in the reference. */
  readonly reference: Span
  /** Token indices in the hypothesis. */
  readonly hypothesis: Span
}

/** A least-cost way from reference to hypothesis. */
export interface Alignment {
  readonly chunks: readonly Chunk[]
  /** Substitutions + insertions + deletions. */
  readonly distance: number
  /** False where the distance is not proven least. */
  readonly exact: boolean
}

/** What an alignment counts. Insertion = in the OCR only, as in OCR-D (ISRI says the reverse). */
export interface Counts {
  readonly correct: number
  readonly substitutions: number
  readonly insertions: number
  readonly deletions: number
}

/** Counts before and after cleanup, by unit. */
export interface CountsByUnit {
  readonly character: {readonly raw: Counts; readonly clean: Counts}
  readonly word: {readonly raw: Counts; readonly clean: Counts}
}

// ---------------------------------------------------------------- differences

/** Seen from the transcript: `deletion` is lost by the OCR, `insertion` stands in the OCR only. */
export type DifferenceKind = 'substitution' | 'insertion' | 'deletion'

/** Where a difference lies on the scan. */
export interface ScanPlace {
  readonly page: string
  /** Null where the reading has no boxes. */
  readonly box: Box | null
  /** Least confidence of the words touched; null where nothing was read there. */
  readonly confidence: number | null
}

/** Where a difference lies in the Markdown: `offset` to `endOffset` are the bytes to change, as UTF-16 offsets. */
export interface TranscriptPlace extends Point {
  readonly endOffset: number
}

export type Suspect = 'transcript' | 'ocr' | 'editorial' | 'unsure'

/** How probable it is that the transcript is wrong, that the OCR is, or that they differ on purpose; they sum to 1. */
export type Probabilities = Readonly<Record<Exclude<Suspect, 'unsure'>, number>>

/** Places where scan and transcript differ, grown to whole words. */
export interface Difference {
  /** Hash of content and context, never an index: the same difference keeps it over re-runs. */
  readonly id: string
  readonly kind: DifferenceKind
  /** What the transcript says; empty for an insertion. */
  readonly reference: string
  /** What was read; empty for a deletion. */
  readonly hypothesis: string
  /** A few words of the transcript on either side. */
  readonly before: string
  readonly after: string
  /** Character errors of this difference; over a document they sum to the numerator of its clean CER. */
  readonly characters: {
    readonly substitutions: number
    readonly insertions: number
    readonly deletions: number
  }
  readonly scan: ScanPlace | null
  readonly transcript: TranscriptPlace | null
  readonly suspect: Suspect
  readonly probabilities: Probabilities
  /** What the same change is throughout the document, where it repeats, as in `— for --`: shown once; null where it stands alone. */
  readonly pattern: string | null
  /** Why, in words. */
  readonly evidence: readonly string[]
}

/** A word on which transcript and OCR agree, though a second look reads another: both may be wrong. */
export interface Doubt extends Pick<Difference, 'id' | 'before' | 'after' | 'scan' | 'transcript' | 'evidence'> {
  /** As transcript and OCR have it. */
  readonly text: string
  /** What the second look reads. */
  readonly reading: string
  /** How probable it is that the transcript is wrong here. */
  readonly probability: number
}

// ---------------------------------------------------------------- report

/** `Counts` with what follows from them, as written into a report. */
export interface Rate extends Counts {
  /** Tokens of the reference: correct + substitutions + deletions. */
  readonly reference: number
  /** (substitutions + insertions + deletions) / reference; may pass 1; null where the reference is empty and errors are not. */
  readonly errorRate: number | null
}

export interface Totals {
  readonly character: {readonly raw: Rate; readonly clean: Rate}
  readonly word: {readonly raw: Rate; readonly clean: Rate}
}

export type PageStatus = 'compared' | 'read' | 'failed'

/** Who read a page: an engine with its model, or `imported:` and the format of the file in which a reading came. */
export type PageReader = Pick<EngineIdentity, 'name' | 'version' | 'model'>

export interface PageReport {
  readonly id: string
  /** `compared` with the transcript; `read` where there is none; `failed`: see findings. */
  readonly status: PageStatus
  readonly scan: {readonly file: string; readonly frame: number; readonly sha256: string}
  readonly width: number
  readonly height: number
  readonly confidence: number | null
  readonly fingerprint: string | null
  /** Null where the page was not read; left out in reports of older versions. */
  readonly engine?: PageReader | null | undefined
  readonly counts: Totals | null
  readonly regions: readonly Region[]
}

export type DocumentStatus = 'compared' | 'incomplete' | 'no-transcript' | 'no-scan'

/** A piece of the text drawn beside the scan; concatenated, `reference` and `hypothesis` give both sides. */
export interface DrawnPart {
  /** Null for equal text, else the id of its difference. */
  readonly difference: string | null
  readonly reference: string
  readonly hypothesis: string
  /** Page on which it was read; null where it was not read. */
  readonly page: string | null
}

export interface DocumentReport {
  readonly id: string
  readonly status: DocumentStatus
  readonly title: string | null
  /** Path of the transcript; null where there is none. */
  readonly transcript: string | null
  readonly totals: Totals | null
  /** False where a distance is not proven least. */
  readonly exact: boolean
  readonly pages: readonly PageReport[]
  readonly differences: readonly Difference[]
  /** The most probable first. */
  readonly doubts: readonly Doubt[]
  readonly edits: readonly Edit[]
  readonly drawn: readonly DrawnPart[]
  /** Null where nothing was compared. */
  readonly makeup: Makeup | null
  /** Null where nothing was compared. */
  readonly review: DocumentReview | null
  readonly findings: readonly Finding[]
}

export type VerdictStatus = 'passed' | 'failed' | 'incomplete'

/** One limit, held against what was measured. */
export interface Check {
  readonly name: string
  readonly place: string
  readonly expected: string
  readonly found: string
  readonly passed: boolean
}

export interface Verdict {
  /** `incomplete` where something could not be judged, whatever else passed. */
  readonly status: VerdictStatus
  readonly checks: readonly Check[]
  /** What holding the report against the ledger gave; absent where it was not held against it. */
  readonly gate?: Gate | undefined
}

// ---------------------------------------------------------------- gate

/** What can change the differences of a page; also the names of what a ledger remembers about it. */
export type Cause = 'scan' | 'engine' | 'preparation' | 'rules' | 'comparison' | 'transcript'

/**
 * `regression` fails, `unjudged` makes the verdict incomplete, `improvement` waits to be banked (and fails where
 * that is asked for), `note` never changes the verdict.
 */
export type Outcome = 'regression' | 'unjudged' | 'improvement' | 'note'

/** One thing the gate found: the single source of annotations, test cases and alerts. */
export interface Judgement {
  /** `gate:name`, or the rule of the finding it was made from. */
  readonly ruleId: string
  readonly outcome: Outcome
  /** One sentence: what was found, what was expected. Values in backticks, no final period. */
  readonly reason: string
  /** What mends it, in words. */
  readonly remedy: string
  /** The command that mends it, or that shows what to mend, for a POSIX shell. */
  readonly command: string
  readonly causes: readonly Cause[]
  /** Null for the corpus as a whole. */
  readonly document: string | null
  readonly page: string | null
  /** Path relative to the corpus root, `/` between parts. */
  readonly file: string | null
  /** Where in `file`; `end` is null for a point. */
  readonly point: Point | null
  readonly end: Point | null
  readonly difference: JudgedDifference | null
}

/** The difference a judgement is about. */
export interface JudgedDifference
  extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> {
  /** Wrong characters; of one that is gone, those it had. */
  readonly errors: number
  readonly scan: ScanPlace | null
}

/** What changed between ledger and now. */
export interface Change {
  readonly cause: Cause
  /** Pages it changed on. */
  readonly pages: number
  /** What it was and is, where all those pages agree; else null. */
  readonly from: string | null
  readonly to: string | null
}

/** Counts now against counts then, over the same pages. */
export interface CountsBeforeAfter {
  readonly pages: number
  readonly before: Counts
  readonly after: Counts
  /** Error rate now minus error rate then, as a fraction; null where one is not defined. */
  readonly rise: number | null
}

/** A change of engine, preparation or rules, judged over all pages it touched. */
export interface Population extends CountsBeforeAfter {
  readonly documents: number
  /** Documents whose errors changed in number. */
  readonly changedDocuments: number
  readonly worsePages: number
  readonly betterPages: number
  /** One-sided p of the rise: sign-flip permutation, all pages of a document together. */
  readonly pValue: number
  /** 95 % bootstrap interval of the rise, over documents. */
  readonly interval: {readonly low: number; readonly high: number}
  /** A rise up to this is no regression, whatever its p. */
  readonly floor: number
  /** Least rise that would have been found nine times of ten, as a fraction. */
  readonly smallestDetectable: number
  readonly result: 'regressed' | 'improved' | 'no-detectable-change'
  /** Pages whose errors rose most, for a person to look at; no verdict on each. */
  readonly worst: readonly {readonly page: string; readonly before: number; readonly after: number}[]
}

/** What holding a report against the ledger gave. */
export interface Gate {
  /** Whether an improvement that is not banked fails. */
  readonly strict: boolean
  /** By cause. */
  readonly changes: readonly Change[]
  /** Worst first. */
  readonly judgements: readonly Judgement[]
  /** Null where nothing was judged by statistics. */
  readonly population: Population | null
  /** Against the counts of an older ledger; null where none was asked for. */
  readonly drift: (CountsBeforeAfter & {readonly revision: string}) | null
  /** Accepted differences that were found again, by verdict: how much the ledger tolerates. */
  readonly tolerated: Readonly<Record<LedgerVerdict, number>>
  /** Documents of which nothing changed since they were accepted; they are compared again only where that is asked for. */
  readonly unchanged: readonly string[]
}

/** A page of a checked document. */
export interface CheckedPage extends Pick<PageReport, 'id' | 'status'> {
  readonly scan: {readonly file: string; readonly frame: number}
  /** Clean characters; null where the page was not compared. */
  readonly characters: Rate | null
}

/** A document held against its ledger. */
export interface CheckedDocument extends Pick<DocumentReport, 'id' | 'status' | 'transcript'> {
  readonly characters: Rate | null
  readonly pages: readonly CheckedPage[]
}

/** What `scanproof check` found: the single source of its output formats. */
export interface CheckReport extends Pick<Report, 'tool' | 'engine'> {
  /** Clean characters of all documents that were compared. */
  readonly characters: Rate
  readonly documents: readonly CheckedDocument[]
  readonly verdict: Verdict & {readonly gate: Gate}
}

/** A check in a history: a line of NDJSON. */
export interface HistoryEntry {
  /** As in `2026-11-22`. */
  readonly date: string
  /** Of the corpus, as git names it; null outside of a repository. */
  readonly revision: string | null
  readonly status: VerdictStatus
  readonly pages: number
  /** Clean characters of the corpus, and of each document by id. */
  readonly characters: Rate
  readonly documents: Readonly<Record<string, Rate>>
}

// ---------------------------------------------------------------- ledger

/** Which side a person found wrong; `unsure` where nobody looked at this one. */
export type LedgerVerdict = 'ocr' | 'transcript' | 'both' | 'editorial' | 'illegible' | 'unsure'

/** A difference that a person accepted; a line of the ledger. */
export interface AcceptedDifference
  extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> {
  /** Wrong characters: where all differences of a document are accepted, they add up to the errors of its pages. */
  readonly errors: number
  readonly verdict: LedgerVerdict
  readonly reason: string
  readonly author: string
  /** As in `2026-11-22`. */
  readonly date: string
}

/**
 * What the counts of a page were made from: a name or hash for each part.
 *
 * Two pages with equal inputs (`reading`, `rules`, `comparison`, `transcript`) have equal differences.
 */
export interface PageFingerprints extends Readonly<Record<Cause, string>> {
  /** Of what the engine read, boxes and confidences included: on this page, `/`, on all pages of the document. */
  readonly reading: string
  /** Of the cleaned text. */
  readonly cleaned: string
}

/** A page as it was accepted. */
export interface LedgerPage {
  readonly page: string
  readonly fingerprints: PageFingerprints
  /** Clean characters. */
  readonly counts: Counts
  /** Sorted by id. */
  readonly differences: readonly AcceptedDifference[]
}

/**
 * A doubt that a person looked at and left as it is; a line of the ledger. `reference` is the word that transcript and
 * OCR share, `hypothesis` what the second look read.
 */
export interface AcceptedDoubt extends Omit<AcceptedDifference, 'errors'> {
  readonly page: string
  /** The scan a person looked at, as in `PageFingerprints.scan`: on another one nobody has looked. */
  readonly scan: string
}

/** Clean characters of the pages of a document that its ledger remembers: as they were when it was written, and now. */
export interface LedgerTrend {
  readonly before: Rate
  readonly now: Rate
  /** Pages that both have. */
  readonly pages: number
}

/** The file `ledger/<document>.json`. */
export interface Ledger {
  readonly schemaVersion: 1
  readonly document: string
  readonly pages: readonly LedgerPage[]
  /** Sorted by id; absent for none. */
  readonly doubts?: readonly AcceptedDoubt[] | undefined
}

// ---------------------------------------------------------------- review

/**
 * What a person decided about a difference; an entry of decisions.json.
 *
 * A doubt is decided as a substitution: `reference` is its word, `hypothesis` what the second look reads.
 *
 * `transcript` found the transcript wrong: the OCR's reading is taken into it. `both` puts `reading` there. All other
 * verdicts leave the transcript as it is. The texts of the difference let it be found again where its id is no more.
 */
export interface Decision extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after'> {
  readonly document: string
  /** Id of its page; null where it lies on none. */
  readonly page: string | null
  readonly verdict: LedgerVerdict
  /** What a person read on the scan, for `both`; null for every other verdict. */
  readonly reading: string | null
  /** Causes, as in `stamp` or `faded`; sorted, each once. */
  readonly tags: readonly string[]
  /** Empty for none. */
  readonly note: string
  readonly author: string
  /** As in `2026-11-22`. */
  readonly date: string
}

/** The file decisions.json: in the order in which they were made, one a difference and author. */
export interface DecisionFile {
  readonly schemaVersion: 1
  readonly decisions: readonly Decision[]
}

/**
 * What became of a decision. `written`: transcript or ledger changed, or would; `unchanged`: both say so already;
 * `refused`: neither was touched, and `reason` says why.
 */
export type DecisionStatus = 'written' | 'unchanged' | 'refused'

export interface DecisionOutcome {
  readonly document: string
  /** Of the difference, as it was asked for. */
  readonly id: string
  readonly status: DecisionStatus
  /** Null where it was not refused. */
  readonly reason: string | null
  /** What changes in the transcript, as a unified patch; empty for nothing. */
  readonly diff: string
}

/** A difference on which people decided otherwise. */
export interface Disagreement {
  readonly document: string
  /** Of the difference. */
  readonly id: string
  /** At least two, in the order they were met. */
  readonly decisions: readonly Decision[]
}

/** Text of the scan where the transcript says that it does not tell. */
export interface ReadGap {
  /** The mark, as in `[illegible]`. */
  readonly mark: string
  /** What was read there; empty where nothing was. */
  readonly hypothesis: string
  readonly transcript: Point | null
}

/** A block that stands on one side only, or elsewhere. */
export interface Block {
  readonly kind: 'extra' | 'missing' | 'moved'
  readonly text: string
  readonly words: number
  readonly characters: number
  /** Where it begins; null for one that stands on the scan only. */
  readonly transcript: Point | null
  /** Where it was read; null for one that was not. */
  readonly page: string | null
}

/** What the edits of a rule did to the errors. */
export interface RuleEffect {
  readonly ruleId: string
  readonly edits: number
  /** Errors that its edits removed, and errors that its edits made. */
  readonly repaired: number
  readonly damaged: number
}

/** What was read for what, as a whole: `m` read as `rn` is one confusion of two errors. */
export interface Confusion {
  /** Empty where the hypothesis has more. */
  readonly reference: string
  /** Empty where the reference has more. */
  readonly hypothesis: string
  readonly times: number
  /** Errors of all of them together. */
  readonly errors: number
}

/** What the errors of a document are made of. */
export interface Makeup {
  readonly gaps: readonly ReadGap[]
  readonly blocks: readonly Block[]
  /** Clean characters without the blocks, moved ones put where the transcript has them. */
  readonly withoutBlocks: Rate
  readonly rules: readonly RuleEffect[]
  /** The costliest first, fifty at most. */
  readonly confusions: readonly Confusion[]
}

/** Differences of a document in which the same was read for the same: every `m` that was read as `rn`. */
export interface Series extends Confusion {
  /** Ids; a difference may be in several series. */
  readonly differences: readonly string[]
}

/** A word that is the same on both sides although the engine was not sure of it: both may be wrong. */
export interface UnsureWord {
  /** As read. */
  readonly text: string
  /** In `Normalized.clean`. */
  readonly cleanSpan: Span
  readonly page: string
  readonly box: Box
  readonly confidence: number
}

/** What a review of a page would gain. */
export interface PageGain {
  readonly page: string
  /** Places where the transcript is expected to be wrong: the sum of the probabilities of its differences. */
  readonly expected: number
}

/** What a reviewer of a document looks at besides its differences. */
export interface DocumentReview {
  /** One a page, in their order. */
  readonly gains: readonly PageGain[]
  /** The longest first. */
  readonly series: readonly Series[]
  /** In the order of the text. */
  readonly unsure: readonly UnsureWord[]
}

/** Words of like confidence: how sure the engine was of them, and how many were right. */
export interface ReliabilityBin {
  /** Confidence from and to, 0 to 1. */
  readonly from: number
  readonly to: number
  readonly words: number
  /** Mean confidence and share of right words; undefined where there is no word. */
  readonly confidence: Measured
  readonly accuracy: Measured
}

/** How far confidence can be taken at its word. */
export interface Calibration {
  readonly bins: readonly ReliabilityBin[]
  /** ECE: mean over words of |accuracy - confidence| of their bin. */
  readonly expectedError: Measured
  /** MCE: the greatest |accuracy - confidence| of a bin. */
  readonly greatestError: Measured
}

/** A step of the review: so many words looked at, so many wrong ones caught. */
export interface EffortStep {
  /** Words up to this confidence have been looked at. */
  readonly confidence: number
  /** Share of all words. */
  readonly looked: number
  /** Share of the wrong words. */
  readonly caught: number
}

/** What a reviewer gains who looks at the least sure words first. */
export interface Effort {
  /** Ascending; words of one confidence are one step. Empty where nothing is wrong. */
  readonly steps: readonly EffortStep[]
  /** Area under the curve: 0.5 where confidence says nothing, near 1 where all wrong words come first. */
  readonly area: Measured
}

/** What a reviewer of the whole corpus wants to know first; of the words of all documents that were compared. */
export interface CorpusReview {
  /** The costliest first, two hundred at most. */
  readonly confusions: readonly Confusion[]
  readonly calibration: Calibration
  /** Confidence in whole percent. */
  readonly effort: Effort
}

/** The single source of every output format. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: {readonly name: 'scanproof'; readonly version: string}
  readonly engine: EngineIdentity
  /** What of the configuration can change a number. */
  readonly config: {
    readonly equality: string
    readonly equivalences: Readonly<Record<string, string>>
    readonly profile: string
    readonly disabledRules: readonly string[]
    /** What the settings say of the cleanup: families, ids of own rules, own words; left out in reports of older versions. */
    readonly cleanup?:
      | {
          readonly families: Readonly<Record<string, 'strip' | 'note' | 'keep'>>
          readonly rules: readonly string[]
          readonly words: readonly string[]
        }
      | undefined
    readonly maxCharacterErrorRate: number | null
  }
  readonly totals: Totals
  /** Null where nothing was compared. */
  readonly review: CorpusReview | null
  readonly documents: readonly DocumentReport[]
  /** Of the corpus as a whole. */
  readonly findings: readonly Finding[]
  readonly verdict: Verdict
}

// ---------------------------------------------------------------- comparing two texts

/** A number, or why there is none: an undefined rate is never 0, NaN or Infinity. */
export type Measured = {readonly value: number; readonly reason: null} | {readonly value: null; readonly reason: string}

/** Numbers by name, grouped; docs/metrics.md has the meaning of each. A `Measured` is a rate, a bare number a count. */
export interface Numbers {
  readonly [name: string]: Measured | number | string | boolean | null | Numbers | readonly (Numbers | string)[]
}

/** Two texts held against each other, without OCR or cleanup. */
export interface TextComparison {
  /** File names as given. */
  readonly reference: string
  readonly hypothesis: string
  readonly equality: string
  /** False where a distance is not proven least. */
  readonly exact: boolean
  readonly character: Rate
  readonly word: Rate
  /** Every other number, by the name that docs/metrics.md gives it. */
  readonly numbers: Numbers
  readonly differences: readonly TextDifference[]
}

/** A difference with its place in both files. */
export interface TextDifference
  extends Pick<Difference, 'id' | 'kind' | 'reference' | 'hypothesis' | 'before' | 'after' | 'characters'> {
  readonly referencePoint: Point
  readonly hypothesisPoint: Point
}

/** Files of two folders held against each other, in pairs of one name. */
export interface FolderComparison {
  readonly reference: string
  readonly hypothesis: string
  readonly equality: string
  readonly exact: boolean
  /** Of the summed counts. */
  readonly character: Rate
  readonly word: Rate
  /** How the rates are spread over the files, and their intervals. */
  readonly numbers: Numbers
  /** In natural order of names. */
  readonly files: readonly TextComparison[]
  /** What has no partner, and what seems to belong to another. */
  readonly findings: readonly Finding[]
}

/**
 * What became of a place between two readings of the same transcript: `fixed` was wrong and is right, `broken` was right and is wrong,
 * `still-wrong` reads the same as before, `newly-wrong` was wrong and reads otherwise now.
 */
export type ChangeState = 'fixed' | 'broken' | 'still-wrong' | 'newly-wrong'

/** A place where the old or the new reading differs from the transcript. */
export interface TextChange {
  readonly state: ChangeState
  readonly point: Point
  readonly reference: string
  readonly old: string
  readonly new: string
  readonly before: string
  readonly after: string
  /** Character errors of either reading here. */
  readonly oldErrors: number
  readonly newErrors: number
}

/** Two readings held against one transcript. */
export interface ReadingsComparison {
  readonly reference: string
  readonly old: string
  readonly new: string
  readonly equality: string
  readonly exact: boolean
  readonly oldCharacter: Rate
  readonly newCharacter: Rate
  readonly places: Readonly<Record<ChangeState, number>>
  readonly changes: readonly TextChange[]
}
