import {describe, expect, test} from 'vitest'
import {type Recognition, UserError} from '../../src/model.ts'
import {readAlto} from '../../src/read/readings/alto.ts'
import {readHocr} from '../../src/read/readings/hocr.ts'
import {readPageXml} from '../../src/read/readings/page-xml.ts'
import {readRecognitionJson} from '../../src/read/readings/recognition-json.ts'
import {readPlainText} from '../../src/read/readings/text.ts'
import {readTsv} from '../../src/read/readings/tsv.ts'

type Reader = (bytes: Uint8Array, name: string) => readonly Recognition[]

/** Pages parted by `\f`, paragraphs by `¶`, lines by `/`, words by blanks. */
function write(pages: readonly Recognition[]): string {
  return pages
    .map(({lines}) =>
      lines
        .map(({paragraphStart, words}, index) => {
          const before = index === 0 ? '' : paragraphStart ? ' ¶ ' : ' / '
          return before + words.map(({text}) => text).join(' ')
        })
        .join(''),
    )
    .join('\f')
}

function read(reader: Reader, source: string): readonly Recognition[] {
  return reader(Buffer.from(source), 'a')
}

describe('hOCR', () => {
  const page = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="de">
 <head><title/><meta name='ocr-system' content='tesseract 5.3.0' /></head>
 <body>
  <div class='ocr_page' id='page_1' title='image "a;bbox 9 9 9 9.png"; bbox 0 0 1533 2448; ppageno 0'>
   <div class='ocr_photo' title='bbox 0 0 9 9'/>
   <div class='ocr_carea' title="bbox 97 145 1532 2364">
    <p class='ocr_par' lang='eng' title="bbox 97 145 1357 639">
     <span class='ocr_line' title="bbox 10 20 110 40; baseline 0.1 -5; x_size 37.4">
      <span class='ocrx_word' title='bbox 10 20 50 40; x_wconf 87'><strong>Dear</strong></span>
      <span class='ocrx_word' title='bbox 60 20 110 40; x_wconf 13'>S&amp;r&nbsp;</span>
     </span>
     <span class='ocr_header' title="bbox 10 50 110 70"><span class='ocrx_word' title='bbox 10 50 110 70; x_confs 90 80'>co\u00ad</span></span>
    </p>
    <p class='ocr_par'><span class='ocr_line' title="bbox 10 80 110 100; textangle 90">two words</span></p>
   </div>
  </div>
  <div class="ocr_page"><div class="ocr_textfloat"><span class="ocr_line">x</span><span class="ocr_line">y</span></div></div>
 </body>
</html>`

  test('gives pages, paragraphs, lines and words', () => {
    expect(write(read(readHocr, page))).toBe('Dear S&r / co- ¶ two words\fx / y')
  })

  test('gives places, angles and confidences', () => {
    const [first, second] = read(readHocr, page)
    expect(first).toMatchObject({
      pageId: 'a/1',
      width: 1533,
      height: 2448,
      confidence: (0.87 + 0.13 + 0.85 + 1 + 1) / 5,
    })
    expect(second).toMatchObject({pageId: 'a/2', width: 0, height: 0})
    const [top, header, turned] = first!.lines
    expect(top!.angle).toBeCloseTo(5.71, 2)
    expect(top!.words[0]).toEqual({text: 'Dear', box: {x: 10, y: 20, width: 40, height: 20}, confidence: 0.87})
    expect(header!.words[0]!.confidence).toBe(0.85)
    expect(turned!.angle).toBe(-90)
    // Nine characters over a hundred pixels.
    expect(turned!.words.map(({box}) => [Math.round(box.x), Math.round(box.width)])).toEqual([
      [10, 33],
      [54, 56],
    ])
  })

  test('says what made it', () => {
    expect(read(readHocr, page)[0]!.engine).toEqual({
      name: 'imported:hocr',
      version: 'tesseract 5.3.0',
      model: 'eng',
      modelSha256: '',
      parameters: {},
    })
  })

  test.each([
    [
      'words without lines',
      '<div class=ocr_page><span class=ocrx_word>a</span> <span class=ocrx_word>b</span></div>',
      'a / b',
    ],
    ['no words and no lines', '<div class=ocr_page>a\nb <i>c</i><script>d</script></div>', 'a / b c'],
    ['no page', '<title>t</title><span class="ocrx_line x">a b</span>', 'a b'],
    ['nothing at all', '', ''],
    ['lone surrogates and control characters', '<span class=ocr_line>a&#xD800; b\u0007c</span>', 'a\ufffd bc'],
    [
      'a void tag in XHTML',
      '<html xmlns="x"><span class="ocr_line">a<br/>b</span><span class="ocr_line"/><span class="ocr_line">c</span></html>',
      'ab / c',
    ],
    ['broken numbers', '<span class=ocr_line title="bbox 1 2 x 4; x_wconf; baseline">a</span>', 'a'],
  ])('%s', (_, source, expected) => {
    expect(write(read(readHocr, source))).toBe(expected)
  })

  test('a file name in quotes is no property', () => {
    const source = `<div class=ocr_page title='bbox 0 0 5 6; image "a;bbox 9 9 9 9.png"'></div>`
    expect(read(readHocr, source)).toMatchObject([{width: 5, height: 6}])
  })

  test('elements nested without end', () => {
    expect(write(read(readHocr, `${'<div>'.repeat(20_000)}a`))).toBe('a')
  })
})

describe('ALTO', () => {
  function alto(lines: string, {unit = 'pixel', version = 4} = {}): string {
    return `<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v${version}#" xmlns:xlink="http://www.w3.org/1999/xlink">
<Description><MeasurementUnit>${unit}</MeasurementUnit><OCRProcessing ID="o"><ocrProcessingStep><processingSoftware>
<softwareName>ABBYY</softwareName><softwareVersion>11</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing></Description>
<Layout><Page WIDTH="1000" HEIGHT="2000" PC="0.7"><TopMargin/><PrintSpace>${lines}</PrintSpace></Page></Layout></alto>`
  }
  const line = (strings: string, attributes = '') =>
    `<TextLine HPOS="1" VPOS="2" WIDTH="30" HEIGHT="4" ${attributes}>${strings}</TextLine>`
  const block = (lines: string, attributes = '') => `<TextBlock LANG="ru" ${attributes}>${lines}</TextBlock>`

  test.each([2, 3, 4])('version %d gives blocks, lines and words', version => {
    const source = `<ComposedBlock>${block(line('<String CONTENT="a"/><SP/><String CONTENT="b"/>') + line('<String CONTENT="c"/>'))}</ComposedBlock>${block(line('<String CONTENT="d e"/>'))}`
    expect(write(read(readAlto, alto(source, {version})))).toBe('a b / c ¶ d e')
  })

  test('gives sizes, places, angles and confidences', () => {
    const strings =
      '<String CONTENT="a" HPOS="1.5" VPOS="2" WIDTH="10" HEIGHT="4" WC="0.5"/><String CONTENT="b" CC="0 9"/><String CONTENT="c" WC="80"/><String CONTENT="d"/>'
    const [page] = read(
      readAlto,
      alto(
        block(line(strings, 'BASELINE="0,10 10,20"') + line('<String CONTENT="e"/>', 'BASELINE="12"'), 'ROTATION="3"'),
      ),
    )
    expect(page).toMatchObject({
      width: 1000,
      height: 2000,
      confidence: 0.7,
      engine: {name: 'imported:alto', version: 'ABBYY 11', model: 'ru'},
      findings: [],
    })
    expect(page!.lines.map(({angle}) => Math.round(angle))).toEqual([45, -3])
    expect(page!.lines[0]!.box).toEqual({x: 1, y: 2, width: 30, height: 4})
    expect(page!.lines[0]!.words[0]!.box).toEqual({x: 1.5, y: 2, width: 10, height: 4})
    expect(page!.lines[0]!.words.map(({confidence}) => confidence)).toEqual([0.5, 0.5, 0.8, 1])
  })

  test.each([
    [
      'the hyphen on the scan',
      '<String CONTENT="pro" SUBS_TYPE="HypPart1" SUBS_CONTENT="provided"/><HYP CONTENT="-"/>',
      'pro-',
    ],
    ['a soft hyphen', '<String CONTENT="pro"/><HYP CONTENT="\u00ad"/>', 'pro-'],
    ['a hyphen without content', '<String CONTENT="pro"/><HYP/>', 'pro-'],
    ['a hyphen that stands there twice', '<String CONTENT="pro-"/><HYP CONTENT="-"/>', 'pro-'],
    [
      'a hyphen without a word',
      '<HYP CONTENT="-"/><String CONTENT="vided" SUBS_TYPE="HypPart2" SUBS_CONTENT="provided"/>',
      'vided',
    ],
    ['alternatives', '<String CONTENT="a"><ALTERNATIVE>b</ALTERNATIVE></String>', 'a'],
    ['attributes of its own only', '<String CONTENT="a" xlink:CONTENT="b"/>', 'a'],
    ['character references', '<String CONTENT="&lt;&#x41;&amp;"/>', '<A&'],
  ])('%s', (_, strings, expected) => {
    expect(write(read(readAlto, alto(block(line(strings)))))).toBe(expected)
  })

  test('the hyphen widens the word', () => {
    const strings =
      '<String CONTENT="a" HPOS="1" VPOS="2" WIDTH="10" HEIGHT="4"/><HYP CONTENT="-" HPOS="11" VPOS="3" WIDTH="2" HEIGHT="1"/>'
    expect(read(readAlto, alto(block(line(strings))))[0]!.lines[0]!.words[0]!.box).toEqual({
      x: 1,
      y: 2,
      width: 12,
      height: 4,
    })
  })

  test('without words is a page without lines', () => {
    expect(read(readAlto, alto(''))).toMatchObject([{lines: [], confidence: 0.7, findings: []}])
    expect(read(readAlto, alto(block(line('<SP/>') + line('<String CONTENT="  "/>'))))).toMatchObject([{lines: []}])
    expect(read(readAlto, '<alto/>')).toEqual([])
  })

  test('says that boxes are not in pixels, and that no word has a confidence', () => {
    const [page] = read(readAlto, alto(block(line('<String CONTENT="a"/>')), {unit: 'mm10'}))
    expect(page!.findings.map(({ruleId, severity}) => `${severity} ${ruleId}`)).toEqual([
      'info read:unit',
      'info read:no-confidence',
    ])
    expect(page!.findings[0]!.reason).toBe(
      'Unexpected unit `mm10` in `a`, expected `pixel`, boxes are not in pixels of the scan',
    )
  })
})

describe('PAGE XML', () => {
  function pageXml(content: string, version = '2019-07-15'): string {
    return `<?xml version="1.0" encoding="UTF-8"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/${version}">
<Metadata><Creator>OCR-D</Creator></Metadata><Page imageFilename="a.png" imageWidth="100" imageHeight="200" primaryLanguage="English">${content}</Page></PcGts>`
  }
  const equiv = (text: string, attributes = '') => `<TextEquiv ${attributes}><Unicode>${text}</Unicode></TextEquiv>`
  const line = (content: string, attributes = '') =>
    `<TextLine ${attributes}><Coords points="0,0 90,0 90,10 0,10"/>${content}</TextLine>`
  const region = (id: string, content: string, attributes = '') =>
    `<TextRegion id="${id}" ${attributes}><Coords points="0,0 90,0 90,40 0,40"/>${content}</TextRegion>`
  const text = (id: string) => region(id, line(equiv(id)))

  test.each(['2010-03-19', '2013-07-15', '2019-07-15'])('%s gives regions and lines', version => {
    const source = region('r', line(equiv('a b')) + line(equiv('c'))) + text('d')
    expect(write(read(readPageXml, pageXml(source, version)))).toBe('a b / c ¶ d')
  })

  test('gives sizes, places, angles and confidences', () => {
    const words = `<Word><Coords points="1,2 11,2 11,8 1,8"/>${equiv('a', 'conf="0.25"')}</Word><Word><Coords><Point x="20" y="2"/><Point x="30" y="9"/></Coords>${equiv('b')}</Word>`
    const source = region(
      'r',
      line(`<Baseline points="0,10 90,0"/>${words}`) + line(equiv('c d', 'conf="0.5"')),
      'orientation="2"',
    )
    const [page] = read(readPageXml, pageXml(source))
    expect(page).toMatchObject({
      width: 100,
      height: 200,
      confidence: (0.25 + 1 + 0.5 + 0.5) / 4,
      engine: {name: 'imported:page', version: 'OCR-D', model: 'English'},
    })
    expect(page!.lines.map(({angle}) => angle.toFixed(1))).toEqual(['-6.3', '-2.0'])
    expect(page!.lines[0]!.words.map(({box}) => box)).toEqual([
      {x: 1, y: 2, width: 10, height: 6},
      {x: 20, y: 2, width: 10, height: 7},
    ])
    expect(page!.lines[1]!.words.map(({box}) => box)).toEqual([
      {x: 0, y: 0, width: 30, height: 10},
      {x: 60, y: 0, width: 30, height: 10},
    ])
  })

  test.each([
    ['the order of the file where there is no other', '', 'a b c'],
    [
      'an ordered group, by index',
      '<OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="c"/><RegionRefIndexed index="2" regionRef="b"/></OrderedGroup>',
      'c a b',
    ],
    [
      'an unordered group, as it stands',
      '<UnorderedGroup id="g"><RegionRef regionRef="b"/><RegionRef regionRef="a"/><RegionRef regionRef="c"/></UnorderedGroup>',
      'b a c',
    ],
    [
      'groups in groups',
      '<OrderedGroup id="g"><UnorderedGroupIndexed index="1"><RegionRef regionRef="a"/></UnorderedGroupIndexed><OrderedGroupIndexed index="0"><RegionRefIndexed index="1" regionRef="b"/><RegionRefIndexed index="0" regionRef="c"/></OrderedGroupIndexed></OrderedGroup>',
      'c b a',
    ],
    [
      'regions that are not named, last',
      '<OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="c"/><RegionRefIndexed index="1" regionRef="nowhere"/></OrderedGroup>',
      'c a b',
    ],
    [
      'a region named twice, once',
      '<UnorderedGroup id="g"><RegionRef regionRef="b"/><RegionRef regionRef="a"/><RegionRef regionRef="b"/></UnorderedGroup>',
      'b a c',
    ],
  ])('reads %s', (_, order, expected) => {
    const source = `${order === '' ? '' : `<ReadingOrder>${order}</ReadingOrder>`}${text('a')}${text('b')}${text('c')}`
    expect(write(read(readPageXml, pageXml(source))).replaceAll(' ¶ ', ' ')).toBe(expected)
  })

  test('reads a region in a region, and the cells of a table, behind what is around them', () => {
    const source = `<ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="t"/><RegionRefIndexed index="1" regionRef="a"/></OrderedGroup></ReadingOrder>
${region('a', line(equiv('a')) + text('b'))}${text('c')}<TableRegion id="t">${text('d')}${text('e')}</TableRegion><ImageRegion id="i"/>`
    expect(write(read(readPageXml, pageXml(source)))).toBe('d ¶ e ¶ a ¶ b ¶ c')
  })

  test.each([
    ['the least index', equiv('a', 'index="1"') + equiv('b', 'index="0"') + equiv('c', 'conf="1"'), 'b'],
    ['the greatest confidence', equiv('a', 'conf="0.2"') + equiv('b', 'conf="0.9"') + equiv('c'), 'b'],
    ['the first', equiv('a') + equiv('b'), 'a'],
    ['the words where the line has no text', `<Word>${equiv('a')}</Word><Word>${equiv('b')}</Word>`, 'a b'],
    ['the line where the words say else', `<Word>${equiv('a')}</Word>${equiv('b c')}`, 'b c'],
    [
      'glyphs where the word has no text',
      `<Word><Glyph>${equiv('a')}</Glyph><Glyph>${equiv('b')}</Glyph></Word>`,
      'ab',
    ],
    ['nothing', '', ''],
  ])('reads %s', (_, content, expected) => {
    expect(write(read(readPageXml, pageXml(region('r', line(content)))))).toBe(expected)
  })

  test('reads a region whose lines have no text', () => {
    const [page] = read(readPageXml, pageXml(region('r', line('') + equiv('a\nb c'))))
    expect(write([page!])).toBe('a / b c')
    expect(page!.lines[1]!.words[0]!.box).toMatchObject({y: 20, height: 20})
  })

  test.each([
    ['index', 'index="1"', 'index="0"'],
    ['readingOrder', 'custom="readingOrder {index:1;}"', 'custom="structure {type:x;} readingOrder {index:0;}"'],
  ])('reads lines by %s', (_, one, other) => {
    expect(write(read(readPageXml, pageXml(region('r', line(equiv('a'), one) + line(equiv('b'), other)))))).toBe(
      'b / a',
    )
  })
})

describe('XML of either kind', () => {
  const readers: readonly (readonly [string, Reader, string])[] = [
    ['ALTO', readAlto, 'alto'],
    ['PAGE', readPageXml, 'PcGts'],
  ]
  for (const [format, reader, root] of readers) {
    test.each([
      [
        'a document type',
        `<!DOCTYPE ${root} SYSTEM "file:///etc/passwd"><${root}/>`,
        'Unexpected document type declaration in `a`',
      ],
      [
        'entities',
        `<!DOCTYPE ${root} [<!ENTITY a "b">]><${root}>&a;</${root}>`,
        'Unexpected document type declaration in `a`',
      ],
      ['an entity that nothing declares', `<${root}>\n &nbsp;</${root}>`, 'Cannot read `a` at 2:'],
      ['an element that is not closed', `<${root}>`, 'Cannot read `a` at 1:'],
      ['a character that XML has not', `<${root}>&#xD800;</${root}>`, 'Cannot read `a` at 1:'],
      ['a control character', `<${root}>\u0001</${root}>`, 'Cannot read `a` at 1:'],
      ['no element', '', 'Cannot read `a`'],
      ['elements nested without end', `<${root}>${'<x>'.repeat(1000)}`, 'Unexpected depth of `a`'],
      [
        'an encoding that does not exist',
        `<?xml version="1.0" encoding="klingon"?><${root}/>`,
        'Cannot read `a` as `klingon`',
      ],
    ])(`${format} with %s is refused`, (_, source, message) => {
      expect(() => read(reader, source)).toThrow(UserError)
      expect(() => read(reader, source)).toThrow(message)
    })

    test(`${format} that is not UTF-8 names the byte`, () => {
      const bytes = Buffer.concat([Buffer.from(`<${root}>`), Buffer.from([0xe9]), Buffer.from(`</${root}>`)])
      expect(() => reader(bytes, 'a')).toThrow(`Unexpected byte \`0xe9\` at byte ${root.length + 2} in \`a\``)
    })
  }

  test('in another encoding that it declares is read', () => {
    const source =
      '<?xml version="1.0" encoding="ISO-8859-1"?><alto><Layout><Page><TextBlock><TextLine><String CONTENT="\u00e9"/></TextLine></TextBlock></Page></Layout></alto>'
    expect(write(readAlto(Buffer.from(source, 'latin1'), 'a'))).toBe('\u00e9')
    const wide = Buffer.from(`\ufeff${source.replace('ISO-8859-1', 'UTF-16')}`, 'utf16le')
    expect(write(readAlto(wide, 'a'))).toBe('\u00e9')
    expect(write(readAlto(Buffer.from(`\ufeff${source.replace('ISO-8859-1', 'utf-8')}`), 'a'))).toBe('\u00e9')
  })
})

