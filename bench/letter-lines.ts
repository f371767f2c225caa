/**
 * Lines and pages of letters that speak of all that markings are made of: secrets, releases, copies, certificates, file
 * numbers, Russian. Nothing of them may be taken out. Written for this bench; seeded, so that the same seed gives the same.
 */
import {randomFrom} from './generate.ts'

/** Lines by what they are; each may stand in a letter, memorandum, cable or table. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  secrets: [
    'The secret of our success is that we kept talking.',
    'I ask that you keep this letter confidential.',
    'secret. I shall not speak of it again until you write.',
    'confidential exchange of views, and I value it highly.',
    'This is no secret to either of us.',
    'What is secret today will be known tomorrow.',
    'We spoke in secret, and nothing was written down.',
    'marked "Top Secret" and handed to the courier in Vienna',
    'The paper was stamped SECRET in red ink.',
    'they were classified Confidential, later Secret, and at last Top Secret',
    'The Secret Service was told of the visit.',
    'Secretary Shultz and I have talked about your proposals.',
    'General Secretary of the Central Committee',
    'Your confidential letter of October 12 has reached me.',
    'The word CONFIDENTIAL stands on every page of it.',
    'Is it SECRET or only CONFIDENTIAL? I could not tell.',
    'SECRET SERVICE AGENTS RODE IN THE SECOND CAR.',
    'HE GAVE THE SECRET TO NO ONE BUT HIS BROTHER.',
    'THE CONFIDENTIAL TALKS WERE HELD AT THE RESIDENCE.',
    'CONFIDENTIAL SOURCE ADVISED THAT THE MAN HAD LEFT.',
    'It is unclassified, so you may show it to the press.',
    'Restricted areas are closed to travel by both sides.',
    'The restricted list has been cut by half.',
    'sensitive matters should go through the Ambassador',
    'These are sensitive questions for both our peoples.',
    'for your eyes only until I have spoken to Margaret',
    'It was meant for the eyes of the President only.',
    'no foreign nation shall be told before the other',
    'Secret diplomacy has had its day.',
    'An Unclassified Life',
    'The Secret Agent',
    'secrets and lies',
    'Top secret plans are seldom top and never secret.',
  ],
  release: [
    'I was glad to learn of the release of Mr. Daniloff.',
    'The prisoners were released in full view of the press.',
    'released in part because of the letter you wrote',
    'We approved the release of the funds last week.',
    'approved for release by the Director on Tuesday',
    'Press release to follow.',
    'The statement may be released at noon, Washington time.',
    'The documents were declassified in 1986 and read with interest.',
    'declassified only in part, which is a pity',
    'He asked that the record be declassified.',
    'I have no objection to the release of the text.',
    'We have no objection to declassification of the protocol.',
    'The archive has been sanitized, as they say.',
    'an excised copy was sent to the court',
    'The copy was excised by the censor in 1943.',
    'The exemption does not apply to letters of this kind.',
    'Denied. He shall have no visa.',
    'Review of the case is set for the third of May.',
    'We shall review this on Monday.',
    'downgrading and upgrading of relations',
    'The embassy was downgraded to a legation.',
    'reproduction of the map is prohibited by the ministry',
    'Do not reproduce the photograph without asking me.',
    'All information contained herein is as I remember it.',
    'The information contained in this letter is for you alone.',
    'UNDER THE ACT OF 1992 THE RECORDS WERE OPENED.',
    'the assassination records were read by the committee',
    'The act was signed by President Kennedy.',
  ],
  copies: [
    'I enclose a copy of my speech.',
    'Copy to the Ambassador.',
    'Copies to: Mr. Bush, Mr. Shultz, Mr. Weinberger',
    'copy 2 of the treaty is kept in Geneva',
    'please return the copy to me when you have read it',
    'A record copy is in the files of the Department.',
    'Only two copies of this letter exist.',
    'cc: The Vice President',
    'Enclosure: one copy of the draft agreement',
    'Draft of November 3',
    'The original was lost in the flood.',
    'Routing the pipeline through the north is cheaper.',
    'File this with the letters from Bonn.',
    'Index of names at the end of the volume',
    'The form was filled in by hand.',
    'Form 1040 is the one you need.',
    'Reference: your letter of 4 March',
    'Distribution of wheat began in the spring.',
    'Limited distribution of food was allowed.',
    'Restrictions on trade were lifted.',
    'Current status of the talks: no change.',
    'Agency heads will meet at ten.',
    'Originator of the plan was Mr. Nitze.',
    'deferred until the autumn',
    'Destroy after reading, he wrote, but I kept it.',
  ],
  certificates: [
    'The certificate was issued in Kiev in 1951.',
    'He has the authority to sign for the ministry.',
    'By authority of the Supreme Soviet',
    'birth certificate no. 4415, issued at Riga',
    'Declassification is a slow business.',
    'Authority and duty go together.',
    'Certified to be a true copy of the original, J. Smith, Notary',
    'Certificate of origin is attached.',
  ],
  archives: [
    'The Reagan Library holds the papers of his presidency.',
    'The National Archives in Washington answered at once.',
    'I found it in box 40 of the Gorbachev papers.',
    'in the folder, between two newspapers',
    'Box 7, Ipswich Road, Norwich',
    'P.O. Box 40, Geneva',
    'Please send your answer to Box 1217, Moscow.',
    'record group 59 is the one to ask for',
    'The Kennedy Library wrote to me about the tapes.',
    'File no. 7 was missing.',
    'The head of state filed his protest in March.',
    'Source: The Economist, 4 May 1985',
    'see page 12 of the report',
    'Page 3 of your letter troubles me.',
    'Lot 12 was sold for ten pounds.',
    'series of meetings with officials of the USSR',
    'Meetings with USSR officials will go on.',
  ],
  officials: [
    'Dear Mr. President:',
    'Dear Mr. General Secretary,',
    'Dear Margaret,',
    'Sincerely,',
    'With best wishes,',
    'Yours ever, Ron',
    'Ronald Reagan',
    'M. Gorbachev',
    'MIKHAIL GORBACHEV',
    'MARGARET THATCHER',
    'His Excellency',
    'The Right Honorable Margaret Thatcher, M.P.',
    'General Secretary of the Central Committee of the CPSU',
    'The Kremlin, Moscow',
    '10 Downing Street',
    'October 12, 1985',
    '12 October 1985',
    'By the President',
    'Personal',
    'Personal and private',
    'Enclosure',
    'Enclosures: 2',
    'P.S. Nancy sends her love.',
    'Mr. Tolson called on Tuesday.',
    'J. Callahan',
    'BELMONT HOTEL, NEW YORK',
    '1600 Pennsylvania Avenue, NW',
    'NW 20500',
    'Washington, D.C. 20500',
    'GPO Box 12, London NW3',
    'RMM/sn',
    'HAK:jms',
    'Attachment: Tab A',
    'Tab 2',
  ],
  headings: [
    'CURRENT STATUS',
    'Current Status',
    'UNAUTHORIZED DISCLOSURE',
    'Unauthorized Disclosure of Classified Information',
    'NATIONAL SECURITY INFORMATION',
    'DOWNGRADING AND DECLASSIFICATION',
    'Downgrading and Declassification',
    'DECLASSIFICATION AND DOWNGRADING',
    'ORIGINAL CLASSIFICATION',
    'Derivative Classification',
    'CLASSIFICATION AUTHORITY',
    'DECLASSIFICATION AUTHORITY',
    'REVIEW AUTHORITY',
    'Reasons for Classification',
    'LIMITED DISTRIBUTION',
    'DOCUMENT INFORMATION',
    'RECORD NUMBER',
    'HANDLING RESTRICTIONS',
    'INCOMING MESSAGE',
    'OUTGOING TELEGRAM',
    'INTERNAL USE ONLY',
    'I. Introduction',
    'II. THE SECRET PROTOCOLS',
    'III. Release of Prisoners',
    'A. Confidential Channels',
    'Section 1.4(b) of the Order',
    'SECTION 4. PUBLIC RELEASE',
    'Summary and Conclusions',
    'BACKGROUND',
    'DISCUSSION',
    'RECOMMENDATION',
    'Annex B: Heavy Bombers',
    'TABLE 3. WARHEADS BY YEAR',
    'Note',
    'Memorandum of Conversation',
    'PARTICIPANTS',
    'Index',
    'Appendix A',
  ],
  numbered: [
    '1. The sides shall meet twice a year.',
    '(a) Each side may inspect the other.',
    '(b) (3) lists the exceptions.',
    '(b)(1) The first of them is peace.',
    '1.4(c)',
    '1.4 (a) The parties agree to the following:',
    '3.3 (b) No stamp shall be put on it.',
    'Article 3',
    'Article VI',
    '18 U.S.C. 793',
    '50 U.S.C. 403',
    '§ 4',
    '7.',
    '12.',
    '(iv)',
    'B1 and B2 rooms are free.',
    'B-1 B-52 FB-111',
    'SS-18 SS-19 SS-20',
    'MIG-21 MIG-23 SU-24',
    'SS-20 SS-22 SS-23 441',
    '1,398   1,600   2,400',
    '1981 1982 1983 1984 1985',
    '130',
    '1985',
    '4.7 %',
    '$ 3.2 billion',
    '12345678-9',
    'Tel. 202-456-1414',
    'Account no. 4711-08-15',
    'Case no. 12 was heard in May.',
    'in case no 5 arrives in time',
    'Flight 007',
    'N/A',
    '2. Date by which all shall be destroyed: 1 May 1991',
    'By 1 May, the date by which they must leave,',
    'Reason 3. The weather.',
    'on 12 May 1990 we shall declassify on the spot',
    'Group 1 will leave first.',
    'Group 1: tanks. Group 2: guns.',
    'C. 12 tanks',
    'U 235 and U 238',
    '(C) carbon, (S) sulphur, (U) uranium',
    'E. O. Wilson wrote 13526 words on ants.',
    'System II was switched off.',
    'Copy 4 tapes and send them to me.',
  ],
  quotations: [
    '"Trust, but verify," as you know I like to say.',
    '“SECRET,” said the stamp, and nobody believed it.',
    '«Секретно» stood on the envelope.',
    "'Confidential' is a word for newspapers.",
    'To be, or not to be: that is the question',
    'Two roads diverged, and I took neither.',
    'O Captain! my Captain! our fearful trip is done,',
    'Freude, schöner Götterfunken, Tochter aus Elysium',
    'Liberté, égalité, fraternité',
    'Das Gespräch war vertraulich und bleibt geheim.',
    'Nessun dorma! Nessun dorma!',
    'Gloria in excelsis Deo',
    'Doveryai, no proveryai',
    'Khorosho, skazal on, i ushel.',
    'Pravda, sovershenno sekretno, po-russki',
  ],
  russian: [
    'Доверяй, но проверяй.',
    'Уважаемый господин Президент!',
    'Ваше письмо от 12 октября я получил.',
    'Он сказал, что это секретно, и замолчал.',
    'На папке стояло: «Совершенно секретно».',
    'сертификат был выдан в Москве в 1951 году',
    'Этот сертификат подписал министр.',
    'Копия письма хранится в архиве.',
    'Копию прилагаю.',
    'Подлинник утерян.',
    'Я помню чудное мгновенье:',
    'Передо мной явилась ты,',
    'Мороз и солнце; день чудесный!',
    'На берегу пустынных волн',
    'Умом Россию не понять,',
    'Аршином общим не измерить',
    'Перестройка и гласность',
    'Михаил Сергеевич Горбачев',
    'М. С. Горбачев',
    'Раиса Максимовна',
    'Эдуард Амвросиевич Шеварднадзе',
    'Москва, Кремль',
    'ул. Горького, д. 5, кв. 12',
    'С уважением,',
    'Ваш М. Горбачев',
    'Ленинград, 5 мая 1986 г.',
    'По вопросу о ракетах средней дальности',
    'экземпляр газеты',
    'Особая папка лежала на столе.',
    'Пункт 3. О сокращении вооружений',
    'Повестка дня заседания',
    '№ 5',
    'Дело № 12',
    'Чингиз Айтматов, «Плаха»',
  ],
  mixed: [
    'He signed it «Миша», as he does among friends.',
    'The word «рот» means mouth, and «сор» means litter.',
    'We drank to мир и дружба.',
    'The ship «Аврора» lies in Leningrad.',
    'They call it гласность; we call it openness.',
    'The poster said СССР in red letters.',
    'Сахаров, the physicist, is back in Moscow.',
    'The sign on the door read СЕКРЕТАРЬ.',
  ],
  cables: [
    'FM AMEMBASSY MOSCOW',
    'TO SECSTATE WASHDC IMMEDIATE 4711',
    'SUBJECT: SECRET TALKS ON RELEASE OF PRISONERS',
    'SUBJ: DECLASSIFICATION OF THE 1945 PROTOCOLS',
    'TAGS: PARM, PREL, UR',
    '1. C - ENTIRE TEXT.',
    '2. THE MINISTER SAID THAT THE TALKS WERE CONFIDENTIAL.',
    'CONFIDENTIAL. HE ADDED THAT THE SECRET WAS SAFE.',
    'ACTION REQUESTED: PLEASE ADVISE BY 12 MAY.',
    'INFO ON THE SS-20 WAS PASSED TO THE ALLIES.',
    'EYES ONLY WAS THE RULE, AND IT WAS BROKEN.',
    'COMMENT: HE DID NOT SEEM TO MIND.',
    'END TEXT.',
    'PAGE THREE OF THE NOTE WAS MISSING.',
    'R 051440Z MAR 79',
    'ROUTING OF THE NOTE THROUGH VIENNA IS DISCOURAGED.',
    'NO DISTRIBUTION OF THE PAPER WAS MADE.',
    'WESTERN SECTION OF THE CITY IS CLOSED.',
  ],
}

const subjects = [
  'The letter',
  'This report',
  'Your memorandum',
  'The treaty text',
  'His paper',
  'The protocol',
  'Each copy',
  'The cable',
]
const verbs = [
  'was classified',
  'is marked',
  'has been declassified as',
  'remained',
  'was kept',
  'should stay',
  'was stamped',
  'was released as',
  'is still called',
]
const grades = [
  'secret',
  'confidential',
  'SECRET',
  'CONFIDENTIAL',
  'Top Secret',
  'unclassified',
  'restricted',
  'sensitive',
  'eyes only',
  'for official use only',
]
const ends = [
  'by the ministry.',
  'until the talks were over.',
  'because of its sources.',
  'in the archives of both sides,',
  'when the Ambassador saw it.',
  'and nobody objected.',
  'as of May 1, 1986.',
  'under Executive Order 12356.',
]
const openings = [
  'As you know,',
  'I must add that',
  'They told me that',
  'It is said that',
  'Nancy thinks that',
  'IT IS REPORTED THAT',
  'We learned on May 3 that',
]

/** Sentences that name a grade, a release or a copy, by the hundred. */
function composed(random: () => number, count: number): readonly string[] {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  return Array.from({length: count}, () => {
    const sentence = `${pick(subjects)} ${pick(verbs)} ${pick(grades)} ${pick(ends)}`
    const roll = random()
    if (roll < 0.3) return `${pick(openings)} ${sentence[0]!.toLowerCase()}${sentence.slice(1)}`
    if (roll < 0.45) return sentence.toUpperCase()
    // Cut as a line end cuts it.
    if (roll < 0.7) {
      const words = sentence.split(' ')
      const from = Math.floor(random() * 3)
      return words.slice(from, words.length - Math.floor(random() * 2)).join(' ')
    }
    return sentence
  })
}

