import type {Config} from '../config.ts'
import {createTesseract, type Engine} from '../index.ts'

/** Open the engine that the settings ask for. */
export function openEngine({jobs, pageTimeout}: Config): Promise<Engine> {
  return createTesseract({jobs, timeout: pageTimeout, language: 'eng', tessdata: null})
}
