import {PDFiumLibrary} from '@hyzyla/pdfium'

/** Number of pages, or why it cannot be told. */
export type PdfPages = {readonly pages: number} | {readonly problem: 'encrypted' | 'broken'}

/**
 * Counts the pages of a PDF; renders nothing.
 *
 * `encrypted` is a file that does not open without a password; one that opens
 * without (an owner's password only) counts as any other.
 */
export async function countPdfPages(bytes: Uint8Array): Promise<PdfPages> {
  const library = await loadLibrary()
  // The module's memory never shrinks: after a large file the next one gets a new module.
  if (bytes.byteLength > 2 ** 26) loading = null
  try {
    const document = await library.loadDocument(bytes)
    try {
      return {pages: document.getPageCount()}
    } finally {
      document.destroy()
    }
  } catch (error) {
    // A WebAssembly trap leaves the module in no known state: the next file gets a new one.
    if (error instanceof Error && error.name === 'RuntimeError') loading = null
    return {problem: error instanceof Error && /password/i.test(error.message) ? 'encrypted' : 'broken'}
  }
}

let loading: Promise<PDFiumLibrary> | null = null

function loadLibrary(): Promise<PDFiumLibrary> {
  loading ??= PDFiumLibrary.init()
  return loading
}