describe('TSV', () => {
  const rows = [
    'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext',
    '1\t1\t0\t0\t0\t0\t0\t0\t1533\t2448\t-1\t',
    '2\t1\t1\t0\t0\t0\t97\t145\t1435\t2219\t-1\t',
    '3\t1\t1\t1\t0\t0\t97\t145\t1260\t494\t-1\t',
    '4\t1\t1\t1\t1\t0\t736\t145\t546\t25\t-1\t',
    '5\t1\t1\t1\t1\t1\t736\t145\t62\t25\t17.5\t-2-',
    '5\t1\t1\t1\t1\t2\t900\t145\t62\t25\t95\t"b',
    '4\t1\t1\t1\t2\t0\t736\t185\t546\t25\t-1\t',
    '5\t1\t1\t1\t2\t1\t736\t185\t62\t25\t95\tc',
    '5\t1\t1\t1\t2\t2\t736\t185\t62\t25\t95\t ',
    '4\t1\t1\t2\t1\t0\t736\t225\t546\t25\t-1\t',
    '5\t1\t1\t2\t1\t1\t736\t225\t62\t25\t-1\td',
    '1\t2\t0\t0\t0\t0\t0\t0\t100\t200\t-1\t',
  ]

  test('gives pages, paragraphs, lines and words', () => {
    const pages = read(readTsv, `${rows.join('\r\n')}\r\n`)
    expect(write(pages)).toBe('-2- "b / c ¶ d\f')
    expect(pages.map(({width, height}) => [width, height])).toEqual([
      [1533, 2448],
      [100, 200],
    ])
    expect(pages[0]!.lines[0]).toEqual({
      box: {x: 736, y: 145, width: 546, height: 25},
      angle: 0,
      paragraphStart: true,
      words: [
        {text: '-2-', box: {x: 736, y: 145, width: 62, height: 25}, confidence: 0.175},
        {text: '"b', box: {x: 900, y: 145, width: 62, height: 25}, confidence: 0.95},
      ],
    })
    expect(pages[0]!.lines[2]!.words[0]!.confidence).toBe(1)
  })

  test('needs no names of columns in the usual order', () => {
    expect(write(read(readTsv, rows.slice(1).join('\n')))).toBe('-2- "b / c ¶ d\f')
  })

  test('takes words without rows for their lines and pages', () => {
    expect(write(read(readTsv, [rows[0], rows[5], rows[6], rows[8]].join('\n')))).toBe('-2- "b / c')
  })

  test.each([
    ['other columns', 'name\tage\nx\t1', 'Unexpected first row of `a`'],
    ['nothing', '', 'Unexpected first row of `a`'],
    [
      'a cell that is no number',
      `${rows[0]}\n5\t1\tx`,
      'Unexpected row in `a` at line 2, expected a number for `block_num`',
    ],
    ['a row that breaks off', `${rows[0]}\n5\t1`, 'Unexpected row in `a` at line 2'],
  ])('with %s is refused', (_, source, message) => {
    expect(() => read(readTsv, source)).toThrow(UserError)
    expect(() => read(readTsv, source)).toThrow(message)
  })
})

