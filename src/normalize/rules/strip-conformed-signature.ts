import type {Line} from '../document.ts'
import {type Found, type MarkingRule, stripLine} from '../rule.ts'

/** `/S/` where the original is signed; part of the letter unless a profile says otherwise. */
export const stripConformedSignature: MarkingRule = {
  kind: 'marking',
  id: 'strip-conformed-signature',
  family: 'conformed-signature',
  summary: 'Strip /S/, the sign that the original is signed; the profile `letter` keeps it.',
  why: 'A copy says `/S/` where the original bears a signature. It is text of the copy; some editions leave it out.',
  source: 'Reagan to Thatcher, 22 November 1984; editing practice of the Office of the Historian.',
  find: document => document.lines.flatMap(signature),
  examples: [
    {name: 'above the name', before: 'Sincerely,\n\n/S/\nRon', after: 'Sincerely,\n\nRon'},
    {name: 'in a path', before: 'The file is kept under A/S/7.', after: 'The file is kept under A/S/7.'},
  ],
}

function signature(line: Line): readonly Found[] {
  if (!/^(?:\/s\/|\[signed\]|\(signed\)|\(Sgd\.?\)|\[s\])$/iu.test(line.text)) return []
  return [stripLine(line, [{kind: 'form', score: 4, reason: 'says that the original is signed'}])]
}
