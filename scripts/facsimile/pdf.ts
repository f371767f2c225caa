/** A page of a PDF: one JPEG that fills it. */
export interface JpegPage {
  readonly jpeg: Uint8Array
  /** Of the JPEG, in pixels. */
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** Pixels an inch. */
  readonly dpi: number
}

/**
 * Writes a PDF 1.4 with one image a page and no other content, as a scanner does; no dates, no ids.
 *
 * Source: ISO 32000-1, 7.5 (file structure) and 8.9.5 (image dictionaries).
 */
export function writePdf(pages: readonly JpegPage[]): Uint8Array {
  const chunks: Buffer[] = []
  const offsets: number[] = []
  let length = 0
  const add = (chunk: Uint8Array | string): void => {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    length += bytes.length
  }
  const object = (dictionary: string, stream: Uint8Array | string | null = null): void => {
    offsets.push(length)
    add(`${offsets.length} 0 obj\n${dictionary}\n`)
    if (stream !== null) {
      add('stream\n')
      add(stream)
      add('\nendstream\n')
    }
    add('endobj\n')
  }

  // The line of four bytes above 127 says that the file is binary.
  add(Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'))
  object('<< /Type /Catalog /Pages 2 0 R >>')
  const kids = pages.map((_, index) => `${3 + index * 3} 0 R`)
  object(`<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`)
  for (const [index, {jpeg, width, height, channels, dpi}] of pages.entries()) {
    const first = 3 + index * 3
    const [across, down] = [(width * 72) / dpi, (height * 72) / dpi]
    object(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${down}] ` +
        `/Resources << /XObject << /Scan ${first + 2} 0 R >> >> /Contents ${first + 1} 0 R >>`,
    )
    const content = `q ${across} 0 0 ${down} 0 0 cm /Scan Do Q`
    object(`<< /Length ${content.length} >>`, content)
    object(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 ` +
        `/ColorSpace /Device${channels === 1 ? 'Gray' : 'RGB'} /Filter /DCTDecode /Length ${jpeg.length} >>`,
      jpeg,
    )
  }
  const start = length
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`)
  add(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows.join('')}`)
  add(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  return Buffer.concat(chunks)
}
