import type {Rate, Totals} from '../../model.ts'
import {formatCount, formatRate, noRate, noRateReason} from '../figures.ts'
import {html, type Markup, nothing} from './markup.ts'

/** A rate before and after cleanup. */
export type Pair = Totals['character']

/** Writes CER and WER before and after cleanup as a list with the counts they come from; nothing where none were made. */
export function figures(totals: Totals | null): Markup {
  if (totals === null) return nothing
  return html`<dl class="figures">${figure('CER', 'Character error rate', totals.character)}${figure('WER', 'Word error rate', totals.word)}</dl>`
}

/** Writes a rate before and after cleanup, as in `4.13 % → 1.87 %`, with the reason where there is none. */
export function change(pair: Pair | null): Markup {
  if (pair === null) return html`${noRate}<span class="hidden"> not compared</span>`
  const reason = pair.clean.errorRate === null ? html` <small>${noRateReason}</small>` : nothing
  return html`<span class="before">${formatRate(pair.raw.errorRate)}</span> <span aria-hidden="true">→</span><span class="hidden"> before cleanup, after it </span> <span class="after">${formatRate(pair.clean.errorRate)}</span>${reason}`
}

/** Draws a rate before and after cleanup as two bars, against the greatest rate of the table. */
export function bars(pair: Pair | null, greatest: number): Markup {
  if (pair === null || greatest === 0) return nothing
  const length = ({errorRate}: Rate) => Math.round(((errorRate ?? 0) / greatest) * 1000) / 10
  return html`<svg class="bars" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="raw" y="1" height="3" width="${length(pair.raw)}"/><rect class="clean" y="5" height="4" width="${length(pair.clean)}"/></svg>`
}

/** Greatest rate among pairs, before or after cleanup; 0 where there is none. */
export function greatestRate(pairs: readonly (Pair | null)[]): number {
  return pairs.reduce((greatest, pair) => Math.max(greatest, pair?.raw.errorRate ?? 0, pair?.clean.errorRate ?? 0), 0)
}

function figure(short: string, long: string, pair: Pair): Markup {
  const {substitutions, insertions, deletions, reference} = pair.clean
  const counts = `${formatCount(substitutions)} substituted, ${formatCount(insertions)} inserted, ${formatCount(deletions)} deleted of ${formatCount(reference)}`
  return html`<div><dt><abbr title="${long}">${short}</abbr></dt><dd>${change(pair)} <small>${counts}</small></dd></div>`
}
