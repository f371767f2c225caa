import type {DocumentNotation} from './fixture.ts'

const thatcher: DocumentNotation = {
  id: '1984-11-22-reagan-to-thatcher',
  title: 'Ronald Reagan to Margaret Thatcher, 22 November 1984',
  pages: [
    {
      name: '1',
      regions: [{kind: 'stamp', box: {x: 760, y: 120, width: 380, height: 120}, score: 0.93, text: 'DECLASSIFIED'}],
      text: `{strip classification-banner SECRET}

November 22, 1984

Dear Margaret:

As you know, we have sought to bring greater stability to our relations with the Soviet Union, and as part of that, to resume a serious arms control dialogue with [them./thern.|ocr|rn for m, the commonest confusion of this corpus; \`thern\` is in no word list] This was the purpose of my inviting Soviet Foreign Minister [Gromyko/Gromyke|ocr|\`Gromyko\` stands 4 times elsewhere in the letter] to meet with me at the White House in September and the subject of a number of letters I have exchanged with Soviet Chairman Chernenko.

{strip declassification-stamp DECLASSIFIED/Released NLS MR 2000-004 #5}

I'm pleased to be able to report to you that the Soviet side has now indicated to us that they are ready to enter into new negotiations with the objective of reaching mutually acceptable agreements on the whole range of questions concerning nuclear and outer space arms. The Soviets have proposed a meeting [be held between/|ocr|the line lies under the stamp; nothing was read there] Foreign Minister Gromyko and Secretary of State Shultz in the first half of January to reach a common understanding as to the subject and objectives of these negotiations. We told the Soviets that Secretary Shultz would be pleased to meet with Mr. Gromyko. The date and venue for such talks have now been agreed through diplomatic channels. A brief statement will be issued November [22nd/22d|transcript|22d is read with 94 % confidence; letters of 1984 write 22d] announcing that our two governments have agreed to enter into new negotiations and that our two Foreign Ministers will meet in Geneva on January 7 and 8, [1985./l985.]

{flag page-number 1}`,
    },
    {
      name: '2',
      text: `{strip classification-banner SECRET}

I'm sure that you will be as pleased at this news as I am to be informing you of it. The strength and solidarity of the West is one of the reasons the Soviets have now decided to return to the negotiating table. I recognize that what we have achieved is not an end to itself. We are renewing the difficult process of negotiating verifiable arms control agreements with the Soviet Union. For our part, we will be prepared to discuss all arms control topics, including strategic and [intermediate-range/interrnediate-range|ocr|rn for m] nuclear systems and outer space.

As we resume the negotiating process, I want to assure you that we will continue to pay the closest attention to the security interests of our friends and allies, particularly on the subject of INF. [/' .] The Secretary of State will be prepared to consult on these questions at the meeting of the North Atlantic Council in Brussels next month.

I pledge to you today my unswerving dedication to reaching agreements which will reduce the nuclear threat and enhance the security of all our nations. I continue to count on your advice and firm support as we proceed with this vital work.

Sincerely,

[/S//|editorial|signatures are written /S/ by the editors]
Ron

{strip classification-banner SECRET}`,
    },
  ],
}

const gorbachev: DocumentNotation = {
  id: '1985-03-24-gorbachev-to-reagan',
  title: 'Mikhail Gorbachev to Ronald Reagan, 24 March 1985',
  pages: [
    {
      name: '1',
      text: `{strip archive-citation *RR1 Exer Secret. NSC: Head of State File, USSR: Gorbachev, Box. 40*}

Unofficial translation

His Excellency
Ronald W. REAGAN,
The President of the United States of America,
Washington, D.C.

March 24, 1985

Dear Mr. President:

Let me first of all express gratitude for the sympathy shown by you personally on the occasion of a sad event for the Soviet people - the death of K.U. [Chernenko./Chernenk0.|ocr|a digit in a word]

We also appreciate the participation in the mourning rites in Moscow of the Vice-President of the United States Mr. George Bush and the Secretary of State Mr. George Shultz. I think that the conversation we had with them was - though it had to be brief - mutually useful and, one might say, even necessary under the current circumstances.

We value the practice of exchanges of views between the leaders of our two countries on the key issues of Soviet-American relations and the international situation as a [whole./whoie.] In this context I attach great importance to the exchange of letters, which has started between the two of us.

This being the case, the problem, as we understand it, is to give - through joint effort on the level of political leadership - a proper impetus to our relations in the direction the two of us {strip stray-cyrillic Кертоансаи шис лумина лаво}`,
    },
    {
      name: '2',
      text: `are talking about, to translate into the language of concrete policy: the mutually expressed willingness to improve relations, with account taken of the special responsibility borne by our two countries, of the [objective/obiective|ocr|i for j] fact that the Soviet Union and the United States of America are great powers and that relations between them are of decisive importance for the situation in the world in general.

Our countries are different by their social systems, by the ideologies dominant in them. But we believe that this should not be a reason for animosity. Each social system has a right to life, and it should prove its advantages not by force, not by military means, but on the path of peaceful competition with the other system.

{repair broken-word compe-
tition|competition} {strip stray-cyrillic СЕРТИФИКАТ}`,
    },
    {
      name: '3',
      text: '',
      failed:
        'Unexpected end of `scans/1985-03-24-gorbachev-to-reagan/3.png` after 20 kB, expected a whole PNG, copy the file again',
    },
  ],
}

