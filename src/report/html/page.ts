import type {Difference, DocumentReport, DrawnPart, Edit, EditAction, PageReport, Suspect} from '../../model.ts'
import {formatAmount, formatConfidence} from '../figures.ts'
import {figures} from './figures.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import {crop, scanFigure} from './scan.ts'
import type {Anchored, PageView} from './views.ts'

/** Draws a page: its scan and the text beside it, then its differences and what cleanup changed. */
export function pageArticle(view: PageView): Markup {
  const {document, anchor: id, page, parts, edits} = view
  const name = page === null ? 'On no page' : pageName(document, page)
  return html`<article class="page" id="${id}" aria-labelledby="${`${id}-name`}">
<header><h3 id="${`${id}-name`}"><a href="#${id}"><bdi>${name}</bdi></a></h3>${page === null ? nothing : pageFacts(page)}</header>
<div class="sides">${page === null ? nothing : html`<figure>${scanFigure(page, view)}</figure>`}
<div class="reading">
${parts.length === 0 ? nothing : html`<div class="text">${paragraphs(view)}</div>`}
${differenceList(view)}
${edits.length === 0 ? nothing : editList(view)}
</div></div></article>
`
}

/** Writes the name of a page within its document. */
export function pageName(document: DocumentReport, page: PageReport): string {
  const name = page.id.startsWith(`${document.id}/`) ? page.id.slice(document.id.length + 1) : page.id
  return `Page ${name}`
}

const suspects: Readonly<Record<Suspect, string>> = {
  transcript: 'Probably the transcript is wrong',
  ocr: 'Probably the OCR is wrong',
  editorial: 'Probably meant to differ',
  unsure: 'Either side may be wrong',
}

const actions: Readonly<Record<EditAction, string>> = {
  strip: 'Taken out',
  repair: 'Repaired',
  join: 'Joined',
  flag: 'Flagged',
}

function pageFacts(page: PageReport): Markup {
  const frame = page.scan.frame === 0 ? '' : `, image ${page.scan.frame + 1}`
  const confidence =
    page.confidence === null ? nothing : html` · engine's confidence ${formatConfidence(page.confidence)}`
  return html`<p class="facts"><bdi class="path">${page.scan.file}</bdi>${frame}${confidence}</p>${figures(page.counts)}`
}

/** Writes the text of a page in paragraphs, so that each finds its own direction. */
function paragraphs(view: PageView): readonly Markup[] {
  const side = view.document.transcript === null ? 'hypothesis' : 'reference'
  const all: Markup[] = []
  let content: Markup[] = []
  const end = () => {
    if (content.length > 0) all.push(html`<p dir="auto">${content}</p>\n`)
    content = []
  }
  for (const part of view.parts) {
    const target = part.difference === null ? undefined : view.anchors.get(part.difference)
    if (target !== undefined) {
      content.push(mark(part, target))
      continue
    }
    for (const [index, paragraph] of part[side]
      .replace(/\f/g, '\n\n')
      .split(/\n{2,}/)
      .entries()) {
      if (index > 0) end()
      if (paragraph !== '' && (content.length > 0 || paragraph.trim() !== '')) content.push(shown(paragraph))
    }
  }
  end()
  return all
}

function mark({reference, hypothesis}: DrawnPart, target: string): Markup {
  return html`<a class="mark" href="#${target}" data-d="${target}" aria-label="${spoken(reference, hypothesis)}">${sides(reference, hypothesis)}</a>`
}

/** Both sides of a difference: `del` is what the transcript says, `ins` what was read. */
function sides(reference: string, hypothesis: string): Markup {
  const left = reference === '' ? nothing : html`<del>${shown(spaced(reference))}</del>`
  const right = hypothesis === '' ? nothing : html`<ins>${shown(spaced(hypothesis))}</ins>`
  return html`${left}${right}`
}

function spoken(reference: string, hypothesis: string): string {
  if (reference === '') return `Read only: “${spaced(hypothesis)}”`
  if (hypothesis === '') return `Not read: “${spaced(reference)}”`
  return `Transcript “${spaced(reference)}”, read “${spaced(hypothesis)}”`
}

/** Makes text of white space alone visible. */
function spaced(text: string): string {
  return text.trim() === '' ? text.replace(/\n/g, '↵').replace(/\f/g, '⤓').replace(/\s/g, '␣') : text
}

function differenceList(view: PageView): Markup {
  const {differences, document, page} = view
  if (differences.length === 0) {
    const compared = document.transcript !== null && page?.status === 'compared'
    return compared ? html`<p class="none">No difference on this page.</p>` : nothing
  }
  return html`<h4>${formatAmount(differences.length, 'difference')}</h4>
<ol class="differences">
${differences.map(anchored => differenceItem(view, anchored))}</ol>`
}

function differenceItem({document, page, picture}: PageView, {anchor: id, item}: Anchored<Difference>): Markup {
  const {reference, hypothesis, before, after, scan, transcript, suspect, evidence} = item
  const label = `Scan around “${spaced(reference || hypothesis)}”`
  const place =
    transcript === null
      ? nothing
      : html`<a href="#${id}"><bdi class="path">${document.transcript ?? ''}</bdi>:${transcript.line}:${transcript.column}</a>`
  const read =
    scan === null || scan.confidence === null
      ? html`<span>nothing read there</span>`
      : html`<span>read with ${formatConfidence(scan.confidence)} confidence</span>`
  return html`<li class="difference ${item.kind}" id="${id}" tabindex="-1">${crop(page, picture, scan?.box ?? null, label)}
<p class="context" dir="auto"><span class="around">${shown(before)}</span>${labelled(reference, hypothesis)}<span class="around">${shown(after)}</span></p>
<p class="facts">${place} ${read} <span class="suspect">${suspects[suspect]}</span></p>
${evidence.length === 0 ? nothing : html`<ul class="evidence">${evidence.map(line => html`<li><bdi>${shown(line)}</bdi></li>`)}</ul>`}</li>
`
}

/** Both sides with hidden words that say which is which. */
function labelled(reference: string, hypothesis: string): Markup {
  const left =
    reference === '' ? nothing : html`<del><span class="hidden">transcript: </span>${shown(spaced(reference))}</del>`
  const right =
    hypothesis === '' ? nothing : html`<ins><span class="hidden"> read: </span>${shown(spaced(hypothesis))}</ins>`
  return html`${left}${right}`
}

function editList({edits, page, picture}: PageView): Markup {
  return html`<div class="cleanup"><h4>${formatAmount(edits.length, 'change')} by cleanup</h4>
<ol class="edits">
${edits.map(
  ({
    anchor: id,
    item: edit,
  }) => html`<li class="edit ${edit.action}" id="${id}" tabindex="-1">${crop(page, picture, edit.box, `Scan around “${edit.raw}”`)}
<p class="context" dir="auto"><b>${actions[edit.action]}</b> ${changed(edit)}</p>
<p class="facts"><code>${edit.ruleId}</code> <span>${edit.family}</span> <span>score ${formatScore(edit.score)}</span></p>
<ul class="evidence">${edit.evidence.map(line => html`<li><bdi>${shown(line)}</bdi></li>`)}</ul></li>
`,
)}</ol></div>`
}

function changed({action, raw, replacement}: Edit): Markup {
  const before = html`<q><bdi>${shown(spaced(raw))}</bdi></q>`
  return action === 'flag' || replacement === ''
    ? before
    : html`${before} → <q><bdi>${shown(spaced(replacement))}</bdi></q>`
}

function formatScore(score: number): string {
  return String(Math.round(score * 100) / 100)
}
