import type {Difference, DocumentReport, Doubt, Edit, EditAction, PageReport, Suspect} from '../../model.ts'
import {formatAmount, formatConfidence} from '../figures.ts'
import {readerName} from '../readers.ts'
import {figures} from './figures.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import {crop, scanFigure} from './scan.ts'
import {labelledSides, spaced, textMarkup} from './text.ts'
import type {Anchored, PageView, Picture} from './views.ts'

/**
 * Draws a page: its scan and the text beside it, then its differences and what
 * cleanup changed.
 *
 * With `isLazy` its heading and all below it stand in a `noscript` each: without
 * scripts a browser shows them at once, with them the report's script draws them
 * when they are wanted, which keeps a report of thousands of pages quick and small.
 */
export function pageArticle(view: PageView, isLazy: boolean): Markup {
  const {document, anchor, page} = view
  const name = page === null ? 'On no page' : pageName(document, page)
  const heading = html`<header><h3 id="${`${anchor}-name`}"><a href="#${anchor}"><bdi>${name}</bdi></a></h3>${page === null ? nothing : pageFacts(page)}${page === null || document.pages.length === 1 ? nothing : figures(page.counts)}</header>`
  const body = sides(view)
  return html`<article class="page" id="${anchor}" aria-labelledby="${`${anchor}-name`}">
${isLazy ? html`${later('heading', heading)}${later('body', body)}` : html`${heading}${body}`}</article>
`
}

/** Writes what scripts draw when it is wanted: the heading of a document or page, or the body of a page; one element. */
export function later(what: 'heading' | 'body', markup: Markup): Markup {
  return html`<noscript class="${`later ${what}`}">${markup}</noscript>`
}

/** Writes the name of a page within its document. */
export function pageName(document: DocumentReport, page: PageReport): string {
  const name = page.id.startsWith(`${document.id}/`) ? page.id.slice(document.id.length + 1) : page.id
  return `Page ${name}`
}

const suspects: Readonly<Record<Suspect, string>> = {
  transcript: 'probably the transcript is wrong',
  ocr: 'probably the OCR is wrong',
  editorial: 'probably meant to differ',
  unsure: 'either side may be wrong',
}

const actions: Readonly<Record<EditAction, string>> = {
  strip: 'Taken out',
  repair: 'Repaired',
  join: 'Joined',
  flag: 'Flagged, not changed',
}

function pageFacts({scan, confidence, engine}: PageReport): Markup {
  const frame = scan.frame === 0 ? nothing : html` <span>image ${scan.frame + 1}</span>`
  const sure = confidence === null ? nothing : html` <span>read with ${formatConfidence(confidence)} confidence</span>`
  const reader = engine ? html` <span>by <bdi>${readerName(engine)}</bdi></span>` : nothing
  return html`<p class="facts"><bdi class="path">${scan.file}</bdi>${frame}${sure}${reader}</p>`
}

function sides(view: PageView): Markup {
  const {page, parts, doubts, edits, unsure} = view
  return html`<div class="sides">${page === null ? nothing : html`<figure>${scanFigure(page, view)}</figure>`}
<div class="reading">
${parts.length === 0 ? nothing : html`<div class="text">${textMarkup(view)}</div>`}
${differenceList(view)}
${doubts.length === 0 ? nothing : agreedList(view)}
${edits.length === 0 ? nothing : editList(view)}
${unsure.length === 0 ? nothing : doubtList(view)}
</div></div>`
}

function differenceList(view: PageView): Markup {
  const {differences, document, page} = view
  if (differences.length === 0) {
    const isCompared = document.transcript !== null && page?.status === 'compared'
    return isCompared ? html`<p class="none">No difference on this page.</p>` : nothing
  }
  return html`<div><h4>${formatAmount(differences.length, 'difference')}</h4>
<ol class="differences">
${differences.map(anchored => differenceItem(view, anchored))}</ol></div>`
}