describe('plain text', () => {
  test.each([
    ['paragraphs and lines', 'a b\nc\n\n\nd', 'a b / c ¶ d'],
    ['pages', 'a\fb\f\n', 'a\fb'],
    ['an empty page', 'a\f\fb', 'a\f\fb'],
    ['a byte order mark and CRLF', '\ufeffa\r\nb', 'a / b'],
    ['nothing', '', ''],
    ['control characters', 'a\u0000b\u001b[0m', 'ab[0m'],
    ['tabs', 'a\tb', 'a b'],
    ['a soft hyphen within a word', 'a\u00adb c\u00ad', 'a\u00adb c-'],
  ])('%s', (_, source, expected) => {
    expect(write(read(readPlainText, source))).toBe(expected)
  })

  test('has no places', () => {
    expect(read(readPlainText, 'a b')[0]).toMatchObject({
      width: 0,
      height: 0,
      confidence: 1,
      lines: [{words: [{box: {x: 0, y: 0, width: 0, height: 0}, confidence: 1}, {}]}],
      findings: [{ruleId: 'read:no-confidence', page: 'a/1'}],
    })
  })
})

describe('recognitions', () => {
  const [recognition] = read(readPlainText, 'a b')

  test('come back as they are, one or a list', () => {
    expect(read(readRecognitionJson, JSON.stringify(recognition))).toEqual([recognition])
    expect(read(readRecognitionJson, JSON.stringify([recognition, recognition]))).toEqual([recognition, recognition])
  })

  test('are free of lone surrogates', () => {
    const source = JSON.stringify(recognition).replace('"text":"a"', '"text":"\\ud800a"')
    expect(write(read(readRecognitionJson, source))).toBe('\ufffda b')
  })

  test.each([
    ['no JSON', '{', 'Cannot read `a`'],
    ['another version', JSON.stringify({...recognition, schemaVersion: 2}), 'Unexpected `schemaVersion` in `a`'],
    ['a number', '1', 'Unexpected `recognition` in `a`'],
    ['a confidence above 1', JSON.stringify({...recognition, confidence: 90}), 'Unexpected `confidence` in `a`'],
  ])('that are %s are refused', (_, source, message) => {
    expect(() => read(readRecognitionJson, source)).toThrow(UserError)
    expect(() => read(readRecognitionJson, source)).toThrow(message)
  })
})

test('a fingerprint is of the bytes and the page', () => {
  const [one, two] = read(readPlainText, 'a\fa')
  const [same] = read(readPlainText, 'a\fa')
  const [other] = read(readPlainText, 'a\fb')
  expect(one!.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set([one!.fingerprint, two!.fingerprint, other!.fingerprint]).size).toBe(3)
  expect(same!.fingerprint).toBe(one!.fingerprint)
})
