import type {Box, PageReport} from '../../model.ts'
import {formatAmount} from '../figures.ts'
import {html, type Markup, nothing} from './markup.ts'
import type {PageView, Picture} from './views.ts'

/**
 * Draws the scan of a page with a box for each difference, edit and region.
 *
 * A page without a size has no picture: what cannot be shown is said instead.
 */
export function scanFigure(page: PageReport, {picture, differences, doubts, edits, unsure}: PageView): Markup {
  if (page.width === 0 || page.height === 0) {
    const why =
      page.status === 'failed' ? 'This page could not be read; see the findings.' : 'This reading came without a scan.'
    return html`<p class="absent">${why}</p>`
  }
  const label = `Scan of ${page.id}, ${formatAmount(differences.length, 'difference')}`
  return html`<div class="scan" tabindex="0" role="group" aria-label="${label}"><svg viewBox="0 0 ${page.width} ${page.height}" aria-hidden="true">
${picture === null ? blank(page) : image(page, picture)}
<g class="regions">${page.regions.map(({kind, box, text}) => html`<rect class="region" ${place(box)}><title>${text ? `${kind}: ${text}` : kind}</title></rect>`)}</g>
<g class="cuts">${edits.map(({anchor, item}) =>
    item.box === null ? nothing : html`<rect class="cut" data-d="${anchor}" ${place(grow(item.box))}/>`,
  )}</g>
<g class="doubts">${unsure.map(({anchor, item}) => html`<rect class="doubtful" data-d="${anchor}" ${place(grow(item.box))}/>`)}</g>
<g class="boxes">${differences.map(({anchor, item}) => boxOf(anchor, item.scan?.box ?? null, item.kind))}${doubts.map(({anchor, item}) => boxOf(anchor, item.scan?.box ?? null, 'agreed'))}</g>
</svg>${picture === null ? html`<p class="absent">The report holds no picture of this page.</p>` : nothing}</div>${stampsOf(page)}`
}

function boxOf(anchor: string, box: Box | null, kind: string): Markup {
  return box === null ? nothing : html`<rect class="${`box ${kind}`}" data-d="${anchor}" ${place(grow(box))}/>`
}

/** What stamps say that were read apart from the text. */
function stampsOf({regions}: PageReport): Markup {
  const stamps = regions.filter(({text}) => text !== null && text !== '')
  if (stamps.length === 0) return nothing
  return html`<ul class="stamps" aria-label="Stamps read apart from the text">${stamps.map(
    ({kind, text}) => html`<li>${kind}: ${text!.split('\n').join(' / ')}</li>`,
  )}</ul>`
}

/**
 * Draws a part of the scan around a box, from the picture written by `scanFigure`.
 * Nothing where the page has no picture or the place no box.
 */
export function crop(page: PageReport | null, picture: Picture | null, box: Box | null, label: string): Markup {
  if (page === null || picture === null || box === null || page.width === 0) return nothing
  const view = viewAround(page, box)
  return html`<svg class="crop" viewBox="${view.x} ${view.y} ${view.width} ${view.height}" role="img" aria-label="${label}"><use href="#${picture.id}"/><rect class="box" ${place(grow(box))}/></svg>`
}

function image({width, height}: PageReport, {id, address}: Picture): Markup {
  return html`<image id="${id}" width="${width}" height="${height}" preserveAspectRatio="none" href="${address}"/>`
}

function blank({width, height}: PageReport): Markup {
  return html`<rect class="blank" width="${width}" height="${height}"/>`
}

function place({x, y, width, height}: Box): Markup {
  return html`x="${x}" y="${y}" width="${width}" height="${height}"`
}

/** A box a little wider than the word, so that its line does not hide ink. */
function grow({x, y, width, height}: Box): Box {
  const by = Math.max(2, Math.round(height / 10))
  return {x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by}
}

/** A box with room around it, so that the neighbouring words can be read; stays on the page. */
function viewAround(page: PageReport, box: Box): Box {
  const line = Math.max(box.height, page.height / 60)
  const width = Math.min(page.width, Math.max(box.width + 5 * line, 10 * line))
  const height = Math.min(page.height, Math.max(box.height + 1.4 * line, 2.4 * line))
  return {
    x: clamp(box.x + box.width / 2 - width / 2, page.width - width),
    y: clamp(box.y + box.height / 2 - height / 2, page.height - height),
    width: Math.round(width),
    height: Math.round(height),
  }
}

function clamp(value: number, max: number): number {
  return Math.round(Math.min(Math.max(value, 0), Math.max(0, max)))
}