/** Every line, with its kind; `count` of them composed by the seed. */
export function letterLines(seed: number, count: number): readonly {readonly kind: string; readonly text: string}[] {
  return [
    ...Object.entries(fixed).flatMap(([kind, lines]) => lines.map(text => ({kind, text}))),
    ...composed(randomFrom(seed), count).map(text => ({kind: 'composed', text})),
  ]
}

/**
 * A letter without a marking: pages of paragraphs in which these lines stand, under headings, in lists and tables, at page
 * tops and bottoms as well.
 *
 * @param prose
 *   Running text, as lines.
 */
export function letterPages(seed: number, prose: readonly string[]): readonly string[] {
  const random = randomFrom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const lines = letterLines(seed, 40).map(({text}) => text)
  const sentences = prose.join(' ').match(/[^.?!]+[.?!]+/g) ?? []
  const running = () => {
    const from = Math.floor(random() * (sentences.length - 4))
    const count = 1 + Math.floor(random() * 3)
    return sentences
      .slice(from, from + count)
      .join('')
      .trim()
      .replace(/(.{50,64}) /g, '$1\n')
      .split('\n')
  }
  const parts = [
    () => [pick(fixed.headings!), ''],
    () => [...running(), pick(lines), ''],
    () => [...running(), ''],
    () => [pick(lines), ...running(), ''],
    () => [...Array.from({length: 3 + Math.floor(random() * 3)}, (_, index) => `${index + 1}. ${pick(lines)}`), ''],
    () => [
      ...Array.from(
        {length: 3},
        () =>
          `${pick(['SS-18', 'SS-19', 'Tu-95', 'B-1B', 'Trident'])}  ${Math.floor(random() * 900)}  ${Math.floor(random() * 90)} %`,
      ),
      '',
    ],
    () => [pick(fixed.russian!), pick(fixed.russian!), ''],
    () => [pick(fixed.quotations!), ''],
    () => [pick(lines), ''],
  ]
  const pages = 1 + Math.floor(random() * 4)
  return Array.from({length: pages}, (_, page) => {
    const body = Array.from({length: 5 + Math.floor(random() * 5)}, () => pick(parts)()).flat()
    const head = page === 0 ? ['Dear Mr. President:', ''] : []
    const close =
      page === pages - 1
        ? ['Sincerely,', '', pick(['Ronald Reagan', 'M. Gorbachev', 'MARGARET THATCHER', 'CALLAHAN'])]
        : []
    return [...head, ...body, ...close].join('\n').replace(/\n+$/, '')
  })
}

