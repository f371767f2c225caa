import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'
import {visit} from 'unist-util-visit'
import {describe, expect, test} from 'vitest'
import {commentBytes, renderMarkdown, summaryBytes} from '../../src/report/markdown.ts'
import {checkOf, failing, hostile, manyFailing, passed, population} from './checks.ts'

const comment = {base: '', maxBytes: commentBytes}

describe('renderMarkdown', () => {
  test('figures, then each judgement with both sides and the command', () => {
    expect(renderMarkdown(failing, comment)).toMatchInlineSnapshot(`
      "<!-- scanproof:check -->
      ### Transcripts incomplete: 2 regressions, 1 not judged, 1 improvement not banked

      | documents | unchanged | pages | clean CER | rise | accepted differences |
      |--:|--:|--:|--:|--:|--:|
      | 2 | 1 | 3 | 1.00 % | – | 43 |

      Changed since the ledger: transcript (2 pages).

      - **regression** \`transcripts/letter.md:12:5\`, page \`letter/1\`
        \`\`\`text
        Unexpected \`modem\` in the transcript, expected \`modern\`, as the scan was read
        \`\`\`
        \`\`\`diff
        - transcript: in the modem world of
        + scan:       in the modern world of
        \`\`\`
        \`\`\`sh
        # Mend the transcript if it is wrong, or accept the difference:
        scanproof accept letter#1:0123456789abcdef --reason "..."
        \`\`\`
      - **regression** \`letter\`
        \`\`\`text
        Unexpected maxCharacterErrorRate of \`letter\`: 0.031, expected <= 0.02
        \`\`\`
        \`\`\`sh
        # Look at what differs and mend it, or set another limit in scanproof.config.json:
        scanproof run letter
        \`\`\`
      - **unjudged** \`transcripts/memo.md\`, page \`memo/2\`
        \`\`\`text
        Expected page \`memo/2\`, as in \`ledger/memo.json\`, found no scan of it
        \`\`\`
        \`\`\`sh
        # Put the scan back; if the page is meant to go, accept the document without it:
        scanproof accept memo --reason "..."
        \`\`\`
      - improvement \`transcripts/letter.md:20:3\`, page \`letter/2\`
        \`\`\`text
        Expected the accepted difference, found both the same
        \`\`\`
        \`\`\`diff
        - transcript: as a whole. In this
        + scan:       as a whoie. In this
        \`\`\`
        \`\`\`sh
        # Bank it, so that it cannot come back unseen:
        scanproof accept --improved
        \`\`\`
      - note \`transcripts/letter.md:12:5\`
        \`\`\`text
        Edited unseen
        \`\`\`
        \`\`\`sh
        # Mend the transcript if it is wrong, or accept the difference:
        scanproof accept letter#1:0123456789abcdef --reason "..."
        \`\`\`
      "
    `)
  })

  test('the first line is the mark by which a bot finds its comment', () => {
    expect(renderMarkdown(passed, comment).split('\n')[0]).toBe('<!-- scanproof:check -->')
  })

  test('statistics with interval and p', () => {
    const text = renderMarkdown(checkOf({status: 'failed', judgements: [], gate: {population}}), comment)
    expect(text).toContain('+0.21 pt [+0.02 pt, +0.44 pt]')
    expect(text).toContain('**regressed** (p = 0.0183, sign-flip); 27 pages worse, 4 better')
    expect(text).toContain('| `letter/2` | 9 | 40 |')
  })

  test.each([
    ['a comment', commentBytes],
    ['a job summary', summaryBytes],
  ])('10,000 failing pages fit into %s, and what is left out is said', (_, maxBytes) => {
    const text = renderMarkdown(manyFailing(10_000, 'ü'.repeat(100)), {base: '', maxBytes})
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes)
    expect(Buffer.byteLength(text)).toBeGreaterThan(maxBytes * 0.9)
    expect(text).toMatch(/\*\*[\d,]+ judgements left out for want of room\.\*\*/)
    expect(text).toContain('box-0/0')
  })

  test('hostile text stands in code only', () => {
    const tree = unified().use(remarkParse).use(remarkGfm).parse(renderMarkdown(hostile, comment))
    const code: string[] = []
    visit(tree, node => {
      if (node.type === 'code' || node.type === 'inlineCode') code.push(node.value)
      else if ('value' in node) expect(node.value).not.toMatch(/EVIL|injected|alert/)
      expect(['link', 'image', 'linkReference', 'footnoteReference', 'definition']).not.toContain(node.type)
    })
    expect(code.filter(text => text.includes('EVIL')).length).toBeGreaterThan(4)
    expect(code.join('\n')).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
  })
})