function differenceItem({page, picture}: PageView, {anchor, item}: Anchored<Difference>): Markup {
  const {kind, reference, hypothesis, before, after, scan, transcript, suspect, evidence} = item
  const place =
    transcript === null ? nothing : html`<a href="#${anchor}">transcript ${transcript.line}:${transcript.column}</a> `
  const confidence = scan?.confidence ?? null
  const read = confidence === null ? 'nothing read there' : `read with ${formatConfidence(confidence)} confidence`
  return html`<li class="difference ${kind}" id="${anchor}" tabindex="-1">${crop(page, picture, scan?.box ?? null, `Scan around: ${spaced(reference || hypothesis)}`)}
<div><p class="context" dir="auto"><span class="around">${shown(before)}</span>${labelledSides(reference, hypothesis)}<span class="around">${shown(after)}</span></p>
<p class="facts">${place}<span>${read}</span> <span class="suspect">${suspects[suspect]}</span></p>${reasons(evidence)}</div></li>
`
}

/** Lists words that transcript and OCR have alike, and that a second look at the scan reads otherwise: decided as differences are. */
function agreedList({doubts, page, picture}: PageView): Markup {
  return html`<div><h4>${formatAmount(doubts.length, 'word')} on which both sides agree, and may both be wrong</h4>
<ol class="differences">
${doubts.map(anchored => agreedItem(page, picture, anchored))}</ol></div>`
}

function agreedItem(page: PageReport | null, picture: Picture | null, {anchor, item}: Anchored<Doubt>): Markup {
  const {text, reading, before, after, scan, transcript, probability, evidence} = item
  const place =
    transcript === null ? nothing : html`<a href="#${anchor}">transcript ${transcript.line}:${transcript.column}</a> `
  return html`<li class="difference agreed" id="${anchor}" tabindex="-1">${crop(page, picture, scan?.box ?? null, `Scan around: ${spaced(text)}`)}
<div><p class="context" dir="auto"><span class="around">${shown(before)}</span>${labelledSides(text, reading)}<span class="around">${shown(after)}</span></p>
<p class="facts">${place}<span>in brackets what a second look reads</span> <span class="suspect">the transcript is wrong with a probability of ${formatConfidence(probability)}</span></p>${reasons(evidence)}</div></li>
`
}

function editList({document, edits, page, picture}: PageView): Markup {
  return html`<div><h4>${formatAmount(edits.length, 'edit')} by cleanup</h4>
<ol class="edits">
${edits.map(({anchor, item}) => {
  const {action, ruleId, family, score, evidence} = item
  return html`<li class="edit ${action}" id="${anchor}" tabindex="-1" data-edit="${document.edits.indexOf(item)}">${crop(page, picture, item.box, `Scan around: ${spaced(item.raw)}`)}
<div><p class="context" dir="auto">${changed(item)}</p>
<p class="facts"><span>${actions[action]}</span> <span>${family}</span> <code>${ruleId}</code> <span>score ${formatScore(score)}</span></p>${reasons(evidence)}</div></li>
`
})}</ol></div>`
}

function doubtList({unsure, page, picture}: PageView): Markup {
  return html`<div class="doubt-list"><h4>${formatAmount(unsure.length, 'doubtful word')}, the same on both sides</h4>
<ol class="edits">
${unsure.map(({anchor, item}) => {
  const {text, box, confidence} = item
  return html`<li class="edit doubtful-word" id="${anchor}" tabindex="-1">${crop(page, picture, box, `Scan around: ${spaced(text)}`)}
<div><p class="context" dir="auto">${shown(spaced(text))}</p>
<p class="facts"><span>read with ${formatConfidence(confidence)} confidence</span></p></div></li>
`
})}</ol></div>`
}

function changed({action, raw, replacement}: Edit): Markup {
  if (action === 'flag') return shown(spaced(raw))
  const after =
    replacement === ''
      ? nothing
      : html` <span aria-hidden="true">&rarr;</span><span class="hidden"> becomes </span> ${shown(spaced(replacement))}`
  return html`<s>${shown(spaced(raw))}</s>${after}`
}

function reasons(evidence: readonly string[]): Markup {
  if (evidence.length === 0) return nothing
  return html`<ul class="evidence">${evidence.map(line => html`<li><bdi>${shown(line)}</bdi></li>`)}</ul>`
}

function formatScore(score: number): string {
  return String(Math.round(score * 100) / 100)
}
