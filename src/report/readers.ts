import type {PageReader, Report} from '../model.ts'

/** Writes who read a page, as in `tesseract.js 7.0.0 eng` or `imported:alto ABBYY FineReader 15`. */
export function readerName({name, version, model}: PageReader): string {
  return [name, version, model].filter(part => part !== '').join(' ')
}

/** Who read the pages of a report, and how many each; most pages first. Empty for reports that do not say. */
export function readersOf({documents}: Pick<Report, 'documents'>): readonly {name: string; pages: number}[] {
  const pages = new Map<string, number>()
  for (const {engine} of documents.flatMap(document => document.pages)) {
    if (engine) pages.set(readerName(engine), (pages.get(readerName(engine)) ?? 0) + 1)
  }
  return [...pages]
    .map(([name, pages]) => ({name, pages}))
    .sort((a, b) => b.pages - a.pages || (a.name < b.name ? -1 : 1))
}