const cyrillic: DocumentNotation = {
  id: 'письма/1985-06-10-о-переговорах',
  title: 'О переговорах в Женеве, 10 июня 1985',
  pages: [
    {
      name: 'лист-1',
      text: `Уважаемый господин Президент,

Нам представляется важным прежде всего начать вести дела таким образом, чтобы и мы сами, и другие видели и чувствовали, что обе страны стремятся не к углублению [разногласий,/разногласнй,|ocr|н вместо и] а к оживлению обстановки и спокойному, мирному развитию. Это помогло бы создать атмосферу большего [доверия/довория] между нашими странами.

С уважением,
М. Горбачёв`,
    },
  ],
}

const hebrew: DocumentNotation = {
  id: 'legation/1939-04-04',
  title: 'שלום לכולם',
  exact: false,
  pages: [
    {
      name: '01',
      text: `הממשלה הודיעה כי [השיחות/השיחוח|ocr] יתחילו בקרוב.\n\nThe talks will begin [soon,/soon.] said the [note./note.|unsure]`,
    },
  ],
}

const unpaired: DocumentNotation = {
  id: 'nsdd252',
  title: null,
  hasTranscript: false,
  pages: [
    {
      name: '0001',
      text: `{strip classification-banner TOP SECRET}\n\nNational Security Decision Directive on revised regulations.`,
    },
  ],
}

/** What an enemy could put into titles, file names, transcripts, readings and evidence. */
export const attack = {
  markup: `</script><script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 1"><svg onload=globalThis.hacked=1>`,
  quotes: `" onmouseover="globalThis.hacked = 1" '`,
  link: 'javascript:globalThis.hacked=1',
  terminal: '\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J\r',
  bidi: 'user\u202e nimda\u2066 \u2069',
}

const hostile: DocumentNotation = {
  id: `evil/${attack.bidi}${attack.terminal}<b>${attack.quotes}`,
  title: `${attack.markup}${attack.quotes}`,
  pages: [
    {
      name: `1 ${attack.link}`,
      text: `Text with ${attack.bidi} and ${attack.terminal} and <\u200bb>bold<\u200bb> [<b>one/<i>two|ocr|<svg onload=globalThis.hacked=1>; ${attack.terminal}; ${attack.bidi}] {strip stray <!--<script>globalThis.hacked=1} \u0000 end`,
    },
  ],
}

/** Documents as a corpus has them: good ones, a torn page, other scripts, one without transcript. */
export const letters: readonly DocumentNotation[] = [thatcher, gorbachev, cyrillic, hebrew, unpaired]

export const hostileDocuments: readonly DocumentNotation[] = [hostile, thatcher]

/** A corpus of any size: the same bytes for the same arguments. */
export function manyPages(documents: number, pagesEach: number, differencesEach: number): readonly DocumentNotation[] {
  let state = 1
  const random = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const stock =
    'the of negotiations relations Soviet Union government between which agreement security countries objective we have as to in and that this would'.split(
      ' ',
    )
  return Array.from({length: documents}, (_, document) => ({
    id: `box-${String(document + 1).padStart(3, '0')}`,
    title: `Box ${document + 1}`,
    pages: Array.from({length: pagesEach}, (_, page) => {
      const words = Array.from({length: 330}, () => stock[random(stock.length)]!)
      for (let i = 0; i < differencesEach; i++) {
        const at = Math.floor(((i + 0.5) / differencesEach) * words.length)
        const word = words[at]!
        words[at] = `[${word}/${word.slice(0, -1)}${'rnl1'[random(4)]!}${random(90) + 10}|ocr|a digit in a word]`
      }
      words.splice(0, 0, '{strip classification-banner SECRET}\n\n')
      return {name: String(page + 1), text: words.join(' ')}
    }),
  }))
}
