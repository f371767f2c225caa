import type {DocumentView, Line} from '../document.ts'
import type {Evidence, Found, MarkingRule} from '../rule.ts'

/** Marks by which an edition or an export says that a page ends. */
export const stripPageMark: MarkingRule = {
  kind: 'marking',
  id: 'strip-page-mark',
  family: 'page-mark',
  summary: 'Strip page marks of editions and exports: [end p1], [Page 529], ## Page 33 and the rule before it.',
  why: 'Text from an edition or an export says where its pages end, often in the middle of a sentence.',
  source:
    'Transcripts of the Thatcher Foundation and the Office of the Historian; exports of declassified files as Markdown.',
  find: document => document.lines.flatMap(line => [...wholeMark(line, document), ...markInLine(line)]),
  examples: [
    {
      name: 'a mark in an export',
      before:
        'factory, but it does explain his career better than the charge\n---\n## Page 2\nthat he was an agent from the beginning.',
      after: 'factory, but it does explain his career better than the charge that he was an agent from the beginning.',
    },
    {
      name: 'a mark in a sentence',
      before: 'We are filled with hope [Page 529] that the talks will go on. [end p1]',
      after: 'We are filled with hope that the talks will go on.',
    },
    {
      name: 'a note of the edition',
      before: 'I look forward to it.\n\n[Document not marked for action in any way]',
      after: 'I look forward to it.',
    },
    {
      name: 'a page in a sentence',
      before: 'See page 529 of the report.\n\n---\n\nHe left.',
      after: 'See page 529 of the report.\n\n---\n\nHe left.',
    },
  ],
}

const bracketed =
  /\[(?:end (?:of )?p(?:age|g)?\.?\s?\d{1,4}|pages?\s\d{1,5}(?:[-–]\d{1,5})?|p\.?\s?\d{1,4}|fo(?:lio)?\.?\s?\d{1,4}[rv]?|page break)\]/giu
const heading =
  /^(?:#{1,6}\s?Page\s\d{1,5}|={3,}\s?Page\s?\d{1,5}\s?={0,20}|-{3,}\s?Page\s?\d{1,5}\s?-{0,20}|<!--\s?page(?:\s?break)?[^>]{0,20}-->)$/iu
/** `[document not marked for action in any way]`: what an edition says of the paper. */
const editorsNote =
  /^\[(?:this\s)?(?:document|letter|minute|telegram|paper|copy)\s(?:is\s)?(?:not\s|un)(?:marked|initialled|signed|dated|annotated)\b[^\][]{0,60}\]\.?$/iu
const ruleLine = /^(?:-{3,}|\*{3,}|_{3,}|={3,})$/u

function wholeMark(line: Line, document: DocumentView): readonly Found[] {
  if (heading.test(line.text))
    return [found(line, line.start, line.end, true, {kind: 'form', score: 4, reason: 'is a page mark of an export'})]
  if (editorsNote.test(line.text)) {
    return [found(line, line.start, line.end, true, {kind: 'form', score: 4, reason: 'is a note of an edition'})]
  }
  if (line.text.replace(bracketed, '').trim() === '') {
    return [found(line, line.start, line.end, true, {kind: 'form', score: 4, reason: 'is a page mark of an edition'})]
  }
  if (ruleLine.test(line.text)) {
    if (heading.test(document.lines[line.index + 1]?.text ?? '')) {
      return [
        found(line, line.start, line.end, true, {kind: 'form', score: 4, reason: 'is the rule before a page mark'}),
      ]
    }
    return [
      found(line, line.start, line.end, true, {
        kind: 'form',
        score: 1,
        reason: 'is a rule, as exports set between pages',
      }),
    ]
  }
  return []
}

function markInLine(line: Line): readonly Found[] {
  if (line.text.length > 5000 || line.text.replace(bracketed, '').trim() === '') return []
  return [...line.text.matchAll(bracketed)].map(match => {
    const start = line.start + match.index
    return found(line, start, start + match[0].length, false, {
      kind: 'form',
      score: 4,
      reason: 'is a page mark of an edition',
    })
  })
}

function found(line: Line, start: number, end: number, wholeLine: boolean, evidence: Evidence): Found {
  return {
    action: 'strip',
    span: {start, end},
    line: line.index,
    wholeLine,
    replacement: '',
    repeats: null,
    evidence: [evidence],
  }
}