/** Markings of several kinds, as they stand above and below a letter. */
const heads: readonly (readonly string[])[] = [
  ['SECRET'],
  ['CONFIDENTIAL'],
  ['UNCLASSIFIED'],
  ['SEGRET'],
  ['SECRET/SENSITIVE', 'EYES ONLY'],
  ['TOP SECRET', 'NODIS'],
  ['NLS MR 2000-004 #5', 'DECLASSIFIED/Released'],
  ['SECRET', '', 'Approved For Release 2003/09/10 : CIA-RDP96-00788R001700210016-5'],
  ['UNCLASSIFIED U.S. Department of State Case No. F-2016-07895 Doc No. C06131108 Date: 10/20/2016'],
  ['NW 50955 DocId:32423532 Page 15'],
  ['DECLASSIFIED', 'Authority NND 841508', 'By JB NARA Date 9/19/80'],
  ['СЕКРЕТНО', 'Экз. № 1'],
  ['GROUP 1', 'Excluded from automatic', 'downgrading and', 'declassification'],
  ['AGENCY INFORMATION', 'RECORD NUMBER : 144-10001-10276'],
]

/** The pages of a letter with markings above and below, set apart by a blank line; the same ones on most pages. */
export function markedPages(seed: number, pages: readonly string[]): readonly string[] {
  const random = randomFrom(seed)
  const pick = (): readonly string[] => heads[Math.floor(random() * heads.length)]!
  const [top, bottom] = [pick(), pick()]
  return pages.map(page =>
    [...(random() < 0.3 ? pick() : top), '', page, '', ...(random() < 0.3 ? pick() : bottom)].join('\n'),
  )
}
