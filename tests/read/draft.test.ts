import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {draftTranscript} from '../../src/read/draft.ts'
import {parseTranscript} from '../../src/read/transcript.ts'

const folded = (text: string) => text.replace(/\s+/g, ' ').trim()

function readBack(source: string) {
  return parseTranscript(new TextEncoder().encode(source), 'transcripts/letter.md', 'letter').transcript
}

describe('a draft reads as the text it was made from', () => {
  test.each([
    ['emphasis and links', '*RR1* _Exer_ [Secret](NSC) <b>bold</b>'],
    ['headings and lists', '# 1\n- one\n+ two\n* three\n1. four\n2) five'],
    ['rules and setext underlines', 'Title\n===\nSubtitle\n---\n***'],
    ['entities and escapes', 'AT&amp;T \\* R&D &copy;'],
    ['code and quotes', '`code` > quote\n> not a quote\n    indented'],
    ['tables and strikes', 'a | b\n--|--\n~~c~~'],
    ['pages that end a line', 'one.\n\fTwo'],
    ['pages that end in a sentence', 'the two of us\fare talking'],
  ])('%s', (_, clean) => {
    expect(folded(readBack(draftTranscript(clean, 'letter')).text)).toBe(folded(clean))
  })

  test('for any text of the characters that Markdown knows', () => {
    const piece = fc.constantFrom(
      ...'ab1.)(*_[]<>`#+-=~|&!\\:;"\' \n\f'.split(''),
      'www.x.org',
      'a@b.org',
      '&lt;',
      '<!-- ',
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 30}), pieces => {
        const clean = pieces.join('')
        expect(folded(readBack(draftTranscript(clean, 'letter')).text)).toBe(folded(clean))
      }),
      {seed: 1, numRuns: 2000},
    )
  })
})

test('pages become marks, numbered by the page that begins', () => {
  const {marks} = readBack(draftTranscript('one\n\ftwo\fthree', 'letter'))
  expect(marks.map(({kind, source}) => [kind, source])).toEqual([
    ['page', '<!-- page 2 -->'],
    ['page', '<!-- page 3 -->'],
  ])
})

test('the front matter says that it is a draft, whatever the title', () => {
  const {metadata} = readBack(draftTranscript('text', 'a "title": # with --- all'))
  expect(metadata).toEqual({title: 'a "title": # with --- all', draft: 'true'})
})
