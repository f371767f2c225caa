import {existsSync} from 'node:fs'
import {pageText} from '../../index.ts'
import {UserError} from '../../model.ts'
import {caseAgainst} from '../case.ts'
import type {ReviewedCorpus, ReviewedDocument} from '../document.ts'
import {pathInside, writeTogether} from './files.ts'

/** Folder of a corpus's own cases of the normalizer. */
const casesFolder = 'cases'

/**
 * Writes a case folder that says that an edit was wrong; gives its path relative to the corpus.
 *
 * @throws UserError
 *   Where the document has no such edit, or a case of it cannot be made.
 */
export function writeCase(
  {corpus, shared, config}: ReviewedCorpus,
  {document, compared: {normalized}}: ReviewedDocument,
  edit: number,
  by: {readonly author: string; readonly date: string},
): string {
  const pages = document.pages.flatMap(({id}) => {
    const recognition = corpus.recognitions.get(id)
    return recognition === undefined ? [] : [pageText(recognition)]
  })
  const made = normalized && caseAgainst({normalized, pages, edit, ...by}, shared.cleaning)
  if (made === null) {
    throw new UserError(
      `Unexpected edit ${edit} of \`${document.id}\`, expected one that cleanup makes, reload the page`,
    )
  }
  const name = (number: number) => `${casesFolder}/${made.name}${number === 1 ? '' : `-${number}`}`
  let number = 1
  while (existsSync(pathInside(config.root, name(number)))) number++
  const folder = name(number)
  writeTogether(
    Object.entries(made.files).map(([file, text]) => ({
      path: pathInside(config.root, `${folder}/${file}`),
      before: null,
      after: text,
    })),
  )
  return folder
}
